"""The portal's safe HTML as reportlab's flowables: paragraphs, lists, tables, with fonts that travel in the file. Pure.

The input is what ``richtext.clean`` writes and nothing else.
"""

import lxml.html
import reportlab
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from pathlib import Path
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import HRFlowable
from reportlab.platypus import ListFlowable
from reportlab.platypus import ListItem
from reportlab.platypus import Paragraph
from reportlab.platypus import Spacer
from reportlab.platypus import Table


REGULAR = "Vera"
_INK = colors.HexColor("#17202b")
_INLINE = {
    "strong": "b",
    "em": "i",
    "u": "u",
    "s": "strike",
    "sub": "sub",
    "sup": "super",
}


@lru_cache(maxsize=1)
def styles() -> dict[str, ParagraphStyle]:
    for name, file in (
        (REGULAR, "Vera"),
        ("Vera-Bold", "VeraBd"),
        ("Vera-Italic", "VeraIt"),
        ("Vera-BoldItalic", "VeraBI"),
    ):
        path = Path(reportlab.__file__).parent / "fonts" / f"{file}.ttf"
        pdfmetrics.registerFont(TTFont(name, str(path)))
    pdfmetrics.registerFontFamily(REGULAR, REGULAR, "Vera-Bold", "Vera-Italic", "Vera-BoldItalic")
    base = ParagraphStyle("p", fontName=REGULAR, fontSize=9.2, leading=13.4, spaceAfter=5)
    base.textColor = _INK

    def style(name, **changes):
        return ParagraphStyle(name, base, **changes)

    heading = {"fontName": "Vera-Bold", "keepWithNext": 1}
    return {
        "p": base,
        "small": style("small", fontSize=8, leading=11, textColor=colors.HexColor("#4a5666")),
        "lead": style("lead", fontSize=10, leading=14, spaceAfter=2),
        "title": style("title", **heading, fontSize=17, leading=22, spaceAfter=8),
        "h2": style("h2", **heading, fontSize=12.5, leading=16, spaceBefore=22, spaceAfter=5),
        "h3": style("h3", **heading, fontSize=10, leading=14, spaceBefore=9, spaceAfter=3),
        "h4": style("h4", **heading, fontSize=9.2, leading=13, spaceBefore=6, spaceAfter=2),
        "quote": style("quote", leftIndent=14),
        "cell": style("cell", fontSize=8, leading=10.5, spaceAfter=0),
        "notice": style("notice", fontName="Vera-Bold", textColor=colors.HexColor("#14532d")),
        "draft": style("draft", fontName="Vera-Bold", textColor=colors.HexColor("#7a4100")),
    }


def blocks(safe_html: str, width: float, tables: bool = True) -> Iterator:
    """The flowables of a text, for a column of ``width`` points; without ``tables``, rows become lines."""
    if safe_html:
        yield from _flow(lxml.html.fragment_fromstring(safe_html, "div"), width, tables, "p")


def _flow(node, width: float, tables: bool, style: str) -> Iterator:
    known = styles()
    run = escape(node.text or "")
    for child in node:
        if child.tag in (
            "p",
            "h3",
            "h4",
            "h5",
            "h6",
            "ul",
            "ol",
            "div",
            "table",
            "blockquote",
            "pre",
            "hr",
        ):
            yield from _run(run, known[style])
            run = ""
            yield from _block(child, width, tables, style)
        else:
            run += _phrase(child)
        run += escape(child.tail or "")
    yield from _run(run, known[style])


def _run(text: str, style: ParagraphStyle) -> Iterator:
    if text.strip():
        yield Paragraph(text, style)


def _block(node, width: float, tables: bool, style: str) -> Iterator:
    known = styles()
    if node.tag == "p":
        yield from _run(_inside(node), known[style])
    elif node.tag[0] == "h" and node.tag != "hr":
        yield from _run(_inside(node), known["h4"])
    elif node.tag in ("ul", "ol"):
        items = [
            ListItem(list(_flow(item, width - 16, tables, style)) or [Paragraph("", known["p"])])
            for item in node
        ]
        kind = "1" if node.tag == "ol" else "bullet"
        start = node.get("start") if kind == "1" else "•"
        options = {"bulletFontName": REGULAR, "bulletFontSize": 9, "leftIndent": 16}
        yield ListFlowable(items, bulletType=kind, start=start, **options)
    elif node.tag == "table":
        yield from _table(node, width, tables)
    elif node.tag == "hr":
        yield HRFlowable(width="100%", color=colors.grey, spaceBefore=4, spaceAfter=6)
    elif node.tag == "pre":
        yield from _run(_inside(node).replace("\n", "<br/>"), known["p"])
    else:
        yield from _flow(node, width, tables, "quote" if node.tag == "blockquote" else style)


def _table(node, width: float, tables: bool) -> Iterator:
    known = styles()
    caption = node.find("caption")
    if caption is not None:
        yield from _run(_inside(caption), known["h4"])
    rows = node.findall(".//tr")
    if not tables:
        for row in rows:
            cells = (" ".join(cell.text_content().split()) for cell in row)
            yield from _run(escape(" | ".join(cells)), known["p"])
        return
    grid, commands = _grid(rows)
    if not grid:
        return
    lengths = [max(len(cell[0]) for cell in column) for column in zip(*grid, strict=True)]
    weights = [min(max(length, 6), 60) ** 0.7 for length in lengths]
    inner = width - 1
    widths = [inner * weight / sum(weights) for weight in weights]
    cells = [[cell[1] for cell in row] for row in grid]
    yield Spacer(1, 3)
    yield Table(
        cells,
        colWidths=widths,
        hAlign="LEFT",
        splitInRow=1,
        style=[
            ("GRID", (0, 0), (-1, -1), 0.5, colors.HexColor("#aab6c5")),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            *commands,
        ],
    )
    yield Spacer(1, 6)


def _grid(rows) -> tuple[list[list[tuple[str, object]]], list[tuple]]:
    """The cells of a table by row and column, those that a span covers empty; and the commands for spans."""
    taken: dict[tuple[int, int], tuple[str, object]] = {}
    commands = []
    for top, row in enumerate(rows):
        left = 0
        for cell in row:
            while (top, left) in taken:
                left += 1
            right = left + int(cell.get("colspan", 1)) - 1
            bottom = min(top + int(cell.get("rowspan", 1)) - 1, len(rows) - 1)
            for at in ((y, x) for y in range(top, bottom + 1) for x in range(left, right + 1)):
                taken[at] = ("", "")
            text = " ".join(cell.text_content().split())
            markup = _cell(cell)
            spans = right > left
            taken[top, left] = ("" if spans else text, Paragraph(markup, styles()["cell"]))
            if spans or bottom > top:
                commands.append(("SPAN", (left, top), (right, bottom)))
            if cell.tag == "th":
                ground = colors.HexColor("#f3f6f9")
                commands.append(("BACKGROUND", (left, top), (right, bottom), ground))
            left = right + 1
    width = max((x for _y, x in taken), default=-1) + 1
    empty = ("", "")
    return [[taken.get((y, x), empty) for x in range(width)] for y in range(len(rows))], commands


def _cell(node) -> str:
    """All that is in a cell, as lines of one paragraph."""
    lines = []
    for part in node.iter("p", "li", "td", "th"):
        if part is node and len(node) and node[0].tag in ("p", "ul", "ol", "div"):
            continue
        lines.append(_inside(part) if part.find("p") is None else "")
    markup = "<br/>".join(line for line in lines if line.strip())
    return f"<b>{markup}</b>" if node.tag == "th" else markup


def _inside(node) -> str:
    text = escape(node.text or "")
    for child in node:
        text += _phrase(child) + escape(child.tail or "")
    return text


def _phrase(node) -> str:
    """An element inside a line, in reportlab's own markup."""
    if node.tag == "br":
        return "<br/>"
    if node.tag == "img":
        return escape(f"[image : {node.get('alt')}]" if node.get("alt") else "[image]")
    inner = _inside(node)
    if node.tag == "a":
        address = escape(node.get("href", ""), quote=True)
        return f'<a href="{address}" color="#0b4f8f">{inner}</a>' if address else inner
    if "pm-bar" in (node.get("class") or "").split():
        return f'<font backColor="#17202b" color="#17202b">{inner}</font>'
    name = _INLINE.get(node.tag)
    return f"<{name}>{inner}</{name}>" if name else inner
