"""A text with some of its places highlighted, for a reviewer's eyes: safe HTML, marks taken out."""

from collections.abc import Iterable
from collective.deliberation.pseudonym import fragment
from collective.deliberation.pseudonym import marking
from html import escape
from lxml import etree
from typing import NamedTuple


class Highlight(NamedTuple):
    """``plain[start:end]``, and the classes of the ``mark`` around it (letters, digits, hyphens)."""

    start: int
    end: int
    classes: str


def rich_text(html: str, places: Iterable[Highlight]) -> str:
    """The HTML with a ``<mark>`` around each place where one can stand.

    :raises Withheld: when the text can't be read whole.
    """
    body = fragment.parse(html)
    for place in sorted(set(places), reverse=True):
        new = etree.Element("mark", {"class": place.classes})
        marking.wrap(body, place.start, place.end, new)
    for element in list(body.iter())[1:]:
        fragment.clean(element)
    return fragment.serialise(body)


def plain_text(text: str, places: Iterable[Highlight]) -> str:
    """A plain text as HTML, in the same way; of places that overlap the first counts."""
    parts, position = [], 0
    for place in sorted(set(places)):
        if place.start >= position:
            parts.append(escape(text[position : place.start]))
            words = escape(text[place.start : place.end])
            parts.append(f'<mark class="{escape(place.classes)}">{words}</mark>')
            position = place.end
    return "".join((*parts, escape(text[position:])))
