"""Find dates and places of birth by the words and numbers around them."""

import re
from collections.abc import Iterable
from collections.abc import Iterator
from collective.deliberation.pseudonym.detection.readable import key
from collective.deliberation.pseudonym.detection.suggestions import Find
from collective.deliberation.pseudonym.identifiers import Identifier
from collective.deliberation.pseudonym.register import Category


_MONTHS = (
    "janvier f[ée]vrier mars avril mai juin juillet ao[ûu]t septembre octobre novembre d[ée]cembre"
).split()
_MONTH = "|".join(_MONTHS) + r"|janv\.?|f[ée]v\.?|avr\.?|juil\.?|sept\.?|oct\.?|nov\.?|d[ée]c\.?"
DATE = (
    rf"(?:\d{{1,2}}\s?(?:er|ER)?\s+(?i:{_MONTH})\s+\d{{4}}|\d{{1,2}}\s?[/.-]\s?\d{{1,2}}\s?[/.-]\s?(?:\d{{4}}|\d{{2}})(?![\d-])"
    r"|(?:19|20)\d{2}-\d{2}-\d{2})(?!\d)"
)
_SHORT_MONTHS = "janv fev mars avr mai juin juil aou sept oct nov dec".split()
_YEAR = r"(?:19|20)\d{2}(?!\d)"
_CAP = r"[A-ZÀ-ÖØ-Þ][\w'-]*"
PLACE = rf"{_CAP}(?:(?:\s|-|/)(?:{_CAP}|(?:le|la|les|lez|sur|en|sous|de|du|d'|aux|op|ten)(?=[\s'-]?{_CAP}))){{0,4}}(?:\s?\([^()\n]{{2,40}}\)|,\s(?:{_CAP})(?=\s*(?:,|\s)\s*le\s))?"
_BORN = r"(?<![\w-])(?:(?:N|n)(?:é|ée|és|ées|é\(e\)|é\(e\)s|ée?\.s|e|ee)|NÉE?S?|NEE?S?|°|[Nn]aiss?ance|[Nn]atif|[Nn]ative|originaire)(?![\w])"
_WHEN = r"(?:le\s|en\s|du\s|:\s?|au\s)*\s*"
_PLACE_THEN_DATE = re.compile(
    rf"{_BORN}\s*(?:[àÀaA]|en|au|de)?\s*:?\s*(?P<place>{PLACE})\s*[,(]?\s*{_WHEN}(?P<date>{DATE})"
)
_DATE_THEN_PLACE = re.compile(
    rf"{_BORN}\s*:?\s*{_WHEN}(?P<date>{DATE})\s*[,(]?\s*(?:(?:à|À|a|en|au)\s+(?P<place>{PLACE}))?"
)
_PLACE_ONLY = re.compile(
    rf"(?:{_BORN}\s*(?:à|À|en|au)\s+|(?i:lieu(?: et date)? de naissance|né\(e\) à|naissance à)\s*:?\s*|natif de\s|native de\s)(?P<place>{PLACE})"
)
_YEAR_ONLY = re.compile(
    rf"{_BORN}\s*(?:(?:en|vers)\s+(?:l'année\s+)?)(?:(?i:{_MONTH})\s+)?(?P<date>{_YEAR})"
)
_LABELLED = re.compile(
    rf"(?i:dates? (?:et lieu )?de naissance|né\(?e?\)?s? le|naissance|ddn|d\.n\.)\s*:?\s*{_WHEN}(?P<date>{DATE})"
)
_YEAR_LABELLED = re.compile(rf"(?i:année de naissance|classe|millésime)\s*:?\s*(?P<date>{_YEAR})")
_COLUMN = re.compile(
    r"(?im)^\s*(?:né\(?e?\)?s?\s?(?:le)?|(?:date (?:de )?)?naissance|date et lieu de naissance|ddn|né\(e\) à, le)\s*$"
)
_DATE_LINE = re.compile(
    rf"(?m)^[ ]*(?P<date>{DATE})[ ]*(?:$|à\s(?P<place>{PLACE})|,\s(?P<place2>{PLACE})[ ]*$)"
)
_ANY = re.compile(rf"(?<![\d/.-]){DATE}")
_AFTER_DATE = re.compile(rf"\s*[,;]?\s*(?:à\s+|a\s+)?(?P<place>{PLACE})(?=\s*[,;)])")
_BEFORE_DATE = re.compile(rf"(?:\(|,\s|°\s?)(?P<place>{PLACE})\s*,?\s*(?:le\s)?$")
_ADULT = re.compile(r"(?i:âgée?s? de \d)")


def births(text: str, identifiers: Iterable[Identifier]) -> Iterator[Find]:
    """Finds of dates and places of birth; ``identifiers`` are those of the same text.

    A date that a national number repeats is a date of birth wherever it stands.
    """
    for pattern in (
        _PLACE_THEN_DATE,
        _DATE_THEN_PLACE,
        _PLACE_ONLY,
        _YEAR_ONLY,
        _LABELLED,
        _YEAR_LABELLED,
    ):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            if groups.get("date"):
                yield Find(*match.span("date"), Category.BIRTH_DATE, 0.95, "birth")
            if groups.get("place") and not match["place"].upper().startswith(("NN", "RN", "NISS")):
                yield Find(*match.span("place"), Category.BIRTH_PLACE, 0.9, "birth")
    if _COLUMN.search(text):
        for match in _DATE_LINE.finditer(text):
            if _year(match["date"]) <= 2100:
                yield Find(*match.span("date"), Category.BIRTH_DATE, 0.8, "column")
                for group in ("place", "place2"):
                    if match[group]:
                        yield Find(*match.span(group), Category.BIRTH_PLACE, 0.7, "column")
    yield from _of_numbers(text, identifiers)
    yield from _after_births(text)


def _of_numbers(text: str, identifiers: Iterable[Identifier]) -> Iterator[Find]:
    days = set()
    for identifier in identifiers:
        if identifier.category is Category.NATIONAL_NUMBER:
            digits = re.sub(r"\D", "", identifier.text)
            days.add((int(digits[:2]), int(digits[2:4]) % 20, int(digits[4:6])))
    if not days:
        return
    for match in _ANY.finditer(text):
        if day_of(match[0]) in days:
            yield Find(*match.span(), Category.BIRTH_DATE, 0.95, "national-number")
            before = _BEFORE_DATE.search(text, max(0, match.start() - 50), match.start())
            after = _AFTER_DATE.match(text, match.end())
            for place in (before, after):
                if place:
                    yield Find(*place.span("place"), Category.BIRTH_PLACE, 0.7, "national-number")


_NEXT = re.compile(
    rf"\s*(?:,|;|et|respectivement|\s)+\s*(?:(?:et\s)?le\s|{_BORN}\s*le\s)(?P<date>{DATE})"
)


def _after_births(text: str) -> Iterator[Find]:
    """ "nés le 1er mai 2015 et le 3 juin 2018": the second date too."""
    for match in re.finditer(rf"{_BORN}[^.;\n]{{0,60}}?{DATE}", text):
        if not re.search(r"(?i:n[ée]+e?s)\b", match[0][:6]):
            continue
        following = _NEXT.match(text, match.end())
        while following:
            yield Find(*following.span("date"), Category.BIRTH_DATE, 0.85, "birth")
            following = _NEXT.match(text, following.end())


def day_of(date: str) -> tuple[int, int, int] | None:
    """Two digits of the year, month and day of a date as it is written here."""
    numbers = re.findall(r"\d+", date)
    if len(numbers) == 2:
        plain = key(date)
        for number, month in enumerate(_SHORT_MONTHS, 1):
            if month in plain:
                return int(numbers[1]) % 100, number, int(numbers[0])
        return None
    if len(numbers) != 3:
        return None
    first, month, last = map(int, numbers)
    return (first % 100, month, last) if first > 31 else (last % 100, month, first)


def _year(date: str) -> int:
    return int(re.findall(r"\d+", date)[-1])
