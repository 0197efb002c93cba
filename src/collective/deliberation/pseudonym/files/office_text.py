"""Texts of ODF (ISO/IEC 26300) and OOXML (ISO/IEC 29500) documents, with what a reader doesn't see."""

import posixpath
from collections.abc import Callable
from collections.abc import Iterator
from collective.deliberation.pseudonym.files import archive
from collective.deliberation.pseudonym.files.passages import Budget
from collective.deliberation.pseudonym.files.passages import Kind
from collective.deliberation.pseudonym.files.passages import Reading
from collective.deliberation.pseudonym.files.passages import Unreadable
from collective.deliberation.pseudonym.files.plain_text import decodings
from collective.deliberation.pseudonym.files.xml_text import attributes
from collective.deliberation.pseudonym.files.xml_text import local
from collective.deliberation.pseudonym.files.xml_text import parse
from collective.deliberation.pseudonym.files.xml_text import remarks
from lxml import etree


Inner = Callable[[bytes, str, int], Reading]
PICTURES = frozenset(
    {"png", "jpg", "jpeg", "jfif", "gif", "tif", "tiff", "webp", "bmp", "emf", "wmf"}
)
# Elements that end a line; text of all others runs on.
_BLOCKS = frozenset(
    {"p", "h", "br", "cr", "tab", "line-break", "tr", "tc", "table-cell", "si", "row"}
)
_BLOCKS |= {"list-item", "c", "is", "v", "comment", "cell", "annotation"}
_RUNS = frozenset({"r", "t", "span", "s", "a", "ins", "del", "delText"})
_SPACES = frozenset({"s", "tab", "br", "line-break"})
_CHANGES = frozenset({"del", "moveFrom", "tracked-changes", "delText", "delInstrText"})
_REMARKS = frozenset({"annotation", "comment"})
_NOTES = frozenset({"note", "footnote", "endnote", "notes"})
_HEADERS = frozenset(
    {"header", "footer", "header-left", "footer-left", "header-first", "footer-first"}
)
# Where part of a name tells what the part holds, in this order.
_PLACES: tuple[tuple[str, Kind], ...] = (
    ("docprops/", "metadata"),
    ("meta.xml", "metadata"),
    ("custompropert", "metadata"),
    ("settings.xml", "metadata"),
    ("metadata", "metadata"),
    ("manifest", "metadata"),
    ("comment", "comment"),
    ("persons/", "comment"),
    ("people", "comment"),
    ("revisions/", "change"),
    ("customxml/", "hidden"),
    ("header", "header"),
    ("footer", "header"),
    ("footnotes", "note"),
    ("endnotes", "note"),
    ("notesslide", "note"),
)


def read(data: bytes, budget: Budget, inner: Inner) -> Reading:
    """Every part: XML as text, pictures and documents as files of their own, the rest as bytes.

    :param inner: reads a file within: its bytes, its name, its number
    """
    reading = Reading()
    embedded = 0
    with archive.opened(data) as zipped:
        if zipped.comment:
            for text in decodings(zipped.comment):
                reading.add(budget, "metadata", text)
        for member in archive.members(zipped, budget):
            reading.add(budget, "hidden", member.filename)
            content = archive.unpacked(zipped, member, budget)
            name = member.filename.lower()
            if name.endswith((".xml", ".rels", ".vml", ".rdf", ".xhtml")):
                _xml(content, name, budget, reading)
            elif name != "mimetype":
                embedded += 1
                if name.rpartition(".")[2] in PICTURES:
                    reading.pictures += not name.startswith(("thumbnails/", "docprops/"))
                elif "embeddings/" in name:
                    reading.traces.add("attachments")
                reading.take_embedded(inner(content, name, embedded), embedded)
    return reading


def _xml(content: bytes, name: str, budget: Budget, reading: Reading) -> None:
    if not content:
        return  # LibreOffice writes such parts (Configurations2)
    root = parse(content)
    if name.endswith("manifest.xml") and any(local(e) == "encryption-data" for e in root.iter()):
        raise Unreadable("encrypted")
    kind = _kind(name)
    if kind == "metadata" and any("".join(root.itertext()).split()):
        reading.traces.add("properties")
    if kind == "comment":
        reading.traces.add("comments")
    if kind == "change":
        reading.traces.add("changes")
    for place, text in _texts(root, kind):
        if place == "change":
            reading.traces.add("changes")
        if place == "comment":
            reading.traces.add("comments")
        reading.add(budget, place, text)
    where: Kind = "hidden" if kind == "text" else kind
    for text in attributes(root):
        reading.add(budget, "link" if "://" in text or text.startswith("mailto:") else where, text)
    for text in remarks(root):
        reading.add(budget, "hidden", text)


def _kind(name: str) -> Kind:
    base = posixpath.basename(name)
    for part, kind in _PLACES:
        if part in (name if "/" in part else base):
            return kind
    return "text"


def _texts(root: etree._Element, kind: Kind) -> Iterator[tuple[Kind, str]]:
    """The text of a part by its places; where there are changes, as one text too.

    A name may be half deleted and half kept: only the whole line shows it.
    """
    places: dict[etree._Element, Kind] = {}
    lines: dict[Kind, list[str]] = {}
    whole: list[str] = []

    def say(place: Kind, text: str | None) -> None:
        if text:
            lines.setdefault(place, []).append(text)
            whole.append(text)

    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        parent = node.getparent()
        around = kind if parent is None else places[parent]
        if event == "start":
            places[node] = _place(local(node), around)
            say(places[node], " " if local(node) in _SPACES else None)
            say(places[node], node.text)
            continue
        if event == "end":
            say(places[node], "\n" if _ends_a_line(local(node), places[node]) else None)
        if parent is not None:
            say(around, node.tail)
    yield from ((place, "".join(parts)) for place, parts in lines.items())
    if "change" in places.values() and kind != "change":
        yield "change", "".join(whole)


def _ends_a_line(name: str, place: Kind) -> bool:
    """Fields of metadata and remarks follow each other without anything between."""
    return name in _BLOCKS or (place in ("metadata", "comment") and name not in _RUNS)


def _place(name: str, place: Kind) -> Kind:
    if place in ("metadata", "comment", "change"):
        return place
    if name in _CHANGES:
        return "change"
    if name in _REMARKS:
        return "comment"
    if name in _NOTES:
        return "note"
    if name in _HEADERS:
        return "header"
    return place
