"""Pages as pictures: to be burnt, and to be seen on a screen."""

import io
import pypdfium2
from collective.deliberation.pseudonym.files.analysis import family_of
from collective.deliberation.pseudonym.files.mapped import File
from collective.deliberation.pseudonym.files.mapped import held
from collective.deliberation.pseudonym.files.passages import MAX_PIXELS
from collective.deliberation.pseudonym.files.passages import Unreadable
from collective.deliberation.pseudonym.files.pdf_text import LOCK
from collective.deliberation.pseudonym.files.pdf_text import opened
from collective.deliberation.pseudonym.files.picture_text import opened as picture_opened
from PIL import Image
from PIL import ImageOps


DPI = 150
_SCREEN_DPI = 130
_SCREEN = (1600, 2400)  # pixels of a picture on the screen, at most
_INCH = 72  # points
_PAGE_PIXELS = 25_000_000  # of one page: an A0 plan at 150 dpi has 35 million


def page_picture(document, index: int, dpi: float = DPI) -> tuple[Image.Image, tuple[float, float]]:
    """A page (from 0) as it is shown, and its size in points; hold ``LOCK``."""
    page = document[index]
    try:
        width, height = page.get_size()
        if not (0 < width < 20_000 and 0 < height < 20_000):
            raise Unreadable("too-large")
        scale = min(dpi / _INCH, (_PAGE_PIXELS / (width * height)) ** 0.5)
        bitmap = page.render(
            scale=scale, may_draw_forms=False, draw_annots=True, rev_byteorder=True
        )
        try:
            return bitmap.to_pil().convert("RGB").copy(), (width, height)
        finally:
            bitmap.close()
    except pypdfium2.PdfiumError:
        raise Unreadable("corrupt") from None
    finally:
        page.close()


def for_screen(file: File, mime: str, page: int) -> bytes:
    """A page (from 1) as JPEG.

    :raises Unreadable: when there is no such page, or nothing to show
    """
    family = family_of(mime)
    if family == "pdf":
        with opened(file) as document, LOCK:
            if not 1 <= page <= len(document):
                raise Unreadable("unknown")
            picture, _points = page_picture(document, page - 1, _SCREEN_DPI)
    elif family == "picture":
        picture = _frame(held(file), page)
    else:
        raise Unreadable("unknown")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


def _frame(file: bytes, page: int) -> Image.Image:
    with picture_opened(file) as picture:
        if not 1 <= page <= getattr(picture, "n_frames", 1):
            raise Unreadable("unknown")
        picture.seek(page - 1)
        if picture.width * picture.height > MAX_PIXELS:
            raise Unreadable("too-large")
        upright = ImageOps.exif_transpose(picture.copy())
        if upright.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
            upright = upright.convert("RGBA")
            white = Image.new("RGBA", upright.size, "white")
            upright = Image.alpha_composite(white, upright)
        upright = upright.convert("RGB")
        upright.thumbnail(_SCREEN)
        return upright
