"""What goes into the search's index, and what comes out of it: values. Pure."""

from dataclasses import dataclass
from typing import Literal


Dimension = Literal[
    "institution", "kind", "body", "year", "category", "representative", "stage", "annexes"
]
WITH_ANNEXES = "1"


@dataclass(frozen=True, slots=True)
class Indexed:
    """One item as the index takes it. Its texts hold no token: a pseudonym is no word to search for."""

    title: str  # the words that say most: title, category, representatives
    text: str
    annexes: str  # their titles and texts
    facets: tuple[tuple[str, str], ...]  # dimension (all but "kind"), value
    labels: tuple[tuple[str, str, str], ...]  # dimension, value, what a reader sees
    start: int  # of its meeting, seconds since 1970
    month: str  # of its meeting, "2025-11"
    position: int  # within its meeting
    viewers: tuple[str, ...]  # allowed roles and users


@dataclass(frozen=True, slots=True)
class InstitutionEntry:
    """An institution as lists and facets name it."""

    slug: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class Sought:
    """A question to the index. All terms must occur; a term of several stems is a phrase."""

    terms: tuple[tuple[str, ...], ...] = ()
    filters: tuple[tuple[str, str], ...] = ()  # dimension, value: all must hold
    viewers: tuple[str, ...] | None = None  # None: whoever


@dataclass(frozen=True, slots=True)
class Count:
    """One value of a dimension, and how many items have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Found:
    """The answer: sets of slots, best first; see ``ranking``."""

    tiers: tuple[int, ...]
    unchecked: bool = (
        False  # of a phrase in very many items, only the latest were compared word by word
    )

    @property
    def all(self) -> int:
        found = 0
        for tier in self.tiers:
            found |= tier
        return found
