"""What a file says, searched for every form of a register; and what of it nobody can search."""

import time
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from collective.deliberation.pseudonym import identifiers
from collective.deliberation.pseudonym.files import office_text
from collective.deliberation.pseudonym.files import pdf_cleaning
from collective.deliberation.pseudonym.files import pdf_parts
from collective.deliberation.pseudonym.files import pdf_text
from collective.deliberation.pseudonym.files import picture_text
from collective.deliberation.pseudonym.files import plain_text
from collective.deliberation.pseudonym.files.findings import Analysis
from collective.deliberation.pseudonym.files.findings import FileHit
from collective.deliberation.pseudonym.files.mapped import File
from collective.deliberation.pseudonym.files.mapped import held
from collective.deliberation.pseudonym.files.passages import Box
from collective.deliberation.pseudonym.files.passages import Budget
from collective.deliberation.pseudonym.files.passages import joined
from collective.deliberation.pseudonym.files.passages import Passage
from collective.deliberation.pseudonym.files.passages import Reading
from collective.deliberation.pseudonym.files.passages import SECONDS
from collective.deliberation.pseudonym.files.passages import Unreadable
from collective.deliberation.pseudonym.folding import skeleton
from collective.deliberation.pseudonym.identifiers import Identifier
from collective.deliberation.pseudonym.matching import Match
from collective.deliberation.pseudonym.matching import Matcher
from collective.deliberation.pseudonym.matching import matcher
from collective.deliberation.pseudonym.reading import readings
from collective.deliberation.pseudonym.register import Category
from collective.deliberation.pseudonym.register import Register


MAX_HITS = 500
MAX_VISIBLE = 300_000  # characters, some hundred pages
_VISIBLE = ("page", "text", "header", "note", "form")
_CONTEXT = 40  # characters shown on each side of a hit
_SAME = 0.02  # of a page: boxes so near are of one mention


def analyse(
    file: File,
    mime: str,
    register: Register,
    exempt: Collection[str] = (),
    seconds: float = SECONDS,
) -> Analysis:
    """Read a file as its media type says and search it: for forms, and for numbers that identify.

    :param exempt: numbers that somebody said may be public, in any spelling
    :param seconds: when they are over, the analysis is ``unreadable``: "too-slow"

    Never raises for what is in the file: what can't be read whole is ``unreadable``.
    """
    try:
        reading = read(file, mime, Budget(deadline=time.monotonic() + seconds))
    except Unreadable as error:
        return Analysis(unreadable=error.reason)
    except (RecursionError, MemoryError):
        return Analysis(unreadable="too-large")
    known = frozenset(map(identifiers.plain, exempt))
    hits = tuple(_hits(reading.passages, matcher(register), known))
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


def read(file: File, mime: str, budget: Budget) -> Reading:
    """All texts of a file.

    :raises Unreadable: when it can't be read whole, or as what its media type says
    """
    budget.spend()
    family = family_of(mime)
    if family == "pdf":
        reading = pdf_text.read(file, budget)
        parts = pdf_parts.read(file, budget, _inner(budget))
        reading.passages += parts.passages
        reading.traces |= parts.traces
        if parts.replaces:
            reading.passages += pdf_text.read(pdf_cleaning.words_only(file), budget).passages
        return reading
    if family == "office":
        return office_text.read(held(file), budget, _inner(budget))
    if family == "picture":
        return picture_text.read(held(file), budget)
    if family == "text":
        return plain_text.read(held(file), budget)
    raise Unreadable("unknown")


def visible_text(file: File, mime: str) -> str:
    """The text that a reader of the file sees, each page once, at most ``MAX_VISIBLE`` characters.

    :raises Unreadable: when it can't be read whole, or as what its media type says
    """
    parts: list[str] = []
    length, page = 0, 0
    for passage in read(file, mime, Budget()).passages:
        if passage.kind not in _VISIBLE or (passage.kind == "page" and passage.page == page):
            continue
        page = passage.page if passage.kind == "page" else page
        parts.append(passage.text)
        length += len(passage.text)
        if length > MAX_VISIBLE:
            break
    return "\n".join(parts)[:MAX_VISIBLE]


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
    """The media type of a file within a file, by its first bytes; empty when they don't tell."""
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
    return "image/webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else ""


def _inner(budget: Budget):
    def inner(data: bytes, name: str, _number: int) -> Reading:
        if budget.depth <= 0:
            raise Unreadable("too-large")
        budget.depth -= 1
        try:
            mime = sniffed(data, name)
            return read(data, mime, budget) if mime else plain_text.read_unknown(data, budget)
        except Unreadable as error:
            if error.reason in ("too-large", "too-slow"):
                raise
            return plain_text.read_unknown(
                data, budget
            )  # not what it seems to be: its bytes all the same
        finally:
            budget.depth += 1

    return inner


def _hits(passages: Iterable[Passage], match: Matcher, exempt: frozenset[str]) -> Iterator[FileHit]:
    """Each mention once a place: the same one is often read in several ways."""
    seen: set[tuple] = set()
    known: set[tuple] = set()
    for passage in passages:
        # A view can be the same text in other words (unescaped): its mentions have no boxes.
        for view in dict.fromkeys((passage.text, *readings(passage.text))):
            for hit in _found(passage, view, match, exempt):
                place = (hit.entry_id, hit.form, hit.kind, hit.page, hit.part)
                if (hit.boxes and _near(hit) in seen) or (not hit.boxes and place in known):
                    continue
                if hit.boxes:
                    seen.add(_near(hit))
                known.add(place)
                yield hit


def _found(
    passage: Passage, view: str, match: Matcher, exempt: frozenset[str]
) -> Iterator[FileHit]:
    """Mentions of entries, then numbers that identify and are in no mention (entry id "")."""
    names = match.find(view)
    for name in names:
        yield _hit(passage, view, name, name.entry.id, name.entry.category)
    for number in identifiers.numbers(view):
        inside = any(number.start < name.end and name.start < number.end for name in names)
        if not inside and identifiers.plain(number.text) not in exempt:
            yield _hit(passage, view, number, "", number.category)


def _near(hit: FileHit) -> tuple:
    first = hit.boxes[0]
    at = (round(first.left / _SAME), round(first.top / _SAME))
    return hit.entry_id, hit.category, hit.page, at


def _hit(
    passage: Passage, view: str, found: Match | Identifier, entry_id: str, category: Category
) -> FileHit:
    boxes: tuple[Box, ...] = ()
    if passage.boxes and view is passage.text:
        boxes = tuple(joined(passage.boxes[found.start : found.end]))
    first, last = max(0, found.start - _CONTEXT), min(len(view), found.end + _CONTEXT)
    around = "".join(c if c.isprintable() else " " for c in view[first:last])
    return FileHit(
        entry_id=entry_id,
        category=category.value,
        kind=passage.kind,
        page=passage.page,
        part=passage.part,
        form=skeleton(view[found.start : found.end]),
        excerpt=" ".join(around.split()),
        boxes=boxes,
    )
