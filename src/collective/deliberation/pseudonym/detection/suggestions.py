"""What detection proposes: suggestions to mark, and prompts to look twice."""

from collective.deliberation.pseudonym.register import Category
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A piece of a field's text that may be personal data: ``texts[field][start:end] == text``.

    ``confidence`` is between 0 and 1; ``reason`` is a code, see ``reasons.py``.
    """

    field: str
    start: int
    end: int
    text: str
    category: Category
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A piece of a field's text that may let a reader guess who is meant, without being a name."""

    field: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Find:
    """A suggestion within one readable text, before it is brought back to its field."""

    start: int
    end: int
    category: Category
    confidence: float
    reason: str
