"""The stem that all forms of a French word share, whatever the accents: what index and query compare. Pure.

Snowball's French algorithm knows accents, and a visitor leaves them out: so every word is folded first,
what the algorithm needs to see is put back by its ending, and the plurals that it doesn't know (``-aux``
of ``-ail``, ``yeux`` …) are made singular before it.
"""

import Stemmer
import threading
from functools import lru_cache


MIN_LENGTH = 3  # letters; shorter words stay as they are

# Plurals, and other forms, that no rule below makes singular: folded.
IRREGULAR = {
    "yeux": "oeil",
    "cieux": "ciel",
    "aieux": "aieul",
    "travaux": "travail",
    "baux": "bail",
    "vitraux": "vitrail",
    "vantaux": "vantail",
    "soupiraux": "soupirail",
    "coraux": "corail",
    "emaux": "email",
    "aulx": "ail",
    "messieurs": "monsieur",
    "mesdames": "madame",
    "mesdemoiselles": "mademoiselle",
    "bestiaux": "betail",
    "ceux": "celui",
    "eaux": "eau",
    "peaux": "peau",
    # no plurals of -al, though they look so
    "taux": "taux",
    "faux": "faux",
    "chaux": "chaux",
    "maux": "mal",
    "paux": "pal",
    "gaux": "gaux",
    "boyaux": "boyau",
    "joyaux": "joyau",
    "noyaux": "noyau",
    "tuyaux": "tuyau",
    "aloyaux": "aloyau",
    "hoyaux": "hoyau",
    "etaux": "etau",
    "fleaux": "fleau",
    "preaux": "preau",
    "landaus": "landau",
    # words in -s or -x that are singular
    "bus": "bus",
    "gaz": "gaz",
    "avis": "avis",
    "permis": "permis",
    "devis": "devis",
    "proces": "proces",
    "acces": "acces",
    "deces": "deces",
    "exces": "exces",
    "succes": "succes",
    "progres": "progres",
    "cours": "cours",
    "parcours": "parcours",
    "concours": "concours",
    "recours": "recours",
    "secours": "secours",
    "discours": "discours",
    "fonds": "fonds",
    "puits": "puits",
    "bois": "bois",
    "mois": "mois",
    "fois": "fois",
    "prix": "prix",
    "choix": "choix",
    "voix": "voix",
    "croix": "croix",
    "paix": "paix",
    "noix": "noix",
    "poids": "poids",
    "repas": "repas",
    "temps": "temps",
    "corps": "corps",
    "jus": "jus",
    "pays": "pays",
    "compromis": "compromis",
    "cas": "cas",
    "cpas": "cpas",
    "bras": "bras",
    "abus": "abus",
    "campus": "campus",
    "virus": "virus",
}
# Words of each council that Snowball would mix with "commune" and "conseil".
KEPT = {
    "communication": "communication",
    "communiquer": "communication",
    "communique": "communication",
    "conseiller": "conseiller",
    "conseillere": "conseiller",
}
# Nouns in -eu, whose plural looks like an adjective in -eux, singular and plural alike.
_EU = frozenset(
    "feu jeu enjeu lieu milieu voeu neveu cheveu adieu essieu aveu epieu pieu hebreu pneu bleu camaieu "
    "desaveu moyeu banlieu".split()
)
_local = threading.local()


def stem(word: str) -> str:
    """The stem of a folded word. A word with a digit is its own."""
    return _stem(word) if len(word) >= MIN_LENGTH and word.isalpha() else word


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    singular = IRREGULAR.get(word) or _singular(word)
    if singular in IRREGULAR or singular in KEPT:
        return KEPT.get(singular, singular)
    found = _snowball(_accented(singular)).translate(_PLAIN)
    if singular.endswith("if") and found.endswith("if"):  # sportif, sportive
        return found[:-1] + "v"
    return found[:-2] + "c" if found.endswith("iqu") else found  # public, publique


def _singular(word: str) -> str:
    if len(word) < 4:
        return word
    if word.endswith("eaux"):
        return word[:-1]
    if word.endswith("aux"):
        return word[:-3] + "al"
    if word.endswith("eux"):
        return word[:-1] if word[:-1] in _EU else word
    if word.endswith("oux"):
        return word[:-1] if word not in ("doux", "roux", "jaloux", "houx", "epoux") else word
    if word.endswith("s") and not word.endswith(("ss", "us", "is", "os", "as")):
        return word[:-1]
    if word.endswith(("us", "is", "os", "as")) and len(word) > 4:
        return word[:-1]
    return word


def _accented(word: str) -> str:
    """With the accent back that Snowball's rules look for at the end of a word."""
    if word.endswith("ite") and len(word) > 4:
        return word[:-1] + "é"
    if word.endswith("ee"):
        return word[:-2] + "é"
    if word.endswith("iere"):
        return word[:-1]
    return word


def _snowball(word: str) -> str:
    stemmer = getattr(_local, "stemmer", None)
    if stemmer is None:  # one may serve one thread at a time
        stemmer = _local.stemmer = Stemmer.Stemmer("french", 0)
    return stemmer.stemWord(word)


_PLAIN = str.maketrans("éèêëàâîïôûùüç", "eeeeaaiiouuuc")
