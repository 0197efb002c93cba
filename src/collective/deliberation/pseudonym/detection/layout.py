"""The tables of a fragment of HTML, as places of their cells in its plain text."""

from collective.deliberation.pseudonym import fragment
from collective.deliberation.pseudonym.plaintext import PlainText
from collective.deliberation.pseudonym.plaintext import read
from lxml import etree


# A cell is ``text[start:end]``, or None when it is empty; a row has its cells, a table its rows.
Place = tuple[int, int]
Row = tuple[Place | None, ...]
Table = tuple[Row, ...]
_CELLS = ("td", "th")
_MOST_COLUMNS = 40


def laid_out(html: str) -> tuple[str, tuple[Table, ...]]:
    """The plain text of HTML (``plaintext.plain``), and its tables in document order.

    :raises Withheld: when the HTML can't be read.
    """
    body = fragment.parse(html)
    text = read(body)
    return text.text, tables(body, text) if body.find(".//table") is not None else ()


def tables(body: etree._Element, text: PlainText) -> tuple[Table, ...]:
    """The tables of a parsed body whose plain text this is; what stands in a table in a cell is its own."""
    places: dict[etree._Element, Place] = {}
    for slot in text.slots:
        cell = _around(slot.element.getparent() if slot.is_tail else slot.element, _CELLS)
        if cell is not None and text.text[slot.start : slot.end].strip():
            start, _ = places.get(cell, (slot.start, slot.end))
            places[cell] = start, slot.end
    rows: dict[etree._Element, list[Row]] = {}
    for row in body.iter("tr"):
        table = _around(row.getparent(), ("table",))
        if table is not None:
            rows.setdefault(table, []).append(_row(row, places, text.text))
    return tuple(tuple(found) for found in rows.values())


def _row(row: etree._Element, places: dict[etree._Element, Place], text: str) -> Row:
    found: list[Place | None] = []
    for cell in row:
        if cell.tag in _CELLS and len(found) < _MOST_COLUMNS:
            place = places.get(cell)
            found.append(None if place is None else _stripped(text, *place))
            wide = cell.get("colspan") or "1"
            more = int(wide) - 1 if wide.isascii() and wide.isdigit() and len(wide) < 3 else 0
            found += [None] * min(more, _MOST_COLUMNS - len(found))
    return tuple(found)


def _stripped(text: str, start: int, end: int) -> Place:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _around(element: etree._Element | None, tags: tuple[str, ...]) -> etree._Element | None:
    """The nearest element of these tags that holds an element, or is it."""
    while element is not None and element.tag not in tags:
        element = element.getparent()
    return element
