"""Rich text of any desk as safe and valid HTML below a page's own headings. Pure.

The input is parsed leniently and written anew from what is allowed, never passed through: no script,
style, event, form, frame, id or remote image can reach the output, and blocks nest as HTML demands
(a table inside a paragraph ends the paragraph), so that each page stays valid whatever a desk sends.
"""

import lxml.html
import re
from collections.abc import Iterator
from collective.deliberation.portal.pages import allowed
from html import escape
from html import unescape


TOP_HEADING = 3  # below the page's h1 and the section's h2

SPACE = " \t\r\n\f\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}"

_DOCUMENT = re.compile(r"</?(html|body)\b[^<>]*>", re.IGNORECASE)  # what follows them would be lost
_ANY_TAG = re.compile(r"<[^<>]*>")
_BLOCK_PATH = (
    "descendant::*[" + " or ".join(f"self::{name}" for name in sorted(allowed.BLOCKS)) + "]"
)
_find_block = lxml.etree.XPath(_BLOCK_PATH)


def clean(source: str, table_label: str = "Tableau") -> str:
    """The text as safe HTML blocks; empty when nothing of it can be seen.

    ``table_label`` names the scrollable boxes around tables for a screen reader.
    """
    if not source.strip(SPACE):
        return ""
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    root = lxml.html.document_fromstring(
        f"<body>{_DOCUMENT.sub('', _without_controls(source))}</body>".encode(),
        parser=parser,
        ensure_head_body=True,
    )
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        return _plain(source)
    return "".join(_Writer(table_label).flow(root.body, ()))


def _plain(source: str) -> str:
    """The words of a text that nests so deeply that the parser stops: nothing of it is lost."""
    lines = unescape(_without_controls(_ANY_TAG.sub("\n", source))).splitlines()
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines if line.strip(SPACE))


class _Writer:
    """Writes one text; remembers the headings it is below, so that levels never skip one."""

    def __init__(self, table_label: str):
        self.table_label = escape(table_label)
        self.above: list[int] = []  # the levels, in the source, of the headings that are open

    def flow(self, node, inline: tuple[str, ...]) -> Iterator[str]:
        """Blocks. Runs of text between them become paragraphs; ``inline`` is open around all of it."""
        run: list[str] = []
        for child in _children(node):
            if isinstance(child, str):
                run.append(escape(child, quote=False))
            elif child.tag in allowed.DROPPED:
                continue
            elif child.tag not in allowed.BLOCKS and not (len(child) and _find_block(child)):
                run.append(self.phrase(child, inline))
            else:
                yield from _paragraph(run, inline)
                run = []
                yield from self.block(child, inline)
        yield from _paragraph(run, inline)

    def block(self, node, inline) -> Iterator[str]:
        tag = node.tag
        if tag in allowed.HEADINGS:
            yield from self.heading(node)
        elif tag in ("ul", "ol", "menu", "dir"):
            yield from self.items(node, inline)
        elif tag == "table":
            yield from self.table(node, inline)
        elif tag == "blockquote":
            inner = "".join(self.flow(node, inline))
            if inner:
                yield f"<blockquote>{inner}</blockquote>"
        elif tag == "pre" and not _find_block(node):
            inner = self.inside(node, inline)
            if _visible(inner):
                yield f"<pre>{_wrap(inner, inline)}</pre>"
        elif tag == "hr":
            yield "<hr>"
        elif tag in allowed.INLINE:
            name = allowed.INLINE[tag]
            yield from self.flow(node, inline if name in inline else (*inline, name))
        else:
            yield from self.flow(node, inline)

    def heading(self, node) -> Iterator[str]:
        inner = "".join(self.inside(node, ("strong",)))
        if _visible(inner):
            source_level = allowed.HEADINGS.index(node.tag)
            while self.above and self.above[-1] >= source_level:
                self.above.pop()
            level = min(TOP_HEADING + len(self.above), 6)
            self.above.append(source_level)
            yield f"<h{level}>{_trim(inner)}</h{level}>"

    def items(self, node, inline) -> Iterator[str]:
        written = []
        for child in _children(node):
            if isinstance(child, str):
                inner = _wrap(escape(child, quote=False), inline) if child.strip(SPACE) else ""
            elif child.tag in allowed.DROPPED:
                continue
            elif child.tag == "li":
                inner = self.compact(child, inline)
            elif child.tag in ("ul", "ol") and written:
                written[-1] = written[-1][:-5] + "".join(self.block(child, inline)) + "</li>"
                continue
            elif child.tag in allowed.BLOCKS or _find_block(child):
                inner = "".join(self.block(child, inline))
            else:
                inner = _wrap(self.phrase(child, inline), inline)
            if inner and _visible(inner):
                value = allowed.number(child, "value") if not isinstance(child, str) else ""
                number = f' value="{value}"' if value and node.tag == "ol" else ""
                written.append(f"<li{number}>{inner}</li>")
        if written:
            name = "ol" if node.tag == "ol" else "ul"
            start = allowed.number(node, "start") if name == "ol" else ""
            attribute = f' start="{start}"' if start else ""
            yield f"<{name}{attribute}>{''.join(written)}</{name}>"

    def compact(self, node, inline) -> str:
        """What is in a cell or list item: without a paragraph around when it is only one."""
        parts = list(self.flow(node, inline))
        if parts and parts[0].startswith("<p>"):
            others_are_lists = all(part.startswith(("<ul", "<ol")) for part in parts[1:])
            if others_are_lists:
                parts[0] = parts[0][3:-4]
        return "".join(parts)

    def table(self, node, inline) -> Iterator[str]:
        rows = []
        for row in node.iter("tr"):
            if next(row.iterancestors("table")) is not node:
                continue  # a row of a table inside this one
            cells = [self.cell(cell, inline) for cell in row if cell.tag in ("td", "th")]
            if cells:
                rows.append("".join(cells))
        captions = [child for child in node if child.tag == "caption" and not _find_block(child)]
        inner = _trim(self.inside(captions[0], ())) if captions else ""
        caption = f"<caption>{inner}</caption>" if _visible(inner) else ""
        if rows:
            body = "".join(f"<tr>{row}</tr>" for row in rows)
            yield (
                f'<div class="table" role="group" tabindex="0" aria-label="{self.table_label}">'
                f"<table>{caption}<tbody>{body}</tbody></table></div>"
            )

    def cell(self, node, inline) -> str:
        spans = ""
        for name in ("colspan", "rowspan"):
            count = allowed.number(node, name)
            if count and 1 < int(count) <= 50:
                spans += f' {name}="{count}"'
        inner = self.compact(node, inline)
        # HTML forbids headings in a header cell, and an empty header cell names nothing.
        name = "th" if node.tag == "th" and _visible(inner) and "<h" not in inner else "td"
        return f"<{name}{spans}>{inner}</{name}>"

    def inside(self, node, inline) -> str:
        parts = []
        for child in _children(node):
            if isinstance(child, str):
                parts.append(escape(child, quote=False))
            elif child.tag not in allowed.DROPPED:
                parts.append(self.phrase(child, inline))
        return "".join(parts)

    def phrase(self, node, inline) -> str:
        """An element inside a line; ``inline`` are the elements already open around it."""
        tag = node.tag
        if tag == "br":
            return "<br>"
        if tag == "img":
            return allowed.image(node)
        if tag == "span" and (marks := allowed.marks(node)):
            return f"<span{marks}>{self.inside(node, inline)}</span>"
        if tag == "a" and "a" not in inline and (link := allowed.link(node)):
            inner = self.inside(node, (*inline, "a"))
            return (
                f'<a href="{link}" rel="nofollow noopener">{inner}</a>' if _visible(inner) else ""
            )
        if tag == "abbr" and node.get("title"):
            return f'<abbr title="{escape(node.get("title"))}">{self.inside(node, inline)}</abbr>'
        name = allowed.INLINE.get(tag)
        if name is None or name in inline:
            return self.inside(node, inline)
        inner = self.inside(node, (*inline, name))
        return f"<{name}>{inner}</{name}>" if inner.strip(SPACE) else inner


def _children(node) -> Iterator:
    if node.text:
        yield node.text
    for child in node:
        if isinstance(child.tag, str):
            yield child
        if child.tail:
            yield child.tail


def _paragraph(run: list[str], inline: tuple[str, ...]) -> Iterator[str]:
    inner = "".join(run)
    if _visible(inner):
        yield f"<p>{_wrap(_trim(inner), inline)}</p>"


def _wrap(inner: str, inline: tuple[str, ...]) -> str:
    return (
        "".join(f"<{name}>" for name in inline)
        + inner
        + "".join(f"</{name}>" for name in inline[::-1])
    )


_TAG = re.compile(r"<(?!img|span)[^>]*>")


def _trim(inner: str) -> str:
    """Without blanks and line breaks at either end."""
    inner = inner.strip()
    while inner.startswith("<br>"):
        inner = inner[4:].lstrip()
    while inner.endswith("<br>"):
        inner = inner[:-4].rstrip()
    return inner


def _visible(inner: str) -> bool:
    words = _TAG.sub("", inner) if "<" in inner else inner
    return bool(words.strip(SPACE))


def _without_controls(source: str) -> str:
    """Without the characters that HTML forbids."""
    if source.isprintable():
        return source
    return "".join(
        char
        for char in source
        if char in "\t\r\n"
        or not (ord(char) < 32 or 127 <= ord(char) < 160 or 0xD800 <= ord(char) < 0xE000)
    )
