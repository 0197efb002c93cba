"""Put marks into a text: at places of its plain text, or at every mention of an entry.

A mark shows an agent what is hidden, and gives a form to the register. Where none can stand (a name that
ends in the middle of a bold passage, or goes on in the next cell) none is put: the forms of the register
hide that mention all the same.
"""

from collections.abc import Iterable
from collections.abc import Sequence
from collective.deliberation.pseudonym import fragment
from collective.deliberation.pseudonym import marks
from collective.deliberation.pseudonym import plaintext
from collective.deliberation.pseudonym.fragment import Withheld
from collective.deliberation.pseudonym.linear import Linear
from collective.deliberation.pseudonym.matching import matcher
from collective.deliberation.pseudonym.register import Category
from collective.deliberation.pseudonym.register import Register
from lxml import etree
from typing import NamedTuple


CLASS = "pm-mark"  # what the editor gives its marks
_UNCHANGED = "The text can't be marked without changing it: mark it in the editor."


class Span(NamedTuple):
    """``plain[start:end]`` of ``plaintext.plain(html)``, and the entry it belongs to."""

    start: int
    end: int
    id: str
    category: Category


class _Part(NamedTuple):
    """A piece of one text node."""

    slot: plaintext.Slot
    start: int
    end: int


def mark(html: str, spans: Iterable[Span]) -> str:
    """The text with a mark for each span; one that an existing mark covers changes nothing.

    A mark that lies inside a span, or laps over one, gives way to it. What reads stays as it is.

    :raises Withheld: when the text can't be read whole.
    """
    wanted = sorted(set(spans), reverse=True)
    if not wanted:
        return html
    body = fragment.parse(html)
    before = plaintext.read(body).text
    changed = False
    for span in wanted:  # from the end: what is marked moves nothing before it
        changed = _mark(body, span) or changed
    if not changed:
        return html
    if plaintext.read(body).text != before:
        raise Withheld(_UNCHANGED)
    return fragment.serialise(body)


def mentions(html: str, register: Register) -> tuple[Span, ...]:
    """Every mention of every entry in a text, marked or not, as ``neutralise`` would find it.

    :raises Withheld: when the text can't be read whole.
    """
    body = fragment.parse(html)
    read = plaintext.read(body)
    texts = [read.text[slot.start : slot.end] for slot in read.slots]
    line = Linear(texts)
    found = []
    for hit in matcher(register).find(line.text):
        ranges = line.ranges(hit.start, hit.end)
        (first, start, _), (last, _, end) = ranges[0], ranges[-1]
        place = read.slots[first].start + start, read.slots[last].start + end
        found.append(Span(*place, hit.entry.id, hit.entry.category))
    return tuple(found)


def mark_every_mention(html: str, register: Register, id: str) -> str:
    """The text with a mark at every mention of one entry.

    :raises Withheld: when the text can't be read whole.
    """
    return mark(html, (span for span in mentions(html, register) if span.id == id))


def _mark(body: etree._Element, span: Span) -> bool:
    read = plaintext.read(body)
    span = _without_blanks(read.text, span)
    parts = _parts(read, span)
    if not parts:
        return False
    for element, start, end in _marks_in(read):
        if start <= span.start and span.end <= end:
            return False
        if start < span.end and span.start < end:
            fragment.unwrap(element)
            return _mark(body, span._replace(start=min(start, span.start), end=max(end, span.end)))
    new = etree.Element(
        "span", {"class": CLASS, marks.ID: span.id, marks.CATEGORY: span.category.value}
    )
    return _wrap(body, parts[0], parts[-1], new)


def wrap(body: etree._Element, start: int, end: int, new: etree._Element) -> bool:
    """Put an element around ``plain[start:end]`` of a parsed body; whether that could be done."""
    read = plaintext.read(body)
    parts = _parts(read, Span(start, end, "", Category.OTHER))
    return bool(parts) and _wrap(body, parts[0], parts[-1], new)


def _without_blanks(text: str, span: Span) -> Span:
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return span._replace(start=start, end=max(start, span.end - len(words) + len(words.rstrip())))


def _parts(read: plaintext.PlainText, span: Span) -> list[_Part]:
    return [
        _Part(slot, max(span.start, slot.start) - slot.start, min(span.end, slot.end) - slot.start)
        for slot in read.slots
        if slot.start < span.end and span.start < slot.end and isinstance(slot.element.tag, str)
    ]


def _marks_in(read: plaintext.PlainText) -> list[tuple[etree._Element, int, int]]:
    """Each mark that holds text, and where its text is; an inner one after the one around it."""
    places: dict[etree._Element, list[int]] = {}
    for slot in read.slots:
        inner = slot.element.getparent() if slot.is_tail else slot.element
        around = () if inner is None else (inner, *inner.iterancestors())
        for element in filter(marks.is_mark, around):
            place = places.setdefault(element, [slot.start, slot.end])
            place[1] = slot.end
    return [(element, *place) for element, place in places.items()]


def _wrap(body: etree._Element, first: _Part, last: _Part, new: etree._Element) -> bool:
    """Put ``new`` around what stands from one part to the other, if whole elements stand between."""
    stop = etree.Element("span")
    _insert(last, last.end, stop)
    start = etree.Element("span")
    _insert(first, first.start, start)
    found = _level(body, start, stop)
    if found:
        _move_between(start, stop, new)
    for marker in (start, stop):
        fragment.remove(marker)
    return found


def _insert(part: _Part, at: int, new: etree._Element) -> None:
    element = part.slot.element
    if part.slot.is_tail:
        text = element.tail or ""
        parent = element.getparent()
        element.tail, new.tail = text[:at], text[at:]
        parent.insert(parent.index(element) + 1, new)
        # lxml moves a tail with its element: it was set on ``new`` before, and is still there.
    else:
        text = element.text or ""
        element.text, new.tail = text[:at], text[at:]
        element.insert(0, new)


def _level(body: etree._Element, start: etree._Element, stop: etree._Element) -> bool:
    """Bring both markers below one parent by leaving elements at their edges; whether that worked."""
    above = set(start.iterancestors())
    common = next(element for element in stop.iterancestors() if element in above)
    while start.getparent() is not common:
        parent = start.getparent()
        if start.getprevious() is not None or (parent.text or "").strip() or _breaks(parent):
            return False
        if parent.text:
            return False
        _place(start, parent, before=True)
    while stop.getparent() is not common:
        parent = stop.getparent()
        if stop.getnext() is not None or stop.tail or _breaks(parent):
            return False
        _place(stop, parent, before=False)
    between = []
    element = start.getnext()
    while element is not None and element is not stop:
        between.append(element)
        element = element.getnext()
    return element is stop and not any(
        _breaks(inner) for each in between for inner in each.iter() if isinstance(inner.tag, str)
    )


def _breaks(element: etree._Element) -> bool:
    return element.tag in plaintext.BLOCKS


def _place(marker: etree._Element, parent: etree._Element, before: bool) -> None:
    """Move a marker from the edge of an element to just before or after it; texts stay in place."""
    tail, marker.tail = marker.tail, None
    parent.remove(marker)
    outer = parent.getparent()
    at = outer.index(parent)
    if before:
        parent.text = (parent.text or "") + (tail or "") or None
        outer.insert(at, marker)
    else:
        marker.tail, parent.tail = parent.tail, None
        outer.insert(at + 1, marker)


def _move_between(start: etree._Element, stop: etree._Element, new: etree._Element) -> None:
    parent = start.getparent()
    new.text, start.tail = start.tail, None
    inner: Sequence[etree._Element] = parent[parent.index(start) + 1 : parent.index(stop)]
    new.extend(inner)
    parent.insert(parent.index(start) + 1, new)
