"""Find names of natural persons in one text: announced by a word, followed by one, or name-like."""

from collections.abc import Container
from collections.abc import Iterable
from collections.abc import Iterator
from collective.deliberation.pseudonym.detection import cues
from collective.deliberation.pseudonym.detection import lexicon
from collective.deliberation.pseudonym.detection.announced import announced
from collective.deliberation.pseudonym.detection.apparent import apparent
from collective.deliberation.pseudonym.detection.careless import careless
from collective.deliberation.pseudonym.detection.enumerations import continued
from collective.deliberation.pseudonym.detection.enumerations import led_to
from collective.deliberation.pseudonym.detection.line import Line
from collective.deliberation.pseudonym.detection.line import Name
from collective.deliberation.pseudonym.detection.reasons import CARELESS
from collective.deliberation.pseudonym.detection.reasons import COLUMN
from collective.deliberation.pseudonym.detection.reasons import LIST
from collective.deliberation.pseudonym.detection.reasons import UNKNOWN
from collective.deliberation.pseudonym.detection.refusals import all_common
from collective.deliberation.pseudonym.detection.refusals import is_no_person
from collective.deliberation.pseudonym.detection.refusals import NO_NAMES
from collective.deliberation.pseudonym.detection.unknown import unknown
from collective.deliberation.pseudonym.detection.words import CAPITAL
from collective.deliberation.pseudonym.detection.words import LOWER
from collective.deliberation.pseudonym.detection.words import UPPER
from dataclasses import dataclass


_NO_PART = cues.KIN | cues.CIVILITIES
# Particles that are no French words.
_LEADING = frozenset("van von vom zum der den ter ten di dos das della ben ibn bin wa".split())


@dataclass(frozen=True, slots=True)
class Person:
    """A name found, and why."""

    name: Name
    reason: str


def people(line: Line, in_columns: Iterable[Name] = ()) -> list[Person]:
    """Names in order, none overlapping another; ``in_columns`` are those that a table labels so."""
    taken: dict[int, Person] = {}  # by the index of each word

    def take(name: Name, reason: str) -> None:
        indexes = range(name.first, name.last + 1)
        if not any(index in taken for index in indexes):
            taken.update(dict.fromkeys(indexes, Person(name, reason)))

    for name, reason in announced(line):
        take(name, reason)
    for name in in_columns:
        for part in _apart(line, name, taken):
            take(part, COLUMN)
    for name, reason in apparent(line, taken):
        take(name, reason)
    for enumerated in (continued, led_to):
        found = {person.name: None for _, person in sorted(taken.items())}
        for name in enumerated(line, found, taken):
            take(name, LIST)
    guessed = list(unknown(line, taken))
    for name in guessed:
        take(name, UNKNOWN)
    for name in led_to(line, guessed, taken):
        take(name, LIST)
    for name in careless(line):
        take(name, CARELESS)
    found = sorted(set(taken.values()), key=lambda person: person.name.first)
    found = [Person(_led(line, person.name, taken), person.reason) for person in found]
    return list(_joined(line, found))


def _apart(line: Line, name: Name, taken: Container[int]) -> Iterator[Name]:
    """The parts of a cell that nothing else announces: "LUKAKU épse DIOP" is two names."""
    first = None
    for index in range(name.first, name.last + 2):
        ends = index > name.last or index in taken or line.words[index].key in _NO_PART
        if ends and first is not None:
            yield Name(first, index - 1)
        first = None if ends else index if first is None else first


def _joined(line: Line, found: list[Person]) -> Iterator[Person]:
    """A surname and the given name after a comma as one: "ten Brink, Marijke"."""
    waiting: Person | None = None
    for person in found:
        if waiting is not None:
            if _given_follows(line, waiting.name, person.name):
                name = Name(waiting.name.first, person.name.last)
                waiting = Person(name, waiting.reason)
                continue
            yield waiting
        waiting = person
    if waiting is not None:
        yield waiting


def _given_follows(line: Line, surname: Name, given: Name) -> bool:
    if given.first != surname.last + 1 or line.gap(surname.last) != ", ":
        return False
    before = line.before(surname.first, 12).rstrip()
    if before and before[-1] not in ";–•:-)(" and not before[-1].isdigit():
        return False
    surnames = [w for w in line.words[surname.first : surname.last + 1] if not w.is_particle]
    names = line.words[given.first : given.last + 1]
    return (
        not any(lexicon.is_given(word.text) for word in surnames)
        and all(lexicon.is_given(word.text) for word in names)
        and not _goes_on_with_a_given_name(line, given.last)
    ) or (
        all(word.kind == UPPER for word in surnames)
        and lexicon.is_given(names[0].text)
        and names[0].kind == CAPITAL
    )


def _goes_on_with_a_given_name(line: Line, last: int) -> bool:
    following = line.words[last + 1] if last + 1 < len(line.words) else None
    return following is not None and line.gap(last) == ", " and lexicon.is_given(following.text)


def _led(line: Line, name: Name, taken: Container[int]) -> Name:
    """With the particles before it, in small letters as they stand: "ten Brink"."""
    first = name.first
    while (
        first
        and first - 1 not in taken
        and line.words[first - 1].key in _LEADING
        and line.gap(first - 1) == " "
        and name.first - first < 3
    ):
        first -= 1
    return Name(first, name.last)


def judged(line: Line, start: int, end: int) -> Name | None:
    """The words of a span that a language model takes for a person, unless the rules know better."""
    inside = [i for i, word in enumerate(line.words) if word.start < end and start < word.end]
    while inside and (
        line.words[inside[0]].kind == LOWER or line.words[inside[0]].key in cues.CIVILITIES
    ):
        del inside[0]
    while inside and line.words[inside[-1]].kind == LOWER:
        del inside[-1]
    while len(inside) > 1 and line.words[inside[0]].key in NO_NAMES:
        del inside[0]
    if not inside or inside[-1] - inside[0] > 6:
        return None
    name = Name(inside[0], inside[-1])
    text = line.text[slice(*line.span(name))]
    if all_common(line, name) or lexicon.is_place(text) or is_no_person(line, name) or "\n" in text:
        return None
    return name
