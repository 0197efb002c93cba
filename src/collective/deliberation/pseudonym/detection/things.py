"""Find number plates and cadastral parcels by their Belgian shapes."""

import re
from collections.abc import Iterator
from collective.deliberation.pseudonym.detection.suggestions import Find
from collective.deliberation.pseudonym.register import Category


# Royal Order of 20 July 2001: 1-ABC-123; before 2010 ABC-123; personalised after request.
_PLATE = re.compile(
    r"(?<![\w-])(?:[1-9][ .-]?[A-Z]{3}[ .-]?\d{3}|[A-Z]{3}[ .-]\d{3}|\d{3}[ .-][A-Z]{3}|(?:Q|O|M|U|Z)[ .-][A-Z]{3}[ .-]\d{3}|[A-Z]{2}-\d{3}-[A-Z]{2})(?![\w]|-\d)"
)
_PLATE_WORD = re.compile(
    r"(?i:plaques?|immatricul\w+|véhicules?|voitures?|camion\w*|moto\w*|remorque|conduit\w*|volant|scooter|utilitaire|peugeot|renault|citro[ëe]n|volkswagen|vw|ford|opel|bmw|audi|mercedes|toyota|fiat|dacia|nissan|skoda|seat|hyundai|kia|volvo|mazda|polo|golf|clio|marque)"
)
_ANY_PLATE = re.compile(
    r"(?i:(?:plaques?|immatriculée?s?)(?:\s(?:d'immatriculation|minéralogique|sous le n(?:uméro|°)|n°|numéro|:|le|la|les|est|belge|française|allemande))*\s*:?\s*)(?P<plate>[A-Z0-9]{1,4}(?:[ .-][A-Z0-9]{1,4}){1,2})(?![\w])"
)
_NUMBER = r"(?:\d{1,4}(?:\s?/\s?\d{1,4}){0,2}(?!\d)(?:\s?[A-Z]{1,2}(?![\w'’])(?:\s?\d{1,3}(?![\w/.]))?|[A-Z]\d{0,3}\b)?(?:/\d\w{0,7})?(?:\s?(?:pie|partie|ex)\b)?)"
_NUMBERS = rf"(?:(?:n\s?[°º]s?|n[°º]s|numéros?|nos?|parcelles?(?:\sn°)?|n\.)\s*)?{_NUMBER}(?:(?:\s?,\s?|\set\s|\s?-\s?)(?:n°\s?)?{_NUMBER})*"
_DIVISION = r"(?:(?:\d{1,2}\s?(?:re|ère|er|e|è|ème|me|de|nde)?\s?(?:[Dd]ivision|[Dd]iv\.?)|(?:[Dd]ivision|[Dd]iv\.)\s?\d{1,2}|(?:[Pp]remière|[Dd]euxième|[Tt]roisième|[Qq]uatrième)\s[Dd]ivision)(?:\s?\(?[A-ZÀ-Ö][\w'-]+\)?)?\s*(?:,|-|–|/)?\s*)"
_PARCEL = re.compile(
    rf"(?<![\w])(?:{_DIVISION}(?:\w[\w' -]{{0,25}},\s*)?)?(?:[Ss]ection|SECTION|[Ss]ect\.|[Ss]on)\s*(?:«\s?)?[A-Z](?:\s?»)?\s*(?:,|-|–|:)?\s*(?:sous\s(?:les?\s)?)?{_NUMBERS}"
)
_SHORT_PARCEL = re.compile(rf"(?<![\w])(?:{_DIVISION})[A-Z]\s?,?\s?{_NUMBERS}")
_KEY = re.compile(r"(?<!\w)\d{5}\s?_?[A-Z]\s?_?\d{4}\s?[/_]\s?\d{2}\s?_?[A-Z0-9_]\s?_?\d{3}(?!\w)")
_NUMBER_ONLY = re.compile(
    rf"(?i:cadastrée?s?|parcelles?(?:\scadastrale)?s?)\s(?:[\w']+\s){{0,3}}(?P<number>(?:[A-Z]\s?)?n°\s?{_NUMBER})"
)


def plates(text: str) -> Iterator[Find]:
    """Plates: by shape when a vehicle is spoken of, and always in the shape of today."""
    for match in _PLATE.finditer(text):
        near = text[max(0, match.start() - 90) : match.end() + 30]
        modern = re.match(r"[1-9][ .-]?[A-Z]{3}[ .-]?\d{3}$", match[0])
        if modern or _PLATE_WORD.search(near):
            yield Find(*match.span(), Category.PLATE, 0.9 if modern else 0.75, "plate")
    for match in _ANY_PLATE.finditer(text):
        plate = match["plate"]
        if re.search(r"\d", plate) and re.search(r"[A-Z]", plate):
            yield Find(*match.span("plate"), Category.PLATE, 0.7, "plate")


def parcels(text: str) -> Iterator[Find]:
    """Cadastral parcels: division, section and numbers, or the whole cadastral key."""
    for pattern in (_PARCEL, _SHORT_PARCEL, _KEY):
        for match in pattern.finditer(text):
            if "\n" not in match[0].strip():
                yield Find(*_stripped(text, *match.span()), Category.PARCEL, 0.8, "parcel")
    for match in _NUMBER_ONLY.finditer(text):
        yield Find(*match.span("number"), Category.PARCEL, 0.5, "parcel")


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while text[end - 1] in " ,;-–":
        end -= 1
    return start, end
