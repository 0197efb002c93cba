"""One text of a file and where it stands, and the bounds within which a file is read."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field
from typing import Literal


Kind = Literal[
    "page",  # of a PDF: what its text layer says
    "text",  # of an office document, a text or a table
    "header",
    "note",  # footnote, endnote, note of a speaker
    "outline",
    "form",
    "link",
    "hidden",  # in the file, but not where a reader looks: attributes, names of parts, raw bytes
    "comment",
    "change",
    "metadata",
    "embedded",
]
# What the public copy never holds.
CLEANED: frozenset[Kind] = frozenset({"comment", "change", "metadata", "embedded"})

MAX_FILE = 500 << 20  # bytes of a file, which is mapped; what a portal takes
MAX_HELD = 200 << 20  # bytes of one that its readers need in memory: any but a PDF
MAX_PART = 64 << 20  # bytes of one part, unpacked
MAX_UNPACKED = 256 << 20  # bytes of all parts of a file, unpacked
MAX_PARTS = 10_000
MAX_PAGES = 3_000
MAX_TEXT = 20_000_000  # characters
MAX_DEPTH = 3  # files in files
MAX_PIXELS = 120_000_000
SECONDS = 120.0


class Unreadable(Exception):
    """A file, or a part of it, that can't be read whole; ``reason`` is one of the codes below."""

    def __init__(self, reason: Literal["encrypted", "corrupt", "too-large", "too-slow", "unknown"]):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of a page as it is shown: fractions of its width and height, from the top left."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of a file. ``boxes`` has one box for each character, where there are any.

    ``page`` counts from 1 and is 0 where a kind of file has none. ``part`` counts the files within.
    """

    kind: Kind
    text: str
    page: int = 0
    part: int = 0
    boxes: tuple[Box | None, ...] = ()


@dataclass(slots=True)
class Budget:
    """What may still be spent on a file; each ``spend`` raises ``Unreadable`` when it is used up."""

    characters: int = MAX_TEXT
    bytes: int = MAX_UNPACKED
    parts: int = MAX_PARTS
    depth: int = MAX_DEPTH
    deadline: float = field(default_factory=lambda: time.monotonic() + SECONDS)

    def spend(self, characters: int = 0, bytes: int = 0, parts: int = 0) -> None:
        self.characters -= characters
        self.bytes -= bytes
        self.parts -= parts
        if min(self.characters, self.bytes, self.parts) < 0:
            raise Unreadable("too-large")
        if time.monotonic() > self.deadline:
            raise Unreadable("too-slow")


@dataclass(slots=True)
class Reading:
    """What a reader of one family of files found."""

    passages: list[Passage] = field(default_factory=list)
    pages: int = 0
    blind_pages: list[int] = field(default_factory=list)  # that show something, but hold no text
    pictures: int = 0  # in it, whose pixels nobody can search
    replaces: bool = False  # texts stand in for what is drawn: what is drawn must be read, too
    traces: set[str] = field(default_factory=set)  # kinds of metadata that the public copy loses

    def add(self, budget: Budget, kind: Kind, text: str, page: int = 0, part: int = 0) -> None:
        """Keep a text, unless it is blank."""
        if text and not text.isspace():
            budget.spend(characters=len(text))
            self.passages.append(Passage(kind, text, page, part))

    def take_embedded(self, inner: "Reading", part: int) -> None:
        """The texts of a file within this one; where they stand in it is not told apart."""
        self.passages += [Passage("embedded", each.text, 0, part) for each in inner.passages]


def joined(boxes: Iterable[Box | None]) -> list[Box]:
    """Boxes of characters as boxes of the pieces of lines they make."""
    lines: list[Box] = []
    for box in boxes:
        if box is None:
            continue
        if lines:
            last = lines[-1]
            height = max(box.bottom - box.top, last.bottom - last.top)
            overlap = min(box.bottom, last.bottom) - max(box.top, last.top)
            if overlap > 0.3 * min(height, box.bottom - box.top) and box.left > last.left - height:
                lines[-1] = Box(
                    min(box.left, last.left),
                    min(box.top, last.top),
                    max(box.right, last.right),
                    max(box.bottom, last.bottom),
                )
                continue
        lines.append(box)
    return lines
