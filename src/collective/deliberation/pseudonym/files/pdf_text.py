"""The pages of a PDF as PDFium reads them: their characters, and where each is shown."""

import ctypes
import pypdfium2
import pypdfium2.raw as pdfium
from collections.abc import Iterator
from collective.deliberation.pseudonym.files.mapped import buffer_of
from collective.deliberation.pseudonym.files.mapped import File
from collective.deliberation.pseudonym.files.passages import Box
from collective.deliberation.pseudonym.files.passages import Budget
from collective.deliberation.pseudonym.files.passages import MAX_PAGES
from collective.deliberation.pseudonym.files.passages import Passage
from collective.deliberation.pseudonym.files.passages import Reading
from collective.deliberation.pseudonym.files.passages import Unreadable
from contextlib import contextmanager
from threading import RLock


# PDFium is not safe for threads: whoever calls it holds this, for a page or so at a time.
LOCK = RLock()
_TOGETHER = 16 << 20  # bytes, on average, of pages read before a document is opened again
_HYPHENS = {0x02: "-", 0xFFFE: "-"}  # PDFium's signs for a hyphen at the end of a line
_MARGIN = 0.0015  # of a page, around a character: its box is that of its ink
_WORDS_OF_A_PAGE = 120  # letters; a stamp has fewer
_MOST_OF_A_PAGE = 0.5
_SAME_LINE = 0.5  # of the height of a character


@contextmanager
def opened(file: File) -> Iterator[pypdfium2.PdfDocument]:
    """The document; hold ``LOCK`` for each call to it.

    :raises Unreadable: when it is encrypted, broken or has too many pages
    """
    with LOCK:
        try:
            document = pypdfium2.PdfDocument(buffer_of(file))
        except pypdfium2.PdfiumError as error:
            encrypted = getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD
            raise Unreadable("encrypted" if encrypted else "corrupt") from None
    try:
        if not 0 < len(document) <= MAX_PAGES:
            raise Unreadable("too-large" if len(document) else "corrupt")
        yield document
    except pypdfium2.PdfiumError:
        raise Unreadable("corrupt") from None
    finally:
        with LOCK:
            document.close()


def read(file: File, budget: Budget) -> Reading:
    """The text of each page, once in the order of the file and once as it is seen."""
    reading = Reading()
    done = 0
    while not done or done < reading.pages:
        with opened(file) as document:
            reading.pages = len(document)
            # PDFium keeps a copy of all it has read of a document, pictures included, until that is closed.
            together = max(1, reading.pages * _TOGETHER // len(file))
            for number in range(done, min(done + together, reading.pages)):
                _read_page(document, number, budget, reading)
        done += together
    return reading


def _read_page(document, number: int, budget: Budget, reading: Reading) -> None:
    with LOCK:
        characters, blind = page_characters(document, number)
    text = "".join(character for character, _box in characters)
    budget.spend(characters=len(text))
    if blind:
        reading.blind_pages.append(number + 1)
    if not text.strip():
        return
    boxes = tuple(box for _character, box in characters)
    reading.passages.append(Passage("page", text, number + 1, boxes=boxes))
    seen = _as_seen(characters)
    if seen[0].split() != text.split():
        reading.passages.append(Passage("page", seen[0], number + 1, boxes=seen[1]))


def page_characters(document, number: int) -> tuple[list[tuple[str, Box | None]], bool]:
    """The characters of a page (from 0) with their boxes, and whether it shows more than they say.

    Annotations and fields count as the page's when they are shown on it.
    """
    page = document[number]
    if pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
        page.close()
        page = document[number]
    text_page = page.get_textpage()
    try:
        frame = _Frame(page)
        count = pdfium.FPDFText_CountChars(text_page)
        found = [_character(text_page, index, frame) for index in range(max(0, count))]
        characters = _joined(found)
        return characters, _is_blind(page, characters)
    finally:
        text_page.close()
        page.close()


def _is_blind(page, characters: list[tuple[str, Box | None]]) -> bool:
    """A drawing without words, or a scan: a picture of a page, with a stamp or a number at most."""
    said = sum(character.isalnum() for character, _box in characters)
    if said == 0:
        return pdfium.FPDFPage_CountObjects(page) > 0
    if said >= _WORDS_OF_A_PAGE:
        return False
    width, height = page.get_size()
    pictures = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4)
    sizes = ((b[2] - b[0]) * (b[3] - b[1]) for b in (each.get_bounds() for each in pictures))
    return any(size > _MOST_OF_A_PAGE * width * height for size in sizes)


class _Frame:
    """From the coordinates of a page to fractions of what is shown: cropped and turned."""

    def __init__(self, page):
        self.left, self.bottom, right, top = page.get_bbox()
        self.width = max(right - self.left, 1e-6)
        self.height = max(top - self.bottom, 1e-6)
        self.rotation = page.get_rotation()

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        corners = (self._point(left, top), self._point(right, bottom))
        (x1, y1), (x2, y2) = corners
        return Box(
            min(x1, x2) - _MARGIN,
            min(y1, y2) - _MARGIN,
            max(x1, x2) + _MARGIN,
            max(y1, y2) + _MARGIN,
        )

    def _point(self, x: float, y: float) -> tuple[float, float]:
        across = (x - self.left) / self.width
        down = 1 - (y - self.bottom) / self.height
        turned = {
            0: (across, down),
            90: (1 - down, across),
            180: (1 - across, 1 - down),
            270: (down, 1 - across),
        }
        return turned[self.rotation]


def _character(text_page, index: int, frame: _Frame) -> tuple[int, Box | None]:
    code = pdfium.FPDFText_GetUnicode(text_page, index)
    sides = [ctypes.c_double() for _ in range(4)]
    left, right, bottom, top = sides
    there = pdfium.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
    if not there or (left.value == right.value and top.value == bottom.value):
        return code, None
    return code, frame.box(left.value, bottom.value, right.value, top.value)


def _joined(found: list[tuple[int, Box | None]]) -> list[tuple[str, Box | None]]:
    """Code units as characters: halves of a pair joined, PDFium's own signs replaced."""
    characters: list[tuple[str, Box | None]] = []
    high = 0
    for code, box in found:
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        characters.append((_HYPHENS.get(code) or chr(code), box))
    return characters


def _as_seen(characters: list[tuple[str, Box | None]]) -> tuple[str, tuple[Box | None, ...]]:
    """The same characters line by line and from left to right, wherever the file has them."""
    placed = [(c, box) for c, box in characters if box is not None and not c.isspace()]
    placed.sort(key=lambda each: (each[1].top + each[1].bottom, each[1].left))
    lines: list[list[tuple[str, Box]]] = []
    for character, box in placed:
        middle = (box.top + box.bottom) / 2
        if lines:
            last = lines[-1][-1][1]
            height = max(last.bottom - last.top, box.bottom - box.top)
            if abs(middle - (last.top + last.bottom) / 2) <= _SAME_LINE * height:
                lines[-1].append((character, box))
                continue
        lines.append([(character, box)])
    text: list[str] = []
    boxes: list[Box | None] = []
    for line in lines:
        line.sort(key=lambda each: each[1].left)
        widths = sorted(box.right - box.left for _c, box in line)
        gap = widths[len(widths) // 2] * 0.15
        before: Box | None = None
        for character, box in line:
            if before is not None and box.left - before.right > gap - 2 * _MARGIN:
                text.append(" ")
                boxes.append(None)
            text.append(character)
            boxes.append(box)
            before = box
        text.append("\n")
        boxes.append(None)
    return "".join(text), tuple(boxes)
