"""Whether the words around a name make it that of a street, a firm, a school."""

import re
from collective.deliberation.pseudonym.detection import cues
from collective.deliberation.pseudonym.detection import lexicon
from collective.deliberation.pseudonym.detection.line import Line
from collective.deliberation.pseudonym.detection.line import Name
from collective.deliberation.pseudonym.detection.words import LOWER


_STREET = re.compile(
    rf"(?i:\b(?:{cues.STREET_TYPES}))\s+(?:(?:de|du|des|la|le|les|l'|d'|au|aux)\s*){{0,3}}$"
)
_SOMEBODY = re.compile(
    r"(?:(?i:\b(?:monsieur|madame|mademoiselle|mmes?|mlles?|messieurs|sieur)\.?)|\bMM?\.?|\bMr\.?)\s+$"
)
# What people own, though streets are called so, too.
_WORKER = re.compile(
    r"(?i:\b(?:agente?|inspect\w+|polici\w+|référente?|éducat\w+|travailleu\w+|responsable|garde|chef|correspondant\w*|gardien\w*|commissaire)s?\s(?:principale?\s)?(?:de|du|des)\s(?:quartiers?|zone|rue|proximité|parc|bois))\s+$"
)
_THING = re.compile(
    r"(?i:\b(?:terrasse|parc|cour|passage|porte|pont|villa|résidence|château|galerie|bois|champs?|prés?|"
    r"fonds?|escaliers|digue|voie|chemin))\s+(?:de\s+|d['’])$"
)
_STREET_WORDS = re.compile(
    rf"(?i:\b(?:{cues.STREET_TYPES}))(?:\s+(?:(?:de|du|des|la|le|les|au|aux|saint|et|ainsi|que|à)\b|[ld]'|[A-ZÀ-Þ][\w'-]*)[\s,]*){{1,12}}$"
)
_DOTTED = re.compile(
    r"(?<!\w)(?:R\.F\.C|R\.C\.S|F\.C|R\.U\.S|U\.S|R\.R\.C|T\.C|B\.C|R\.T\.C|C\.T\.T|R\.S\.C|S\.A|S\.R\.L|A\.S\.B\.L|S\.P\.R\.L|S\.C\.R\.L|S\.N\.C|N\.V|B\.V|S\.C)\. ?"
)
_LINKS = frozenset(
    "de du des la le les l' d' et a libre communale communal fondamentale saint sainte en paroissiale omnisports omnisport sportif sportive culturel culturelle polyvalente maternelle primaire secondaire funeraire multisports agricole anonyme privee simple civile coop cooperative".split()
)


def in_street(line: Line, first: int) -> bool:
    """Whether the words before make it the name of a street."""
    before = line.before(first, 90)
    if _SOMEBODY.search(before) or _WORKER.search(before):
        return False  # no street is called "de Monsieur …"
    if _THING.search(before) and lexicon.is_given(line.words[first].text):
        return False  # "la terrasse de Firmin": a thing, and whose it is
    return bool(_STREET.search(before) or _STREET_WORDS.search(before))


def in_organisation(line: Line, name: Name) -> bool:
    """Whether the words around make it the name of a firm, a school, a hall."""
    words = line.words
    if _DOTTED.search(line.text[max(0, line.span(name)[0] - 8) : line.span(name)[0] + 10]):
        return True
    if cues.FIRM_TAIL.match(line.after(name.last)):
        return True
    index = name.first - 1
    for _ in range(5):
        if index < 0 or "\n" in line.gap(index) or set(line.gap(index)) - set(" '-«\"&."):
            return False
        word = words[index]
        if word.key in cues.FIRM_HEADS:
            return not _WORKER.search(line.before(name.first, 90))
        if word.key == "a" and words[index - 1].key == "et":
            return False  # "à la SRL X et à Y"
        if word.key in cues.CIVILITIES or (word.kind == LOWER and word.key not in _LINKS):
            return False
        index -= 1
    return False
