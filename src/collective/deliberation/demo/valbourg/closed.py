"""A meeting of Valbourg's council that took place: decisions, one of them not validated yet."""

from collective.deliberation.demo.samples import mark
from collective.deliberation.demo.samples import paragraphs
from collective.deliberation.demo.samples import SampleAnnex
from collective.deliberation.demo.samples import SampleItem
from collective.deliberation.demo.samples import SampleMeeting
from collective.deliberation.demo.valbourg.institution import ATTENDANCE


_SEEN = "Plan regardé à l'écran : il ne nomme personne."
_WIDOW = mark("p1", "person", "Odile Warnier")
_RIDER = mark("p1", "person", "Thibaut Delvigne")
_TEACHER = mark("p1", "person", "Solange Mathot")

MEETING = SampleMeeting(
    body="conseil",
    weekday=3,
    weeks=-5,
    hour=19,
    location="Maison communale, salle du conseil",
    state="closed",
    attendance=ATTENDANCE,
    items=(
        SampleItem(
            title="Procès-verbal de la séance précédente – Approbation",
            category="Secrétariat",
            state="validated",
            motivation=paragraphs("""
                Vu l'article L1122-16 du Code de la démocratie locale et de la décentralisation ;
                Considérant qu'aucune remarque n'a été formulée sur le procès-verbal mis à disposition des membres
                du conseil sept jours francs avant la séance ;
            """),
            draft=paragraphs("Le procès-verbal de la séance précédente est approuvé."),
            votes="À l'unanimité.",
        ),
        SampleItem(
            title="Cimetière de Valbourg – Concession de sépulture – Demande d'Odile Warnier",
            category="Cimetières",
            state="validated",
            representatives=("Corentin Lambillon, échevin",),
            motivation=paragraphs(f"""
                Vu les articles L1232-1 et suivants du Code de la démocratie locale et de la décentralisation ;
                Vu le règlement communal sur les cimetières et les modes de sépulture ;
                Considérant la demande introduite par Madame {_WIDOW}, née à
                {mark("p2", "birth-place", "Ciney")} le {mark("p3", "birth-date", "14 février 1951")}, domiciliée
                {mark("p4", "address", "rue des Tanneurs 17 à 5999 Valbourg")}, qui sollicite une concession de
                trente ans pour deux personnes ;
                Considérant que Madame {_WIDOW} a versé la redevance de 600 euros par le compte
                {mark("p5", "account", "BE71 0961 2345 6769")} ;
            """),
            draft=paragraphs(f"""
                Article 1er – Une concession de sépulture de trente ans, pour deux personnes, est accordée à Madame
                {_WIDOW} dans la parcelle C, rang 4, du cimetière de Valbourg.
                Article 2 – La concession prend cours à la date de la présente décision.
                Article 3 – La présente décision est notifiée à l'intéressée.
            """),
            votes="À l'unanimité.",
            annexes=(
                SampleAnnex(
                    "Plan du cimetière, parcelle C",
                    "plan",
                    "png",
                    ("Plan du cimetière",),
                    reason=_SEEN,
                ),
                SampleAnnex(
                    "Lettre de demande d'Odile Warnier",
                    "annex",
                    "pdf",
                    ("Valbourg", "Je sollicite une concession de sépulture.", "Odile Warnier"),
                    publish=False,
                ),
            ),
        ),
        SampleItem(
            title="Règlement-redevance sur l'occupation du domaine public par des terrasses",
            category="Finances et taxes",
            state="validated",
            representatives=("Rodolphe Tasiaux, premier échevin",),
            motivation=paragraphs("""
                Vu les articles 41, 162 et 173 de la Constitution ;
                Vu l'article L1122-30 du Code de la démocratie locale et de la décentralisation ;
                Considérant que l'occupation du domaine public procure un avantage particulier à ses bénéficiaires
                et entraîne des frais de nettoyage et de contrôle ;
                Vu l'avis favorable de la directrice financière ;
            """),
            draft=paragraphs("""
                Article 1er – Il est établi, pour les exercices 2027 à 2031, une redevance communale sur l'occupation
                du domaine public par des terrasses.
                Article 2 – La redevance est due par l'exploitant de l'établissement.
                Article 3 – Son montant est fixé à 12 euros par mètre carré et par saison, du 1er avril au 31 octobre.
                Article 4 – Le présent règlement est transmis au Gouvernement wallon dans le cadre de la tutelle
                spéciale d'approbation et publié conformément aux articles L1133-1 et L1133-2 du Code.
            """),
            votes="Par 5 voix pour, 1 voix contre et 1 abstention.",
            annexes=(
                SampleAnnex(
                    "Règlement coordonné",
                    "regulation",
                    "pdf",
                    (
                        "COMMUNE DE VALBOURG",
                        "Règlement-redevance sur les terrasses",
                        "Exercices 2027 à 2031",
                        "Montant : 12 euros par mètre carré et par saison.",
                    ),
                ),
            ),
        ),
        SampleItem(
            title="Interpellation citoyenne – Sécurité des cyclistes rue du Moulin",
            category="Mobilité",
            state="validated",
            representatives=("Mathilde Brichart, échevine",),
            motivation=paragraphs(f"""
                Vu l'article L1122-14 du Code de la démocratie locale et de la décentralisation ;
                Considérant l'interpellation déposée par Monsieur {_RIDER}, qui habite
                {mark("p2", "address", "rue du Moulin 42")}, au sujet de la vitesse des véhicules ;
                Entendu Monsieur {_RIDER} en son intervention, puis l'échevine de la mobilité en sa réponse ;
            """),
            draft=paragraphs("Le conseil prend acte de l'interpellation."),
            decision=paragraphs(f"""
                Le conseil PREND ACTE de l'interpellation de Monsieur {_RIDER} et charge le collège de faire procéder
                à un comptage du trafic rue du Moulin.
            """),
            votes="Sans vote.",
        ),
        SampleItem(
            title="Comptes annuels 2025 de la fabrique d'église Saint-Remacle – Approbation",
            category="Finances et taxes",
            state="decided",
            representatives=("Rodolphe Tasiaux, premier échevin",),
            motivation=paragraphs("""
                Vu le décret impérial du 30 décembre 1809 concernant les fabriques des églises ;
                Vu le compte arrêté par le conseil de fabrique et l'avis de l'organe représentatif du culte ;
            """),
            draft=paragraphs("""
                Article unique – Le compte 2025 est approuvé : recettes 41 208,17 euros, dépenses 37 960,02 euros,
                excédent 3 248,15 euros.
            """),
            votes="Par 6 voix pour et 1 abstention.",
        ),
        SampleItem(
            title="Personnel enseignant – Désignation de Solange Mathot à titre temporaire",
            category="Enseignement",
            state="validated",
            public=False,
            motivation=paragraphs(f"""
                Vu l'article L1122-21 du Code de la démocratie locale et de la décentralisation ;
                Considérant la candidature de Madame {_TEACHER} ;
            """),
            draft=paragraphs(f"""
                Article unique – Madame {_TEACHER} est désignée institutrice maternelle temporaire à mi-temps.
            """),
            votes="Au scrutin secret, par 7 voix pour.",
        ),
    ),
)
