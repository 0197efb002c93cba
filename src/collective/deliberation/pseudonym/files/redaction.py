"""Boxes burnt into a picture of each page; below it, invisible, the words that no box touches.

What was under a box is nowhere in the result: neither in the pixels nor in the text layer. The result
can be searched, copied and read aloud like the original, but for what is hidden.
"""

import io
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from collective.deliberation.pseudonym.files import picture_cleaning
from collective.deliberation.pseudonym.files import text_layer
from collective.deliberation.pseudonym.files.analysis import family_of
from collective.deliberation.pseudonym.files.mapped import File
from collective.deliberation.pseudonym.files.mapped import held
from collective.deliberation.pseudonym.files.page_pictures import page_picture
from collective.deliberation.pseudonym.files.passages import Box
from collective.deliberation.pseudonym.files.passages import MAX_PIXELS
from collective.deliberation.pseudonym.files.passages import Unreadable
from collective.deliberation.pseudonym.files.pdf_cleaning import clean
from collective.deliberation.pseudonym.files.pdf_cleaning import pages
from collective.deliberation.pseudonym.files.pdf_text import LOCK
from collective.deliberation.pseudonym.files.pdf_text import opened
from collective.deliberation.pseudonym.files.pdf_text import page_characters
from collective.deliberation.pseudonym.files.picture_text import opened as picture_opened
from dataclasses import dataclass
from PIL import Image
from PIL import ImageDraw
from PIL import ImageOps
from PIL import ImageSequence


_QUALITY = 72
_COLOURED = 24  # difference between channels from which a page isn't grey
Boxes = Mapping[int, Sequence[Box]]  # by page, from 1


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as it is shown: JPEG bytes, size in pixels and in points, the words no box touches."""

    jpeg: bytes
    width: int
    height: int
    points: tuple[float, float]
    grey: bool
    words: tuple[text_layer.Word, ...]


def redact(file: File, mime: str, boxes: Boxes) -> tuple[bytes, str]:
    """The redacted copy and its media type: a PDF of a PDF, a picture of a picture.

    :raises Unreadable: when the file can't be shown, or is neither
    """
    family = family_of(mime)
    if family == "picture":
        return _picture(held(file), boxes)
    if family != "pdf":
        raise Unreadable("unknown")
    cleaned = clean(file)
    with opened(cleaned) as document:
        count = len(document)
    return text_layer.assembled(burnt(cleaned, boxes, range(1, count + 1))), "application/pdf"


def part(file: File, boxes: Boxes, first: int, last: int) -> bytes:
    """Pages ``first`` to ``last`` (from 1) of the redacted copy, as a PDF of their own.

    :raises Unreadable: when the file can't be shown
    """
    here = {page - first + 1: found for page, found in boxes.items()}
    return text_layer.assembled(burnt(pages(file, first, last), here, range(1, last - first + 2)))


def burnt(cleaned: bytes, boxes: Boxes, numbers: Iterable[int]) -> Iterable[PagePicture]:
    """Pages (from 1) of a cleaned PDF with their boxes burnt in, one at a time."""
    with opened(cleaned) as document:
        for number in numbers:
            with LOCK:
                characters, _blind = page_characters(document, number - 1)
                picture, points = page_picture(document, number - 1)
            hidden = boxes.get(number, ())
            blacken(picture, hidden)
            words = tuple(text_layer.words(characters, hidden))
            picture = _grey(picture)
            out = io.BytesIO()
            picture.save(out, "JPEG", quality=_QUALITY, optimize=True)
            yield PagePicture(out.getvalue(), *picture.size, points, picture.mode == "L", words)


def blacken(picture: Image.Image, boxes: Iterable[Box]) -> None:
    """Fill boxes with black, whole pixels outwards."""
    draw = ImageDraw.Draw(picture)
    width, height = picture.size
    for box in boxes:
        left, top = int(box.left * width), int(box.top * height)
        right, bottom = int(box.right * width) + 1, int(box.bottom * height) + 1
        draw.rectangle((left, top, max(left, right), max(top, bottom)), fill=_black(picture.mode))


def _black(mode: str):
    return {"RGB": (0, 0, 0), "RGBA": (0, 0, 0, 255), "LA": (0, 255)}.get(mode, 0)


def _grey(picture: Image.Image) -> Image.Image:
    """A picture without colours in one channel: a third of the size."""
    small = picture.resize((max(1, picture.width // 4), max(1, picture.height // 4)))
    red, green, blue = (channel.tobytes() for channel in small.split())
    for r, g, b in zip(red, green, blue, strict=True):
        if max(r, g, b) - min(r, g, b) > _COLOURED:
            return picture
    return picture.convert("L")


def _picture(data: bytes, boxes: Boxes) -> tuple[bytes, str]:
    """A picture drawn anew, in a format that keeps what is drawn."""
    with picture_opened(data) as picture:
        kind = picture.format
        frames = []
        for number, frame in enumerate(ImageSequence.Iterator(picture), 1):
            if kind != "TIFF" and number > 1:
                break  # an animation is published as its first picture
            upright = ImageOps.exif_transpose(frame.copy())
            if upright.width * upright.height > MAX_PIXELS:
                raise Unreadable("too-large")
            if upright.mode not in ("1", "L", "RGB", "RGBA", "LA"):
                upright = upright.convert("RGB" if "transparency" not in frame.info else "RGBA")
            upright.info = {}
            blacken(upright, boxes.get(number, ()))
            frames.append(upright)
    out = io.BytesIO()
    if kind in ("JPEG", "MPO"):
        frames[0].convert("RGB").save(out, "JPEG", quality=90)
        return picture_cleaning.clean(out.getvalue()), "image/jpeg"
    if kind == "TIFF":
        frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:])
        return picture_cleaning.clean(out.getvalue()), "image/tiff"
    frames[0].save(out, "PNG", optimize=True)
    return picture_cleaning.clean(out.getvalue()), "image/png"
