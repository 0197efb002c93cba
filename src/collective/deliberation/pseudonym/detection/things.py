"""Find number plates and cadastral parcels by their Belgian shapes."""

import re
from collections.abc import Iterator
from collective.deliberation.pseudonym.detection.suggestions import Find
from collective.deliberation.pseudonym.register import Category


# Royal Order of 20 July 2001: 1-ABC-123; before 2010 ABC-123; personalised after request.
_PLATE = re.compile(
    r"(?<![\w-])(?:[1-9][ .-]?[A-Z]{3}[ .-]?\d{3}|[A-Z]{3}[ .-]\d{3}|\d{3}[ .-][A-Z]{3}|[A-Z][ .-][A-Z]{3}[ .-]\d{3}|[A-Z]{2}-\d{3}-[A-Z]{2})(?![\w]|-\d)"
)
# Only where a vehicle is spoken of: without hyphens, in small letters, from abroad.
_LOOSE_PLATE = re.compile(
    r"(?<![\w-])(?:[1-9][ .-]?[a-z]{3}[ .-]?\d{3}|[QUOMZT][ .-]?[A-Z]{3}[ .-]?\d{3}|[A-ZÄÖÜ]{1,3}[ -][A-Z]{1,2}[ -]?\d{1,4}|\d{1,2}-[A-Z]{2,3}-\d{1,2}|[A-Z]{2}-\d{2,3}-[A-Z]{1,2}|[A-Z]{2}[ ]?\d{4})(?![\w]|-\d)"
)
_VEHICLE_NEAR = re.compile(
    r"(?i:plaques?|immatricul\w+|véhicules?|voitures?|remorques?|motos?|scooter|camionnette|camion)\b[^.;\n]{0,60}$"
)
_PLATE_WORD = re.compile(
    r"(?i:plaques?|immatricul\w+|véhicules?|voitures?|camion\w*|moto\w*|remorque|conduit\w*|volant|scooter|utilitaire|taxi|oldtimer|tracteur|cyclomoteur|quad|stationn|peugeot|renault|citro[ëe]n|volkswagen|vw|ford|opel|bmw|audi|mercedes|toyota|fiat|dacia|nissan|skoda|seat|hyundai|kia|volvo|mazda|polo|golf|clio|marque)"
)
_ANY_PLATE = re.compile(
    r"(?i:(?:plaques?|immatriculée?s?)(?:[ ]?(?:d'immatriculation|minéralogique|sous le n(?:uméro|°)|n°|numéro|:|le|la|les|est|sous|belge|française|allemande|néerlandaise|luxembourgeoise|polonaise|roumaine|étrangère|(?:en|au|aux)[ ][A-ZÀ-Þ][\w-]+|\())*[ ]*:?[ ]*)(?P<plate>[A-Z0-9]{1,9}(?:[ .-][A-Z0-9]{1,5}){1,2}|[A-Z]{1,6}\d{1,4})(?![\w])"
)
_NUMBER = (
    r"(?:«[ ]?)?\d{1,4}(?:[ ]?/[ ]?(?:\d{1,4}|[A-Z](?!\w))){0,2}(?!\d)(?:[ ]?[A-Z]{1,2}[ ]?\d{0,3}(?=P\d{4}|(?![\w'’]))|[a-z](?![\w'’])|[ ][b-z](?=[ ]?[,;).\n]|$)|[ ][a-z][ ]?\d{1,2}(?!\w)|[A-Z]\d{0,3}\b)?"
    r"(?:/\d\w{0,7})?(?:[ ]?P[ ]?\d{4}\b)?(?:[ ]?(?:pie|partie|ex)\b)?(?:[ ]?»)?"
)
_HEAD = r"(?:(?i:(?:sous[ ])?(?:les?[ ]|la[ ])?(?:n[ ]?[°ºo]s?\.?|num[ée]ros?|nos?|parcelles?|num[ée]rot[ée]e?s?|n\.|cadastrales?))[ ]*){0,3}"
_NUMBERS = rf"{_HEAD}{_NUMBER}(?:(?:[ ]?,[ ]?(?:et[ ])?|[ ](?:et|à)[ ]|[ ]?-[ ]?)(?:partie[ ](?:de[ ]|du[ ])?)?(?:(?i:n°)[ ]?)?{_NUMBER})*"
_DIVISION = (
    r"(?:(?:\d{1,2}[ ]?(?:re|ère|er|e|è|ème|me|de|nde)?[ ]?(?i:division|div\.?)|(?i:division|div\.?)[ ]?\d{1,2}|(?:[Pp]remière|[Dd]euxième|[Tt]roisième|[Qq]uatrième|[Cc]inquième|[Ss]ixième)[ ][Dd]ivision|[Dd]ivision[ ](?:de[ ]|d')[A-ZÀ-Þ][\w'-]+)"
    r"(?:[ ]?[/(]?[ ]?[A-ZÀ-Ö][\w'-]+\)?)?[ ]*(?:,|-|–|/)?[ ]*)"
)
_LETTER = r"(?i:section|sect\.?|sec\.|sion|son)[ ]*(?:«[ ]?)?(?:[A-Z](?![\w])|unique\b)(?:[ ]?»)?"
_PARCEL = re.compile(
    rf"(?<![\w'-])(?:(?:[A-ZÀ-Þ][\w'-]{{1,40}},?[ ])?{_DIVISION}(?:\w[\w' -]{{0,25}},[ ]*)?)?{_LETTER}[ ]*(?:,|-|–|:)?[ ]*(?:\d\w{{1,3}}[ ]feuille[ ]*,?[ ]*)?{_NUMBERS}"
)
_SHORT_PARCEL = re.compile(rf"(?<![\w])(?:{_DIVISION})[A-Z][ ]?,?[ ]?{_NUMBERS}")
_KEY = re.compile(
    r"(?<![\w/])(?:(?:INS[ ]?)?\d{5}|(?:[A-ZÀ-Þ][\w'-]{1,40}[ ])?(?i:\d{1,2}[ ]?(?:e|er|re|ère|ème)?[ ]?div(?:ision)?\.?))[ ]?/[ ]?[A-Z][ ]?/[ ]?\d{1,4}(?:[ ]?/[ ]?\d{0,2}[ ]?_?[A-Z]?[ ]?_?\d{0,3})?(?:[ ]?P[ ]?\d{4})?(?![\w/])|"
    r"(?<!\w)\d{5}[ ]?_?[A-Z][ ]?_?\d{4}[ ]?[/_][ ]?\d{2}[ ]?_?[A-Z0-9_][ ]?_?\d{3}(?!\w)"
)
_BARE_NUMBER = r"[A-Z][ ]?/?[ ]?\d{1,4}[ ]?/?[ ]?[A-Z](?:[ ]?\d{1,3})?(?!\w)"
_BARE = re.compile(
    rf"(?i:cadastrée?s?|parcelles?)[ ](?i:cadastrée?s?[ ]|n°[ ]?|cadastrale[ ]|sous[ ])?(?P<number>[A-Z][ ]?,?[ ]\d{{1,4}}(?!\d)(?:[ ]?[A-Z](?:[ ]?\d{{1,3}})?)?(?![\w.])|{_BARE_NUMBER}(?:(?:[ ]et[ ]|,[ ]){_BARE_NUMBER})*|{_NUMBER}[ ]\([Ss]ection[ ][A-Z]\))"
)
_CADASTRE = re.compile(r"(?i:cadastr|parcelle|matrice)")
# Graves have parcels and numbers, too.
_GRAVES = re.compile(r"(?i:cimeti[èe]re|s[ée]pulture|columbarium)(?!.*cadastr)", re.S)
_SLASHED = re.compile(
    r"(?<![\w/])(?:\d{1,2}/)?[A-Z][ ]?/[ ]?\d{1,4}(?:[ ]?/[ ]?[A-Z]\d{0,3})+(?![\w/])|(?<![\w/])\d{5}[ _-]?[A-Z][ _-]?\d{1,4}[A-Z]?\d{0,3}(?![\w/])"
    r"|(?<=parcelle )\d{1,4}[ ]?[A-Z][ ]?\d{0,3}(?!\w)|(?<=parcelles )\d{1,4}[ ]?[A-Z][ ]?\d{0,3}(?!\w)|(?i:article)[ ]\d{4,5}[ ]de[ ]la[ ]matrice"
)
# "A n° 123 b": only where parcels are spoken of
_LETTERED = re.compile(
    rf"(?<![\w'.-])[A-F][ ]n°s?[ ]?{_NUMBER}(?:(?:[ ]?,[ ]?|[ ]et[ ]){_NUMBER})*"
)
_OF_SECTION = re.compile(
    rf"(?i:n°|num[ée]ros?|parcelles?)[ ]?{_NUMBER}(?:(?:[ ]?,[ ]?|[ ]et[ ]){_NUMBER})*[ ]?,?[ ](?:de la[ ])?[Ss]ection[ ][A-Z]\b"
)
_NUMBER_ONLY = re.compile(
    rf"(?i:cadastrée?s?|parcelles?(?:[ ]cadastrale)?s?)[ ](?:[\w']+[ ]){{0,3}}(?P<number>(?:[A-Z][ ]?,?[ ]?)?(?i:n°s?|num[ée]ros?|nos)[ ]?{_NUMBER}(?:(?:[ ]et[ ]|,[ ])(?:n°[ ]?)?{_NUMBER})*)"
)


def plates(text: str) -> Iterator[Find]:
    """Plates: by shape when a vehicle is spoken of, and always in the shape of today."""
    for match in _PLATE.finditer(text):
        near = text[max(0, match.start() - 90) : match.end() + 30]
        modern = re.match(r"[1-9][ .-]?[A-Z]{3}[ .-]?\d{3}$", match[0])
        if modern or _PLATE_WORD.search(near):
            yield Find(*match.span(), Category.PLATE, 0.9 if modern else 0.75, "plate")
    for match in _LOOSE_PLATE.finditer(text):
        if _VEHICLE_NEAR.search(text, max(0, match.start() - 90), match.start()):
            yield Find(*match.span(), Category.PLATE, 0.6, "plate")
    for match in _ANY_PLATE.finditer(text):
        plate = match["plate"]
        if re.search(r"\d", plate) and re.search(r"[A-Z]", plate):
            yield Find(*match.span("plate"), Category.PLATE, 0.7, "plate")


def parcels(text: str) -> Iterator[Find]:
    """Cadastral parcels: division, section and numbers, or the whole cadastral key."""
    for pattern in (_PARCEL, _SHORT_PARCEL, _KEY, _OF_SECTION):
        for match in pattern.finditer(text):
            if "\n" not in match[0].strip():
                yield Find(*_stripped(text, *match.span()), Category.PARCEL, 0.8, "parcel")
    if _CADASTRE.search(text) and not _GRAVES.search(text):
        for match in _LETTERED.finditer(text):
            yield Find(*match.span(), Category.PARCEL, 0.5, "parcel")
        for match in _SLASHED.finditer(text):
            yield Find(*match.span(), Category.PARCEL, 0.6, "parcel")
    weak = () if _GRAVES.search(text) else (_BARE, _NUMBER_ONLY)
    for pattern in weak:
        for match in pattern.finditer(text):
            yield Find(*match.span("number"), Category.PARCEL, 0.5, "parcel")


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while text[end - 1] in " ,;-–":
        end -= 1
    return start, end
