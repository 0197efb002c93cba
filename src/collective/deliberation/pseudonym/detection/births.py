"""Find dates and places of birth by the words and numbers around them."""

import re
from collections.abc import Iterable
from collections.abc import Iterator
from collective.deliberation.pseudonym.detection import lexicon
from collective.deliberation.pseudonym.detection.readable import key
from collective.deliberation.pseudonym.detection.suggestions import Find
from collective.deliberation.pseudonym.identifiers import Identifier
from collective.deliberation.pseudonym.register import Category


_MONTH = (
    "janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre|"
    r"janv\.?|f[ée]v\.?|avr\.?|juil\.?|sept\.?|oct\.?|nov\.?|d[ée]c\.?"
)
_SHORT_MONTHS = "janv fev mars avr mai juin juil aou sept oct nov dec".split()
DATE = (
    rf"(?:\d{{1,2}}[ ]?(?:er|ER)?[ ]+(?i:{_MONTH})[ ]+\d{{4}}"
    r"|\d{1,2}[ ]?[/.-][ ]?\d{1,2}[ ]?[/.-][ ]?(?:\d{4}|\d{2})(?![\d-])"
    r"|\d{1,2}[ ]?[/.-][ ]?[IVX]{1,4}[ ]?[/.-][ ]?\d{4}"
    r"|(?:19|20)\d{2}-\d{2}-\d{2})(?!\d)"
)
_YEAR = rf"(?:(?i:{_MONTH})[ ]+)?(?:19|20)\d{{2}}(?![\d/.-]\d)(?!\d)"
_IN_WORDS = (
    r"(?:premier|un|deux|trois|quatre-vingts?|quatre|cinquante|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|quarante|soixante|septante|octante|nonante|"
    r"cents?|mille|mil)(?![a-zà-ÿ])"
)
_WRITTEN_OUT = rf"(?i:{_IN_WORDS}(?:[ -](?:et[ -])?{_IN_WORDS}){{0,2}}[ ](?:{_MONTH})[ ](?:mil|mille|deux[ ]mille)(?:[ -](?:et[ -])?{_IN_WORDS}){{0,7}})"
_DAY_ALONE = rf"\d{{1,2}}(?:er)?[ ](?i:{_MONTH})(?:[ ](?:dernier|prochain))?(?![\w.]|[ ]\d)"
_CAP = r"[A-ZÀ-ÖØ-Þ][\w'-]*"
_IN_PLACE = r"(?:le|la|les|lez|lès|sur|en|sous|de|du|d'|aux|op|ten)"
PLACE = (
    rf"(?:l'|'s-)?{_CAP}(?:[ /-](?:{_CAP}|{_IN_PLACE}(?=[ '-]?{_CAP}))){{0,4}}"
    rf"(?:[ ]?\([^()\n]{{2,40}}\)|,[ ](?:(?:au|en|aux)[ ])?{_CAP}(?=[ ]*,?[ ]*(?:le|en)[ ]))?"
)
_BORN = r"(?<![\w-])(?:[Nn](?:ée?s?|é\(e\)s?|é\.e\.?s?|ee?)|NÉE?S?|NEE?S?|°(?=\w)|°|[Nn]aissance|NAISSANCE|[Nn]ati(?:f|ve)|[Oo]riginaire|[Gg]eb\.|a vu le jour|ont vu le jour)(?:(?<=°)|(?!\w))"
_DAY = r"(?:lun|mar|mercre|jeu|vendre|same)di|dimanche"
_WORD = (
    rf"(?:(?i:à|a|en|au|aux|le|la|les|de|du|des|sur|sous|lez|vers|respectivement|un|date|[a-zà-ÿ]{{3,12}}ment|lieu|et|année|an|est|survenue|intervenue|{_DAY})(?!\w)|[dl]'"
    rf"|{_CAP}|\([^()\n]{{2,40}}\)|[/-])"
)
_CLAUSE = re.compile(
    rf"{_BORN}[ :,]*(?P<between>(?:{_WORD}[ :,]*){{0,9}}?)\(?(?P<date>{DATE}|{_WRITTEN_OUT}|(?<=\b[lL]e ){_DAY_ALONE}|(?<=\bEN ){_YEAR}|(?<=\ben ){_YEAR}|(?<=\bvers ){_YEAR}|(?<=°){_YEAR}|(?<=° ){_YEAR})"
    rf"(?:[ ]*[,(]?[ ]*(?:à|À|en|au)[ ]+(?P<after>{PLACE}))?"
)
_PLACE_WITHIN = re.compile(rf"(?:^|(?<=[ ,:'(/-]))(?!NN|RN|NISS)(?P<place>{PLACE})")
_PLACE_ONLY = re.compile(
    rf"(?:{_BORN}[ ]*(?:à|À|en|au)[ ]+|(?i:lieu(?: et date)? de naissance|né\(e\) à|naissance à|naissance[^\n]{{0,40}}\blieu)[ ]*:?[ ]*|nati(?:f|ve) d(?:e[ ]|'))(?P<place>{PLACE})"
)
_LABELLED = re.compile(
    rf"(?i:dates? (?:et lieu )?de naissance(?:[^:\n]{{0,30}}:)?|naissance|ddn|d\.n\.)[ ]*:?\s{{0,2}}(?P<date>{DATE})"
)
_AGED = re.compile(rf"\d{{1,3}}[ ]ans[ ]?[(,][ ]?(?:le[ ]|°)?(?P<date>{DATE})")
_YEAR_LABELLED = re.compile(rf"(?i:année de naissance)[ ]*:?[ ]*(?P<date>{_YEAR})")
_COLUMN = re.compile(
    r"(?im)^[ ]*(?:né\(?e?\)?s?\s?(?:le)?|(?:date (?:de )?)?naissance|date et lieu de naissance|lieu et date de naissance|ddn|né\(e\) à, le)[ ]*$"
)
_DATE_LINE = re.compile(
    rf"(?m)^[ ]*(?P<date>{DATE})[ ]*(?:$|à[ ](?P<place>{PLACE})|,[ ](?P<place2>{PLACE})[ ]*$)"
)
_ANY = re.compile(rf"(?<![\d/.-]){DATE}")
_AFTER_DATE = re.compile(rf"[ ]*[,;]?[ ]*(?:à[ ]+)?(?P<place>{PLACE})(?=[ ]*[,;)])")
_PLACE_AFTER = re.compile(rf"[ ]?,?[ ](?:à[ ])?(?P<place>{PLACE})(?=[ ]?[,;)\n]|[ ]et\b|$)")
_BEFORE_DATE = re.compile(rf"(?:\(|,[ ]|°[ ]?)(?P<place>{PLACE})[ ]*,?[ ]*(?:le[ ])?$")
_IN_PARENTHESES = re.compile(rf"(?:[ ]?\((?:°[ ]?)?|[ ]?[,–-][ ]?(?:°[ ]?)?)(?P<date>{DATE})")
_LIFE = re.compile(r"[ ]?\((?:°[ ]?)?(?P<date>(?:18|19|20)\d{2})[ ]?(?:[-–][ ]?(?:19|20)\d{2})?\)")
_ELSEWHERE = re.compile(
    rf"[ ]?(?P<open>[(,])[ ]?(?P<place>{PLACE})[ ]?,?[ ](?:le[ ])?(?P<date>{DATE})"
)
_AND = re.compile(rf"[ ]*(?:,|;|et|ou)[ ]*(?:et[ ])?(?:(?:née?[ ])?le[ ])(?P<date>{DATE})")
_MANY = re.compile(rf"(?<![\w-])(?i:n[ée]+e?s)\b[^.;\n]{{0,60}}?{DATE}")


def births(text: str, identifiers: Iterable[Identifier]) -> Iterator[Find]:
    """Finds of dates and places of birth; ``identifiers`` are those of the same text.

    A date that a national number repeats is a date of birth wherever it stands.
    """
    for match in _CLAUSE.finditer(text):
        yield Find(*match.span("date"), Category.BIRTH_DATE, 0.95, "birth")
        if match["after"]:
            yield Find(*match.span("after"), Category.BIRTH_PLACE, 0.9, "birth")
        place = _PLACE_WITHIN.search(text, *match.span("between"))
        if place:
            yield Find(*place.span("place"), Category.BIRTH_PLACE, 0.9, "birth")
    for match in _PLACE_ONLY.finditer(text):
        yield Find(*match.span("place"), Category.BIRTH_PLACE, 0.85, "birth")
    for pattern in (_LABELLED, _YEAR_LABELLED, _AGED):
        for match in pattern.finditer(text):
            yield Find(*match.span("date"), Category.BIRTH_DATE, 0.9, "birth")
    if _COLUMN.search(text):
        yield from _in_column(text)
    yield from _of_numbers(text, identifiers)
    yield from _enumerated(text)


def beside(text: str, persons: Iterable[tuple[int, int]]) -> Iterator[Find]:
    """A date directly after a private person's name: "Lilou (03.09.2018)", "Colin (1934-2025)"."""
    for _, end in persons:
        match = _IN_PARENTHESES.match(text, end) or _LIFE.match(text, end)
        if match:
            yield Find(*match.span("date"), Category.BIRTH_DATE, 0.75, "birth")
            place = _PLACE_AFTER.match(text, match.end())
            if place and (place["place"].endswith(")") or lexicon.is_place(place["place"])):
                yield Find(*place.span("place"), Category.BIRTH_PLACE, 0.5, "birth")
            continue
        match = _ELSEWHERE.match(text, end)
        if match and (match["open"] == "(" or _is_long_ago(match["date"])):
            yield Find(*match.span("date"), Category.BIRTH_DATE, 0.6, "birth")
            yield Find(*match.span("place"), Category.BIRTH_PLACE, 0.5, "birth")


def _is_long_ago(date: str) -> bool:
    """Whether a date is no date of a letter or a decision: its year is before 2012."""
    year = int(re.findall(r"\d+", date)[-1])
    return 1900 <= year < 2012 or 20 < year < 100


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


def _in_column(text: str) -> Iterator[Find]:
    """Lines that are a date, in a text with a column of births."""
    for match in _DATE_LINE.finditer(text):
        yield Find(*match.span("date"), Category.BIRTH_DATE, 0.8, "column")
        for group in ("place", "place2"):
            if match[group]:
                yield Find(*match.span(group), Category.BIRTH_PLACE, 0.7, "column")


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


def _enumerated(text: str) -> Iterator[Find]:
    """ "nés le 1er mai 2015 et le 3 juin 2018": the second date too."""
    for match in _MANY.finditer(text):
        following = _AND.match(text, match.end())
        while following:
            yield Find(*following.span("date"), Category.BIRTH_DATE, 0.85, "birth")
            following = _AND.match(text, following.end())
