"""What a file says, searched for every form of a register; and what of it nobody can search."""

import time
from collections.abc import Iterable
from collections.abc import Iterator
from collective.deliberation.pseudonym.files import office_text
from collective.deliberation.pseudonym.files import pdf_parts
from collective.deliberation.pseudonym.files import pdf_text
from collective.deliberation.pseudonym.files import picture_text
from collective.deliberation.pseudonym.files import plain_text
from collective.deliberation.pseudonym.files.passages import Box
from collective.deliberation.pseudonym.files.passages import Budget
from collective.deliberation.pseudonym.files.passages import CLEANED
from collective.deliberation.pseudonym.files.passages import Kind
from collective.deliberation.pseudonym.files.passages import MAX_FILE
from collective.deliberation.pseudonym.files.passages import Passage
from collective.deliberation.pseudonym.files.passages import Reading
from collective.deliberation.pseudonym.files.passages import SECONDS
from collective.deliberation.pseudonym.files.passages import Unreadable
from collective.deliberation.pseudonym.folding import skeleton
from collective.deliberation.pseudonym.matching import Match
from collective.deliberation.pseudonym.matching import Matcher
from collective.deliberation.pseudonym.matching import matcher
from collective.deliberation.pseudonym.reading import readings
from collective.deliberation.pseudonym.register import Register
from dataclasses import dataclass
from typing import Any


MAX_HITS = 500
_CONTEXT = 40  # characters shown on each side of a hit
_SAME = 0.02  # of a page: boxes so near are of one mention


@dataclass(frozen=True, slots=True)
class FileHit:
    """A mention in a file. ``form`` and ``excerpt`` hold the original: only for who may see it.

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


def analyse(data: bytes, mime: str, register: Register, seconds: float = SECONDS) -> Analysis:
    """Read a file as its media type says and search it.

    :param seconds: when they are over, the analysis is ``unreadable``: "too-slow"

    Never raises for what is in the file: what can't be read whole is ``unreadable``.
    """
    try:
        reading = read(data, mime, Budget(deadline=time.monotonic() + seconds))
    except Unreadable as error:
        return Analysis(unreadable=error.reason)
    except (RecursionError, MemoryError):
        return Analysis(unreadable="too-large")
    hits = tuple(_hits(reading.passages, matcher(register)))
    return Analysis(
        hits=hits[:MAX_HITS],
        pages=reading.pages,
        blind_pages=tuple(reading.blind_pages),
        pictures=reading.pictures,
        traces=tuple(sorted(reading.traces)),
        has_text=any(
            passage.kind not in ("metadata", "hidden", "embedded", "comment", "change")
            and any(map(str.isalnum, passage.text))
            for passage in reading.passages
        ),
        more_hits=len(hits) > MAX_HITS,
    )


def read(data: bytes, mime: str, budget: Budget) -> Reading:
    """All texts of a file.

    :raises Unreadable: when it can't be read whole, or as what its media type says
    """
    if len(data) > MAX_FILE:
        raise Unreadable("too-large")
    budget.spend()
    family = family_of(mime)
    if family == "pdf":
        reading = pdf_text.read(data, budget)
        parts = pdf_parts.read(data, budget, _inner(budget))
        reading.passages += parts.passages
        reading.traces |= parts.traces
        return reading
    if family == "office":
        return office_text.read(data, budget, _inner(budget))
    if family == "picture":
        return picture_text.read(data, budget)
    if family == "text":
        return plain_text.read(data, budget)
    raise Unreadable("unknown")


def family_of(mime: str) -> str:
    """ "pdf", "office", "picture", "text", or nothing for a type that isn't read here."""
    mime = mime.partition(";")[0].strip().lower()
    if mime == "application/pdf":
        return "pdf"
    if mime.startswith(
        ("application/vnd.oasis.opendocument.", "application/vnd.openxmlformats-officedocument.")
    ):
        return "office"
    if mime in ("image/jpeg", "image/png", "image/gif", "image/tiff", "image/webp"):
        return "picture"
    return "text" if mime in ("text/plain", "text/csv") else ""


def sniffed(data: bytes, name: str) -> str:
    """The media type of a file within a file, by its first bytes."""
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return "application/pdf"
    if data.startswith(b"PK\x03\x04"):
        return "application/vnd.openxmlformats-officedocument.any"
    known = {
        b"\xff\xd8\xff": "image/jpeg",
        b"\x89PNG": "image/png",
        b"GIF8": "image/gif",
        b"II*\0": "image/tiff",
        b"MM\0*": "image/tiff",
    }
    for start, mime in known.items():
        if data.startswith(start):
            return mime
    return "image/webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else "text/plain"


def _inner(budget: Budget):
    def inner(data: bytes, name: str, _number: int) -> Reading:
        if budget.depth <= 0:
            raise Unreadable("too-large")
        budget.depth -= 1
        try:
            return read(data, sniffed(data, name), budget)
        except Unreadable as error:
            if error.reason in ("too-large", "too-slow"):
                raise
            return plain_text.read(data, budget)  # not what it seems to be: its bytes all the same
        finally:
            budget.depth += 1

    return inner


def _hits(passages: Iterable[Passage], match: Matcher) -> Iterator[FileHit]:
    """Each mention once a place: the same one is often read in several ways."""
    seen: set[tuple] = set()
    known: set[tuple] = set()
    for passage in passages:
        # A view can be the same text in other words (unescaped): its mentions have no boxes.
        for view in dict.fromkeys((passage.text, *readings(passage.text))):
            for found in match.find(view):
                hit = _hit(passage, view, found)
                place = (hit.entry_id, hit.form, hit.kind, hit.page, hit.part)
                if (hit.boxes and _near(hit) in seen) or (not hit.boxes and place in known):
                    continue
                seen.add((*place, _near(hit)[-1]))
                seen.add(_near(hit))
                known.add(place)
                yield hit


def _near(hit: FileHit) -> tuple:
    first = hit.boxes[0] if hit.boxes else None
    at = (round(first.left / _SAME), round(first.top / _SAME)) if first else None
    return hit.entry_id, hit.page, at


def _hit(passage: Passage, view: str, found: Match) -> FileHit:
    entry = found.entry
    boxes: tuple[Box, ...] = ()
    if passage.boxes and view is passage.text:
        boxes = tuple(joined(passage.boxes[found.start : found.end]))
    first, last = max(0, found.start - _CONTEXT), min(len(view), found.end + _CONTEXT)
    around = "".join(c if c.isprintable() else " " for c in view[first:last])
    return FileHit(
        entry_id=entry.id,
        category=entry.category.value,
        kind=passage.kind,
        page=passage.page,
        part=passage.part,
        form=skeleton(view[found.start : found.end]),
        excerpt=" ".join(around.split()),
        boxes=boxes,
    )


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
