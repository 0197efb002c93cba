"""What a PDF holds beside its pages: metadata, bookmarks, comments, fields, links, files, scripts."""

import logging
import pikepdf
from collections.abc import Callable
from collections.abc import Iterator
from collective.deliberation.pseudonym.files import pdf_content
from collective.deliberation.pseudonym.files.mapped import File
from collective.deliberation.pseudonym.files.mapped import Mapped
from collective.deliberation.pseudonym.files.mapped import Patched
from collective.deliberation.pseudonym.files.mapped import stream_of
from collective.deliberation.pseudonym.files.passages import Budget
from collective.deliberation.pseudonym.files.passages import Kind
from collective.deliberation.pseudonym.files.passages import Reading
from collective.deliberation.pseudonym.files.passages import Unreadable
from collective.deliberation.pseudonym.files.pdf_streams import unpacked
from collective.deliberation.pseudonym.files.plain_text import decodings
from collective.deliberation.pseudonym.files.xml_text import strings_of
from contextlib import contextmanager
from typing import BinaryIO


# What qpdf says of a broken file can repeat a piece of it: no log gets that.
logging.getLogger("pikepdf").setLevel(logging.CRITICAL + 1)
logging.getLogger("pikepdf._core").setLevel(logging.CRITICAL + 1)

# ISO 32000-2, 12.5.6: annotations that are a place on the page, not somebody's remark.
PLACES = ("/Link", "/Widget")
_DEEP = 40  # direct objects in direct objects
_SAID = {  # ISO 32000-2, 14.3.3: the document information dictionary
    "/Title": "title",
    "/Author": "author",
    "/Subject": "subject",
    "/Keywords": "keywords",
    "/Creator": "software",
    "/Producer": "software",
    "/CreationDate": "dates",
    "/ModDate": "dates",
}
# Keys of a page's own drawing: what is below them is no text of its own.
_SKIPPED = frozenset(
    {"/ID", "/DocChecksum", "/Contents", "/CharSet", "/Lookup", "/W", "/Differences", "/Registry"}
)
Inner = Callable[[bytes, str, int], Reading]


@contextmanager
def opened(file: File) -> Iterator[pikepdf.Pdf]:
    """The document as objects.

    :raises Unreadable: when it is encrypted or broken
    """
    whole = isinstance(file, Mapped) and not isinstance(file, Patched)
    access = pikepdf.AccessMode.mmap if whole else pikepdf.AccessMode.stream
    with stream_of(file) as stream, _opened(stream, access) as pdf:
        yield pdf


@contextmanager
def _opened(stream: BinaryIO, access: pikepdf.AccessMode) -> Iterator[pikepdf.Pdf]:
    try:
        pdf = pikepdf.open(stream, suppress_warnings=True, access_mode=access)
    except pikepdf.PasswordError:
        raise Unreadable("encrypted") from None
    except (pikepdf.PdfError, ValueError, RuntimeError):
        raise Unreadable("corrupt") from None
    try:
        yield pdf
    except (pikepdf.PdfError, RecursionError, ValueError, TypeError, KeyError, AttributeError):
        raise Unreadable("corrupt") from None
    finally:
        pdf.close()


def read(file: File, budget: Budget, inner: Inner) -> Reading:
    """Every string of every object, reachable or not, with what kind of place it has.

    :param inner: reads a file within: its bytes, its name, its number
    """
    reading = Reading()
    with opened(file) as pdf:
        said = pdf.trailer.get("/Info")
        if isinstance(said, pikepdf.Dictionary):
            for key in said.keys():
                reading.traces.add(_SAID.get(str(key), "metadata"))
            _strings(said, budget, reading, "metadata", "")
        info = said.objgen if isinstance(said, pikepdf.Dictionary) else None
        for number, thing in enumerate(pdf.objects):
            budget.spend(parts=1 if number % 16 == 0 else 0)
            if not isinstance(thing, pikepdf.Object) or (info and thing.objgen == info):
                continue
            _strings(thing, budget, reading, "hidden", "")
            if isinstance(thing, pikepdf.Stream):
                _stream(thing, budget, reading, inner)
        for drawing in pdf_content.drawings(pdf):
            _asides(drawing, budget, reading)
    return reading


def _asides(drawing: pikepdf.Object, budget: Budget, reading: Reading) -> None:
    """Texts among the instructions that draw a page or a part of one."""
    data = b"\n".join(unpacked(stream, budget) for stream in pdf_content.streams(drawing))
    if not pdf_content.has_asides(data):
        return
    for remark in pdf_content.remarks(data):
        for text in decodings(remark):
            reading.add(budget, "hidden", text)
    if b"/ActualText" in data or b"/Alt" in data or b"/E" in data:
        for properties in pdf_content.replacements(drawing):
            _strings(properties, budget, reading, "hidden", "")


def _stream(stream: pikepdf.Stream, budget: Budget, reading: Reading, inner: Inner) -> None:
    kind, subtype = str(stream.get("/Type", "")), str(stream.get("/Subtype", ""))
    xmp = kind == "/Metadata" or subtype == "/XML"
    if xmp:
        data = unpacked(stream, budget)
        reading.traces.add("xmp")
        for text in strings_of(data) or decodings(data):
            reading.add(budget, "metadata", text)
    elif kind == "/EmbeddedFile":
        reading.traces.add("attachments")
        part = sum(each.kind == "embedded" for each in reading.passages) + 1
        found = inner(unpacked(stream, budget), "", part)
        reading.take_embedded(found, part)


def _strings(thing, budget: Budget, reading: Reading, kind: Kind, key: str, deep: int = 0) -> None:
    """The strings of one object and of the objects within it, but not of those it refers to."""
    if deep > _DEEP:
        raise Unreadable("too-large")
    if isinstance(thing, pikepdf.String):
        kind = _kind_of_key(kind, key)
        for text in dict.fromkeys((str(thing), *_raw(thing))):
            reading.add(budget, kind, text)
    elif isinstance(thing, pikepdf.Array):
        for each in thing:
            if not _refers(each):
                _strings(each, budget, reading, kind, key, deep + 1)
    elif isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        kind = _kind_of(thing, kind, reading)
        for name, each in thing.items():
            if str(name) in _SKIPPED or _refers(each):
                continue
            reading.replaces = reading.replaces or str(name) == "/ActualText"
            _strings(each, budget, reading, kind, str(name), deep + 1)


def _raw(string: pikepdf.String) -> list[str]:
    """A string that isn't in PDF's own encodings, as whoever wrote it may have meant it."""
    data = bytes(string)
    if data.isascii() or data.startswith((b"\xfe\xff", b"\xef\xbb\xbf")):
        return []
    return decodings(data)


def _refers(thing) -> bool:
    return isinstance(thing, pikepdf.Object) and thing.is_indirect


def _kind_of(thing, kind: Kind, reading: Reading) -> Kind:
    if "/Subtype" in thing and "/Rect" in thing:
        subtype = str(thing.Subtype)
        if subtype == "/Widget":
            return "form"
        if subtype == "/Link":
            return "link"
        reading.traces.add("comments")
        return "comment"
    if "/FT" in thing or ("/Kids" in thing and "/T" in thing):
        return "form"
    if "/Title" in thing and ("/Parent" in thing or "/Dest" in thing or "/A" in thing):
        return "outline"
    if str(thing.get("/S", "")) == "/JavaScript" or "/JS" in thing:
        reading.traces.add("scripts")
        return "metadata"
    if str(thing.get("/Type", "")) in ("/Filespec", "/F") or "/EF" in thing:
        return "embedded"
    if "/PieceInfo" in thing or "/LastModified" in thing:
        reading.traces.add("dates")
    return kind


def _kind_of_key(kind: Kind, key: str) -> Kind:
    return "link" if key == "/URI" else kind
