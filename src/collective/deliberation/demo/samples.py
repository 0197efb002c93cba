"""The shape of sample content, as values; and how a sample text marks personal data."""

import html
import re
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class SampleAnnex:
    title: str
    category: str  # see the vocabulary of annex categories
    kind: Literal["pdf", "png", "odt"]
    lines: tuple[str, ...] = ()  # what the file says
    publish: bool = True  # else it is held back
    reason: str = ""  # why it is published as it is, where that takes a reason


@dataclass(frozen=True, slots=True)
class SampleItem:
    title: str
    category: str
    state: Literal["draft", "proposed", "approved", "decided", "validated", "withdrawn"]
    motivation: str
    draft: str
    decision: str = ""  # as proposed when empty
    votes: str = ""
    public: bool = True
    late: bool = False
    representatives: tuple[str, ...] = ()
    annexes: tuple[SampleAnnex, ...] = ()
    reason: str = ""  # of a withdrawal


@dataclass(frozen=True, slots=True)
class SampleMeeting:
    body: str
    weekday: int  # 0 is Monday
    weeks: int  # from now; negative: past
    hour: int
    location: str
    state: Literal["convened", "closed"]
    attendance: str
    items: tuple[SampleItem, ...]


def mark(entry: str, category: str, words: str) -> str:
    """A mark as the editor makes it: ``entry`` is the same for the same person of one item."""
    words = html.escape(words, quote=False)
    return f'<span data-pm-id="{entry}" data-pm-cat="{category}">{words}</span>'


def paragraphs(text: str) -> str:
    """Text as paragraphs: one ends where a line ends with a full stop or a semicolon."""
    blocks = re.split(r"(?<=[.;])\s*\n", text.strip())
    return "\n".join(f"<p>{' '.join(block.split())}</p>" for block in blocks)
