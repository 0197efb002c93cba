"""Prompt for what lets a reader guess who is meant although no name stands there."""

import re
from collections.abc import Iterator
from collections.abc import Mapping
from collective.deliberation.pseudonym.detection.readable import readable
from collective.deliberation.pseudonym.detection.suggestions import Prompt


ONLY, AGE, HEALTH, NATIONALITY, KINSHIP, WORK, TABLE = (
    "only-one age health nationality kinship work table-row".split()
)
_WHO = (
    r"(?:enfant|élève|fille|fils|garçon|agent|employée?|ouvri(?:er|ère)|candidate?|habitante?|riveraine?|locataire|occupante?|"
    r"propriétaire|boulang(?:er|ère)|médecin|pharmacien(?:ne)?|coiffeu(?:r|se)|instituteur|institutrice|puéricultrice|"
    r"exploitante?|agriculteur|agricultrice|commerçante?|vétérinaire|soumissionnaire|demandeu(?:r|se)|bénéficiaire|membre|femme|homme|mandataire)"
)
_PATTERNS = (
    (
        ONLY,
        rf"(?i:\b(?:le|la|l'|les|notre|son|sa|une?|des)\s?(?:seule?s?|uniques?)\s{_WHO}s?\b|\b{_WHO}\suniques?\b|\bseule?\s{_WHO}\b)",
    ),
    (
        AGE,
        r"(?i:\bâgée?s?\sde\s\d{1,3}\s(?:ans|mois)\b|\(\d{1,3}\sans\b|\b\d{1,3}\sans\s(?:révolus|accomplis)\b)",
    ),
    (
        HEALTH,
        r"(?i:\b(?:enceinte|grossesse|diabète|diabétique|handicap(?:ée?s?)?|invalidité|cancer|épilepsie|autis(?:me|te)|trisomi\w+|dépression|"
        r"burn-?out|toxicomani\w+|alcooli\w+|hospitalisée?|maladie\s(?:grave|chronique|de\s(?:longue\sdurée|parkinson|alzheimer))|"
        r"trouble(?:s)?\s(?:mentaux|psychiques?|du\scomportement)|séropositi\w+|tentative\sde\ssuicide|maternité)\b)",
    ),
    (
        NATIONALITY,
        r"(?i:\bde\snationalité\s[a-zà-ÿ]+|\bressortissante?s?\s[a-zà-ÿ]+|\bd'origine\s[a-zà-ÿ]+|\bréfugiée?s?\b|\bdemandeu(?:r|se)s?\sd'asile\b|\bséjour\sillégal\b)",
    ),
    (
        KINSHIP,
        r"(?i:\b(?:jumeaux|jumelles|triplés|veu(?:f|ve)\sdepuis|famille\smonoparentale|séparés|divorcée?s?|mineure?\snon\saccompagnée?|mère\sde\s(?:deux|trois|quatre|cinq|six|sept)\senfants|père\sde\s(?:deux|trois|quatre|cinq|six|sept)\senfants)\b)",
    ),
    (
        WORK,
        r"(?i:\b(?:garde\schampêtre|fossoyeur|sacristain|concierge|chef\sde\s(?:bureau|corps|service)|directeur\sde\sl'école|directrice\sde\sl'école|bibliothécaire|maître-nageur|brigadier|accueillante|conseiller\sen\sprévention)\b)",
    ),
)
_COMPILED = tuple((reason, re.compile(pattern)) for reason, pattern in _PATTERNS)
_MOST = 12  # of one reason in a field: more would not be read


def prompts(texts: Mapping[str, str]) -> tuple[Prompt, ...]:
    """Prompts for the plain texts of one item, by field name, in order."""
    return tuple(prompt for field, text in texts.items() for prompt in _of_field(field, text))


def _of_field(field: str, text: str) -> Iterator[Prompt]:
    reading = readable(text)
    found = []
    for reason, pattern in _COMPILED:
        for _, match in zip(range(_MOST), pattern.finditer(reading.text), strict=False):
            found.append((*reading.source(*match.span()), reason))
    for start, end, reason in sorted(found):
        yield Prompt(field, start, end, reason)
