"""A redaction that is under way: the boxes, the pages burnt so far, the result before it is kept.

Pages are burnt a few at a time, each in a request of its own: none takes long, and the screen can say
how far it is.
"""

import json
import math
from collections.abc import Iterator
from collections.abc import Mapping
from collective.deliberation.content.annexes.analyses import analysis_of
from collective.deliberation.content.annexes.kept import digest_of
from collective.deliberation.content.annexes.kept import kept
from collective.deliberation.content.annexes.kept import media_type
from collective.deliberation.content.annexes.kept import peek
from collective.deliberation.content.annexes.kept import scope_of
from collective.deliberation.content.review.decisions import note
from collective.deliberation.pseudonym.files import isolated
from collective.deliberation.pseudonym.files.analysis import family_of
from collective.deliberation.pseudonym.files.findings import Analysis
from collective.deliberation.pseudonym.files.passages import Box
from persistent.mapping import PersistentMapping
from plone.namedfile.file import NamedBlobFile
from typing import BinaryIO


PAGES_AT_ONCE = 4
_MOST_BOXES = 5_000
_EXTENSIONS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/tiff": "tiff",
}
Boxes = Mapping[int, tuple[Box, ...]]


def boxes_of(annex) -> Boxes:
    """The boxes drawn last, or where nobody drew any yet, one on each hit."""
    draft = _draft(annex)
    if draft is not None:
        return {page: tuple(Box(*box) for box in boxes) for page, boxes in draft["boxes"].items()}
    found: dict[int, tuple[Box, ...]] = {}
    for hit in analysis_of(annex).hits:
        if hit.boxes:
            found[hit.page] = (*found.get(hit.page, ()), *hit.boxes)
    return found


def to_json(boxes: Boxes) -> dict[str, list[list[float]]]:
    """``{"1": [[left, top, right, bottom], …]}``: fractions of the page from its top left."""
    return {
        str(page): [[round(side, 5) for side in _sides(box)] for box in found]
        for page, found in sorted(boxes.items())
    }


def from_json(text: str, pages: int) -> Boxes:
    """
    :raises ValueError: when it isn't such an object, or has boxes of no area or off the page
    """
    value = json.loads(text)
    if not isinstance(value, dict):
        raise ValueError
    boxes: dict[int, tuple[Box, ...]] = {}
    for page, found in value.items():
        if not (page.isascii() and page.isdigit() and 1 <= int(page[:9]) <= pages):
            raise ValueError
        boxes[int(page)] = tuple(_box(sides) for sides in found)
    if sum(map(len, boxes.values())) > _MOST_BOXES:
        raise ValueError
    return boxes


def begin(annex, boxes: Boxes) -> None:
    """Keep the boxes; what was burnt with others is forgotten."""
    kept(annex)["draft"] = PersistentMapping(
        source=digest_of(annex.file),
        boxes={page: tuple(map(_sides, found)) for page, found in boxes.items()},
        parts=PersistentMapping(),
        result=None,
        found=None,
    )


def burn(annex, first: int, pages: int) -> int:
    """Burn the next few pages, from ``first``; the last one that is done."""
    draft, file = _draft(annex), annex.file
    if draft is None:
        raise ValueError
    last = min(pages, first + PAGES_AT_ONCE - 1)
    if family_of(media_type(file)) != "pdf":
        return pages  # a picture is drawn whole, at the end
    with file.open() as stream:
        made = isolated.burnt(stream, media_type(file), boxes_of(annex), first, last)
    draft["parts"][first] = NamedBlobFile(made, "application/pdf", "part.pdf")
    return last


def finish(annex, pages: int) -> Analysis:
    """Put the burnt pages together and search the result.

    :raises ValueError: when a page is missing
    """
    draft, file = _draft(annex), annex.file
    if draft is None:
        raise ValueError
    mime = media_type(file)
    if family_of(mime) == "pdf":
        if sorted(draft["parts"]) != list(range(1, pages + 1, PAGES_AT_ONCE)):
            raise ValueError
        result = NamedBlobFile(b"", mime, "caviarde.pdf")
        with result.open("r+") as target:
            isolated.join(_streams(draft["parts"]), target)
    else:
        with file.open() as stream:
            data, mime = isolated.redact(stream, mime, boxes_of(annex))
        result = NamedBlobFile(data, mime, f"caviarde.{_EXTENSIONS[mime]}")
    scope = scope_of(annex)
    with result.open() as stream:
        found = isolated.analyse(stream, mime, scope.register, scope.exempt)
    draft["parts"] = PersistentMapping()
    draft["result"], draft["found"] = result, found.to_json()
    return found


def _streams(parts: Mapping[int, NamedBlobFile]) -> Iterator[BinaryIO]:
    for first in sorted(parts):
        with parts[first].open() as stream:
            yield stream


def result_of(annex) -> tuple[NamedBlobFile, Analysis] | None:
    """The redacted file before it is kept, and what can still be read in it."""
    draft = _draft(annex)
    if draft is None or draft["result"] is None:
        return None
    return draft["result"], Analysis.from_json(draft["found"])


def keep(annex) -> None:
    """Make the result the annex's redacted version; the original stays as it is.

    The audit log gets the numbers of boxes and of pages that have one.

    :raises ValueError: when there is none
    """
    result = result_of(annex)
    if result is None:
        raise ValueError
    annex.publicFile = result[0]
    draft = kept(annex)["draft"]
    draft["result"], draft["found"] = None, None
    boxes = draft["boxes"]
    note(annex, "annex-redacted", f"{sum(map(len, boxes.values()))} / {len(boxes)}")


def _draft(annex) -> PersistentMapping | None:
    """The draft, if it is of the present file."""
    draft = peek(annex).get("draft")
    if draft is None or annex.file is None or draft["source"] != digest_of(annex.file):
        return None
    return draft


def _sides(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.top, box.right, box.bottom


def _box(sides) -> Box:
    if not isinstance(sides, list) or len(sides) != 4:
        raise ValueError
    for side in sides:
        if isinstance(side, bool) or not isinstance(side, (int, float)) or not math.isfinite(side):
            raise ValueError
    left, top, right, bottom = (min(1.0, max(0.0, float(side))) for side in sides)
    if left >= right or top >= bottom:
        raise ValueError
    return Box(left, top, right, bottom)
