"""What somebody still has to judge: suggestions, grouped by what they say, against what was decided.

A decision is about a form, not about a place: a form of the register is hidden wherever it reads, so one
answer is enough for all its mentions. What is accepted is in the register; what is rejected is a key.
"""

import hashlib
import re
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from collective.deliberation.pseudonym.detection import Suggestion
from collective.deliberation.pseudonym.folding import skeleton
from collective.deliberation.pseudonym.folding import words
from collective.deliberation.pseudonym.matching import matcher
from collective.deliberation.pseudonym.register import Category
from collective.deliberation.pseudonym.register import Entry
from collective.deliberation.pseudonym.register import Gender
from collective.deliberation.pseudonym.register import Register
from collective.deliberation.pseudonym.variants import CIVILITIES
from dataclasses import dataclass
from typing import Literal
from typing import NamedTuple


State = Literal["open", "accepted", "rejected"]
_BEFORE = 24  # characters before a name in which its civility stands
_MASCULINE = re.compile(r"(?:\bmonsieur|\bm\.|\bmr\.?|\ble sieur)\s*\Z", re.I)
_FEMININE = re.compile(
    r"(?:\bmadame|\bmme\.?|\bmademoiselle|\bmlle\.?|\bla dame|\bveuve)\s*\Z", re.I
)


class Place(NamedTuple):
    """``texts[field][start:end]``."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Group:
    """All places where one form of one category is proposed, and what was decided about it."""

    key: str
    category: Category
    text: str  # as it is written first
    reason: str
    confidence: float  # the highest of its places
    gender: Gender
    places: tuple[Place, ...]
    state: State


def key(category: Category, text: str) -> str:
    """What a decision is kept under: the same for all spellings that read the same."""
    reading = f"{category.value}:{skeleton(text)}"
    return hashlib.blake2b(reading.encode(), digest_size=8).hexdigest()


def groups(
    suggestions: Iterable[Suggestion],
    texts: Mapping[str, str],
    register: Register,
    rejected: Collection[str],
) -> tuple[Group, ...]:
    """The suggestions as groups: open ones first, the least certain at the head, else as they stand."""
    match = matcher(register)
    hidden = {
        field: [(hit.start, hit.end) for hit in match.find(text)] for field, text in texts.items()
    }
    found: dict[str, list[Suggestion]] = {}
    for suggestion in suggestions:
        found.setdefault(key(suggestion.category, suggestion.text), []).append(suggestion)
    order = {field: number for number, field in enumerate(texts)}
    result = []
    for name, same in found.items():
        same.sort(key=lambda each: (order[each.field], each.start))
        if all(_is_hidden(each, hidden[each.field]) for each in same):
            state: State = "accepted"
        else:
            state = "rejected" if name in rejected else "open"
        surest = max(same, key=lambda each: each.confidence)
        result.append(
            Group(
                name,
                surest.category,
                " ".join(same[0].text.split()),
                surest.reason,
                surest.confidence,
                _gender(same, texts),
                tuple(Place(each.field, each.start, each.end) for each in same),
                state,
            )
        )
    places = {group.key: number for number, group in enumerate(result)}
    return tuple(
        sorted(
            result,
            key=lambda group: (
                group.state != "open",
                group.confidence if group.state == "open" else 0,
                places[group.key],
            ),
        )
    )


def same_person(register: Register, category: Category, text: str) -> Entry | None:
    """The entry that a form most likely belongs to: the only person with the same surname.

    "M. Dupont" or "Dupont" is "Jean Dupont" where there is one Dupont; two full names are two people.
    """
    if category is not Category.PERSON:
        return None
    name = _bare(text)
    if not name:
        return None
    found = []
    for entry in register.entries:
        known = [_bare(form) for form in entry.forms] if entry.category is category else []
        if any(_may_be_one(name, other) for other in known):
            found.append(entry)
    return found[0] if len(found) == 1 else None


def _may_be_one(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if not other or one == other:
        return one == other
    short, long = sorted((one, other), key=len)
    return len(short) == 1 and short[0] in (long[0], long[-1]) and len(short[0]) > 2


def _bare(text: str) -> tuple[str, ...]:
    """The words of a name without civilities."""
    return tuple(word for word in words(text) if word not in CIVILITIES)


def _is_hidden(suggestion: Suggestion, hidden: list[tuple[int, int]]) -> bool:
    """Whether forms of the register hide every letter and digit of a suggestion."""
    at = suggestion.start
    for start, end in hidden:
        if start >= suggestion.end:
            break
        if end > at:
            left = suggestion.text[at - suggestion.start : max(0, start - suggestion.start)]
            if any(map(str.isalnum, left)):
                return False
            at = max(at, end)
    return not any(map(str.isalnum, suggestion.text[at - suggestion.start :]))


def _gender(same: Iterable[Suggestion], texts: Mapping[str, str]) -> Gender:
    """What the civility before a name says, where all agree."""
    said = set()
    for each in same:
        if each.category is Category.PERSON:
            before = texts[each.field][max(0, each.start - _BEFORE) : each.start]
            said |= {Gender.MASCULINE} if _MASCULINE.search(before) else set()
            said |= {Gender.FEMININE} if _FEMININE.search(before) else set()
    return said.pop() if len(said) == 1 else Gender.UNKNOWN
