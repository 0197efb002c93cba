"""What is known of a file after it was searched, as a value that can be kept as JSON."""

from collective.deliberation.pseudonym.files.passages import Box
from collective.deliberation.pseudonym.files.passages import CLEANED
from collective.deliberation.pseudonym.files.passages import Kind
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class FileHit:
    """A mention in a file; ``entry_id`` is empty for a number that is in no entry. ``form`` and ``excerpt`` hold the original: only for who may see it.

    ``page`` counts from 1, 0 where there is none; ``part`` is the number of a file within, or 0.
    """

    entry_id: str
    category: str
    kind: Kind
    page: int
    part: int
    form: str  # folded, as it was found
    excerpt: str
    boxes: tuple[Box, ...] = ()

    @property
    def cleaned(self) -> bool:
        """Whether the public copy loses it anyway."""
        return self.kind in CLEANED


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is known of a file. It holds originals; keep it where the file itself may be seen.

    ``unreadable`` is empty, or why the file can't be searched: "encrypted", "corrupt", "too-large",
    "too-slow", "unknown". ``blind_pages`` show something but hold no text (a scan). ``traces`` names the metadata
    there is.
    """

    hits: tuple[FileHit, ...] = ()
    pages: int = 0
    blind_pages: tuple[int, ...] = ()
    pictures: int = 0
    traces: tuple[str, ...] = ()
    has_text: bool = False
    unreadable: str = ""
    more_hits: bool = False

    @property
    def needs_a_word(self) -> bool:
        """Whether only a human can say that it may be published."""
        return bool(self.hits or self.unreadable or self.blind_pages or not self.has_text)

    @property
    def remaining(self) -> tuple[FileHit, ...]:
        """The hits that cleaning doesn't take away."""
        return tuple(hit for hit in self.hits if not hit.cleaned)

    def to_json(self) -> dict[str, Any]:
        names = ("entry_id", "category", "kind", "page", "part", "form", "excerpt")
        hits = [
            {
                **{name: getattr(hit, name) for name in names},
                "boxes": [[b.left, b.top, b.right, b.bottom] for b in hit.boxes],
            }
            for hit in self.hits
        ]
        return {
            "hits": hits,
            "pages": self.pages,
            "blind_pages": list(self.blind_pages),
            "pictures": self.pictures,
            "traces": list(self.traces),
            "has_text": self.has_text,
            "unreadable": self.unreadable,
            "more_hits": self.more_hits,
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> "Analysis":
        hits = tuple(
            FileHit(**{**hit, "boxes": tuple(Box(*box) for box in hit["boxes"])})
            for hit in value["hits"]
        )
        lists = {name: tuple(value[name]) for name in ("blind_pages", "traces")}
        return cls(**{**value, **lists, "hits": hits})
