"""French word forms: which find each other, and which must not."""

import pytest
from collective.deliberation.portal.search import words


# As typed, and as written in a decision.
SAME = """
chevaux cheval
ecole l'école
d'Hautebise Hautebise
travaux travail
baux bail
vitraux vitrail
soupiraux soupirail
journaux journal
canal canaux
communaux communal
communale communaux
locaux local
régionaux régionale
sociaux sociale
principaux principale
égal égaux
animaux animal
hopital hôpitaux
eaux l'eau
bureaux bureau
tuyaux tuyau
préau préaux
yeux l'œil
oeuvre l'œuvre
coeurs cœur
jeux jeu
feux feu
lieux lieu
vœux voeu
genoux genou
décision décisions
marches marché
activite activités
communautes communauté
renover rénovation
renovees rénovée
reglement règlements
eleves élève
forets forêt
voiries voirie
circuler circulation
stationner stationnement
publique publics
sportive sportifs
dangereux dangereuse
conseillere conseillers
echevins échevine
designer désignation
approuvées approuver
interet d'intérêts
jusqu'aujourd'hui aujourd'hui
bus bus
prix prix
""".strip().splitlines()

# Words of each council that a coarser stemmer mixes up.
DIFFERENT = """
commune communication
conseil conseiller
poste position
taux taille
""".strip().splitlines()


@pytest.mark.parametrize("pair", SAME)
def test_forms_of_one_word_have_one_stem(pair):
    typed, written = pair.split()
    assert words.stems(typed) == words.stems(written) != []


@pytest.mark.parametrize("pair", DIFFERENT)
def test_other_words_have_another_stem(pair):
    one, other = pair.split()
    assert words.stems(one) != words.stems(other)


def test_composed_and_decomposed_accents_are_the_same():
    assert words.stems("école") == words.stems("école") == ["ecol"]
