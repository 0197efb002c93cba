"""The plain text of HTML, in which detection counts, and the way back to its text nodes."""

from collective.deliberation.pseudonym import fragment
from dataclasses import dataclass
from lxml import etree
from typing import NamedTuple


# An element of these begins and ends a line.
BLOCKS = frozenset(
    """address article aside blockquote br caption dd div dl dt figcaption figure footer h1 h2 h3 h4 h5
    h6 header hr li main ol p pre section table tbody td tfoot th thead tr ul""".split()
)


class Slot(NamedTuple):
    """One text node: ``text[start:end]`` is the element's tail (``is_tail``) or its text."""

    element: etree._Element
    is_tail: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PlainText:
    """A plain text and its text nodes, in order; a newline that was put in belongs to none of them."""

    text: str
    slots: tuple[Slot, ...]


def plain(html: str) -> str:
    """All text nodes in document order, a newline where a block begins or ends unless one is there.

    :raises Withheld: when the HTML can't be read.
    """
    return read(fragment.parse(html)).text


def read(body: etree._Element) -> PlainText:
    """The plain text of a parsed body (``fragment.parse``), with the place of every text node."""
    parts: list[str] = []
    slots: list[Slot] = []
    length, broken = 0, False
    for event, element in etree.iterwalk(body, events=("start", "end", "comment", "pi")):
        is_tail = event != "start"
        broken = broken or element.tag in BLOCKS
        text = element.text if not is_tail else element.tail if element is not body else None
        if not text:
            continue
        if broken and length and not parts[-1].endswith("\n"):
            parts.append("\n")
            length += 1
        broken = False
        parts.append(text)
        slots.append(Slot(element, is_tail, length, length + len(text)))
        length += len(text)
    return PlainText("".join(parts), tuple(slots))
