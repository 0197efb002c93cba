"""Find postal addresses by their Belgian shapes: street, number, box, postcode and locality."""

import re
from collections.abc import Iterator
from collective.deliberation.pseudonym.detection import cues
from dataclasses import dataclass


_UP = "A-ZÀ-ÖØ-Þ"
_NAME = r"[^\W\d_][\w'-]*"
_CAP = rf"[{_UP}][\w'-]*"
_LINK = r"(?:de|du|des|la|le|les|lez|lès|l'|d'|en|sur|sous|et|à|au|aux|op|den|der|van|ter|ten|the)"
_TYPE = (
    rf"(?:(?:(?:Petite?|Grande?|Vieille|Vieux|Ancienne?|Haute|Basse)\s+)?(?i:{cues.STREET_TYPES}))"
)
_MONTHS = r"(?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre)"
_DIGITS = rf"\d{{1,4}}(?!\d)(?![.,]\d)(?!\s?(?:%|€|m²|m2|m\b|km\b|h\b|er\b|{_MONTHS}|ans\b|voix\b|mois\b|jours\b|euros?\b))"
_NUMBER = (
    rf"(?:(?i:n°|nº|n\.|num[ée]ro|nr\.?)\s?)?{_DIGITS}"
    r"(?:\s?(?:bis|ter|quater)\b|\s?[A-Za-z](?![\w'’.])|[A-Za-z]\d?\b)?(?:\s?[/-]\s?[A-Z]?\d{1,4}[A-Za-z]?\b)?(?:\s?/\s?[A-Za-z]\d{0,3}\b)?"
)
_BOX = r"(?:\s*[,/(-]?\s*(?i:bte|bo[iî]te|bus|bt|b|app?t?|appartement|étage|ét|box|rez|studio|kot)\.?\s?(?:n°\s?)?[A-Za-z]?\d{1,4}[A-Za-z]?\b\)?|\s\(\d{1,2}(?:er|e|ème|è)(?:\sétage)?\)|,\s\d{1,2}(?:er|e|ème|è)(?:\sétage)?\b|,\sarri[èe]re-maison|,\srez-de-chaussée|\s\((?:rez-de-chaussée|arrière|étage)\))?"
_CITY_WORDS = rf"{_CAP}(?:(?:\s|-|\s-\s)(?:{_CAP}|(?:le|la|les|lez|sur|en|sous|de|du|aux|op|ten)(?=[\s-]{_CAP}))){{0,4}}(?:\s?\({_CAP}\))?"
_POST = rf"(?:(?:B|BE|L|F|D|NL|CH)\s?-\s?)?\d{{4,5}}(?![\d.,/]\d)\s+{_CITY_WORDS}"
_TOWARDS = r"\s*(?:,|–|-|\(|:|;)?\s*(?:(?:à|a|de)\s+|,\s*)?"
_END = rf"(?:{_TOWARDS}{_POST}\)?|\s+à\s+{_CITY_WORDS}|,\s+{_CITY_WORDS}(?=[\s,;.)]))?"
_STREET = rf"(?:{_TYPE}|(?i:grand[-' ](?:route|rue|place)))"
_STREET_NAME = r"(?:\s+(?:[\w'.-]+(?:\s?\([\w' -]{2,30}\))?)){0,7}?"
ADDRESS = re.compile(
    rf"(?<![\w'-])(?P<street>{_STREET}(?P<name>{_STREET_NAME}))\s*,?\s*(?:au\s)?(?P<number>{_NUMBER}){_BOX}(?P<end>{_END})"
)
GERMANIC = re.compile(
    rf"(?<![\w'-])(?:(?:{_CAP}\s){{0,3}}{_CAP}(?:straat|laan|weg|steenweg|plein|dreef|dijk|kaai|lei|markt|baan|stra(?:ß|ss)e|platz|gasse|allee|ring|park|hof|veld|berg)"
    rf"|[Ss]teenweg\sop\s{_CAP}|(?:Am|Im|An der|In der|Auf der|Op de|Aan de)\s{_CAP})\s*,?\s*(?P<number>{_NUMBER}){_BOX}(?P<end>{_END})"
)
NUMBER_FIRST = re.compile(
    rf"(?<![\w/.-])(?:{_DIGITS}(?:\s?(?:bis|ter|[A-Z]))?(?:/\d{{1,4}})?,?\s(?={_STREET}\s)|(?i:n°|num[ée]ro)\s?\d{{1,4}}\w?\s(?:de\sla\s|de\sl'|du\s|des\s|,\s?)){_STREET}"
    rf"(?:\s(?:{_LINK}\s?|[ld]')){{0,3}}(?:\s?{_CAP}){{1,4}}(?:{_BOX})(?:{_TOWARDS}{_POST})?"
)
CITY_FIRST = re.compile(rf"(?<![\w/.-]){_POST}\s*[,:(–-]\s*(?={_STREET}\s)")
UNTYPED = re.compile(
    rf"(?<![\w'-])(?:{_CAP}|[Àà]\sl[ae])(?:\s(?:{_LINK}\s?)?[\w'-]+){{0,4}}\s*,?\s{_NUMBER}{_BOX}{_TOWARDS}{_POST}"
)
_RESIDENCE = re.compile(
    rf"(?:(?i:r[ée]sidence|ch[âa]teau|home|seniorie|villa|ferme|appartement|immeuble|studio|clos|b[âa]timent)\s(?:«\s?)?(?:{_LINK}\s?)*(?:{_CAP}\s?){{1,4}}(?:»)?\s?,\s)$"
)
NAMED = re.compile(
    rf"(?i:r[ée]sidence|ch[âa]teau|ferme|home)\s(?:{_LINK}\s?)*(?:{_CAP}\s?){{1,4}},\s{_POST}"
)
HOME_WITHOUT_NUMBER = re.compile(
    rf"(?P<street>(?:{_STREET})(?:\s(?:{_LINK}\s?|[ld]')){{0,3}}(?:\s?{_CAP}){{1,5}})(?P<end>(?:{_TOWARDS}{_POST})?)"
)
PLACE_ALONE = re.compile(rf"(?:(?:{_POST})|{_CITY_WORDS})")
_DWELLING = re.compile(
    r"(?i:\b(?:domicili[ée]e?s?|demeurant|résidant|résidante?s?|habitant|habite|habitent|vit|vivre|vivant|domiciles?|réside|résident|établie?s?|installée?s?|hébergée?s?|"
    r"adresse(?:\s(?:privée|actuelle|personnelle))?))"
    r"(?:\s*(?:actuellement|désormais|ensemble|tous deux|toutes deux|légalement|principalement|est|fixée?|:|respectivement|depuis \w+))?\s*,?\s*(?:(?i:à|a|au|aux|en|dans|sur|de|:)\s+)?(?:l'|la\s|le\s|les\s)?(?:(?i:commune|ville|village|localité)\s(?:de\s|d'))?$"
)
_BAD_NAME = re.compile(
    r"(?i:\b(?:est|sont|qui|que|qu'|dont|par|pour|dans|entre|depuis|jusqu'|compte|article|art|relative?s?|section|séance|point|avec|sans|avis|vers|loi|du\s\d|vu|et\s\d|lot|budget|phase|montant|soit)\b|[;:«»€])"
)
_NUMBERED = re.compile(r"\bn°\s?\d")


@dataclass(frozen=True, slots=True)
class Address:
    """An address shape; ``complete`` with a house number, else only after a word of dwelling."""

    start: int
    end: int
    complete: bool


def addresses(text: str) -> list[Address]:
    """Address shapes in order, none overlapping; whose they are is not judged here."""
    found: list[Address] = []
    for address in sorted(_all(text), key=lambda a: (-(a.end - a.start), a.start)):
        if not any(address.start < other.end and other.start < address.end for other in found):
            found.append(address)
    return sorted(found, key=lambda address: address.start)


def follows_dwelling(text: str, start: int) -> bool:
    """Whether a word like "domicilié" directly announces what begins here."""
    return bool(_DWELLING.search(text[max(0, start - 60) : start].rpartition("\n")[2]))


def _all(text: str) -> Iterator[Address]:
    for match in ADDRESS.finditer(text):
        if _plausible(match):
            yield _whole(text, match.start(), match.end())
    for pattern in (GERMANIC, NUMBER_FIRST, UNTYPED, NAMED):
        for match in pattern.finditer(text):
            if "\n" not in match[0] and not _BAD_NAME.search(match[0]):
                yield _whole(text, match.start(), match.end())
    for match in CITY_FIRST.finditer(text):
        street = ADDRESS.match(text, match.end()) or HOME_WITHOUT_NUMBER.match(text, match.end())
        if street:
            yield Address(match.start(), street.end(), True)
    for match in HOME_WITHOUT_NUMBER.finditer(text):
        if follows_dwelling(text, match.start()) and "\n" not in match[0]:
            yield _whole(text, match.start(), match.end(), complete=bool(match["end"]))
    for match in re.finditer(rf"(?<![\w'-])(?=[{_UP}0-9])", text):
        if follows_dwelling(text, match.start()):
            place = PLACE_ALONE.match(text, match.start())
            if place and "\n" not in place[0]:
                yield Address(place.start(), place.end(), False)


def _plausible(match: re.Match[str]) -> bool:
    name, number = match["name"].strip(), match["number"]
    if "\n" in match[0] or _BAD_NAME.search(name) or _NUMBERED.search(name):
        return False
    has_capital = re.search(rf"[{_UP}]", name) is not None or match["end"]
    return bool(has_capital and (name or match["street"].lower().startswith("grand")) and number)


def _whole(text: str, start: int, end: int, complete: bool = True) -> Address:
    """With the name of a residence before the street, and without what trails."""
    line = text.rfind("\n", 0, start) + 1
    before = _RESIDENCE.search(text[max(line, start - 60) : start])
    if before:
        start -= len(before[0])
    while text[end - 1] in " ,;(–-" or (text[end - 1] == ")" and "(" not in text[start:end]):
        end -= 1
    return Address(start, end, complete)
