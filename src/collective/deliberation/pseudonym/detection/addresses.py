"""Find postal addresses by their Belgian shapes: street, number, box, postcode and locality."""

import re
from collections.abc import Iterator
from collective.deliberation.pseudonym.detection import address_shapes as shapes
from collective.deliberation.pseudonym.detection import lexicon
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Address:
    """An address shape; ``complete`` with a house number, else only after a word of dwelling."""

    start: int
    end: int
    complete: bool


def addresses(text: str) -> list[Address]:
    """Address shapes in order, none overlapping; whose they are is not judged here."""
    apart: list[Address] = []
    for address in sorted(_all(text), key=lambda a: (a.start, -a.end)):
        before = apart[-1] if apart else None
        if before is None or address.start >= before.end:
            apart.append(address)
        else:  # two shapes of one address: each may know more of one end
            whole = before.complete or address.complete
            apart[-1] = Address(before.start, max(before.end, address.end), whole)
    joined: list[Address] = []
    for address in apart:
        before = joined[-1] if joined else None
        if (
            before
            and not before.complete
            and shapes.JOINED.fullmatch(text, before.end, address.start)
        ):
            joined[-1] = Address(before.start, address.end, True)
        else:
            joined.append(address)
    return joined


def beside(text: str, end: int) -> tuple[int, int] | None:
    """A hamlet and number directly after a name: "Mme Hubin, Sur-les-Bruyères 12"."""
    match = shapes.BESIDE.match(text, end) or shapes.WITHOUT_NUMBER.match(text, end)
    if match is None or lexicon.is_vocabulary(re.split(r"[ ,]", match["address"])[0]):
        return None
    return match.span("address")


def place_beside(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The place directly after a name, that says where somebody is from: "Mme Hubin, de Seraing"."""
    match = shapes.FROM.match(text, end)
    if shapes.PRACTISES.search(text, max(0, end - 70), end) or shapes.TO.search(
        text, max(0, start - 4), start
    ):
        return None
    if match is None or not lexicon.is_place(match["place"].split(" (")[0]):
        return None
    return match.span("place")


def follows_dwelling(text: str, start: int) -> bool:
    """Whether a word like "domicilié" directly announces what begins here."""
    before = text[max(0, start - 90) : start].rpartition("\n")[2]
    return bool(shapes.DWELLING.search(before)) and not shapes.SEAT.search(before)


def _all(text: str) -> Iterator[Address]:
    for match in shapes.TYPED.finditer(text):
        if _plausible(match):
            yield _whole(text, match.start(), _end_of(match))
    for pattern in (shapes.GERMANIC, shapes.NUMBER_FIRST, shapes.UNTYPED, shapes.RESIDENCE):
        for match in pattern.finditer(text):
            if "\n" not in match[0] and not shapes.BAD_NAME.search(_named(match[0])):
                yield _whole(text, match.start(), match.end())
    for match in shapes.ABROAD.finditer(text):
        if "\n" not in match[0] and not shapes.BAD_NAME.search(
            match[0][4 : match.start("end") - match.start()].replace(":", "")
        ):
            yield _whole(text, match.start(), match.end())
    for match in shapes.CITY_FIRST.finditer(text):
        for pattern in (shapes.TYPED, shapes.NUMBER_FIRST, shapes.STREET_ALONE):
            street = pattern.match(text, match.end())
            if street:
                yield Address(match.start(), street.end(), True)
                break
    for match in shapes.STREET_ALONE.finditer(text):
        if "\n" in match[0]:
            continue
        if follows_dwelling(text, match.start()) or shapes.SITED.search(
            text[max(0, match.start() - 40) : match.start()]
        ):
            yield _whole(text, match.start(), match.end(), complete=bool(match["end"]))
    for match in shapes.SAME_STREET.finditer(text):
        if follows_dwelling(text, match.start()):
            yield Address(match.start(), match.end(), True)
    for match in shapes.STARTS.finditer(text):
        if follows_dwelling(text, match.start()):
            place = shapes.HAMLET.match(text, match.start()) or shapes.PLACE_ALONE.match(
                text, match.start()
            )
            if place and "\n" not in place[0]:
                street = shapes.STREET_AFTER.match(text, place.end())
                yield Address(place.start(), street.end() if street else place.end(), bool(street))


def _named(address: str) -> str:
    """The words of an address before its house number, or after it where that comes first."""
    words = re.sub(
        r"^(?i:n°|num[ée]ro)?[ ]?\d[\w/]*[ ]?,?", "", address.replace("«", "").replace("»", "")
    )
    return re.split(r"\d", words)[0]


def _plausible(match: re.Match[str]) -> bool:
    name, number = match["name"].strip(), match["number"]
    head = match[0][: match.start("end") - match.start()]
    if "\n" in head or shapes.BAD_NAME.search(name) or shapes.NUMBERED.search(name):
        return False
    if not name and shapes.WHOLE_STREET.match(match["street"]):
        return bool(number)  # "Grand-Route 190"
    if not name or not number:
        return False
    return bool(
        re.search(rf"[{shapes.UP}]", name) or match["end"] or shapes.PLAIN_STREET.match(match[0])
    )


def _end_of(match: re.Match[str]) -> int:
    """Where it ends: the postcode may begin the next line, nothing else may."""
    if "\n" in match["end"] and not shapes.NEXT_LINE.fullmatch(match["end"]):
        return match.start("end") + match["end"].index("\n")
    return match.end()


def _whole(text: str, start: int, end: int, complete: bool = True) -> Address:
    """With the name of a residence before the street, and without what trails."""
    line = text.rfind("\n", 0, start) + 1
    before = shapes.RESIDENCE_BEFORE.search(text[max(line, start - 60) : start])
    if before:
        start -= len(before[0])
    start -= _city_before(text[max(line, start - 60) : start])
    while text[end - 1] in " ,;(–-\n" or (text[end - 1] == ")" and "(" not in text[start:end]):
        end -= 1
    return Address(start, end, complete)


def _city_before(before: str) -> int:
    """How many characters before a street are its locality: "à Jauche, " in "à Jauche, rue Haute 3"."""
    match = shapes.CITY_BEFORE.search(before)
    if match is None:
        return 0
    city = match["city"]
    if city.endswith(")"):
        city = city[: city.rindex("(")].strip()
    told = city[0].isdigit() or match["announced"] or lexicon.is_place(city)
    if (
        not told
        or lexicon.is_vocabulary(city)
        or shapes.DATED.search(before[: match.start("city")])
    ):
        return 0
    return len(before) - match.start("city")
