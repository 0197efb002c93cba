"""A PDF without its traces: same pages, links, bookmarks and structure; no metadata, comments, files.

What is drawn over a page (a stamp, a filled field, a rectangle that hides something) becomes part of
the page: taking it off could uncover what is below it.
"""

import io
import pikepdf
from collections.abc import Iterator
from collective.deliberation.pseudonym.files import pdf_content
from collective.deliberation.pseudonym.files import pdf_pictures
from collective.deliberation.pseudonym.files.mapped import File
from collective.deliberation.pseudonym.files.mapped import held
from collective.deliberation.pseudonym.files.passages import MAX_PAGES
from collective.deliberation.pseudonym.files.passages import Unreadable
from collective.deliberation.pseudonym.files.pdf_parts import opened
from contextlib import contextmanager
from typing import BinaryIO


# ISO 32000-2, table 29: what of the catalogue tells how to show the pages.
_CATALOGUE = frozenset(
    {"/Type", "/Pages", "/Lang", "/Version", "/Extensions", "/ViewerPreferences", "/PageLayout"}
)
_CATALOGUE |= {"/OCProperties", "/OutputIntents", "/MarkInfo", "/StructTreeRoot", "/PageLabels"}
_CATALOGUE |= {"/Outlines", "/PageMode", "/Dests", "/Names"}
_TEXTS = frozenset({"/MarkInfo", "/StructTreeRoot", "/PageLabels", "/Outlines", "/PageMode"})
_TEXTS |= {"/Dests", "/Names"}
# ISO 32000-2, tables 15 and 17: what of the trailer leads to the objects.
_TRAILER = frozenset(
    {"/Root", "/Size", "/Type", "/W", "/Index", "/Length", "/Filter", "/DecodeParms"}
)
# Annotations that show nothing but that somebody said, attached or plays something.
_UNSEEN = frozenset({"/Text", "/Popup", "/FileAttachment", "/Sound", "/Movie", "/Screen"})
_UNSEEN |= {"/RichMedia", "/3D", "/PrinterMark", "/TrapNet", "/Projection"}
_LINK = frozenset(
    {"/Type", "/Subtype", "/Rect", "/Border", "/BS", "/C", "/H", "/QuadPoints", "/A", "/Dest"}
)
_LINK |= {"/StructParent", "/F", "/P"}
_REPLACED = ("/Alt", "/ActualText", "/E", "/StructParents", "/StructParent")
_DEEP = 40  # objects written within each other
_ACTIONS = ("/URI", "/GoTo")
_GONE = (
    "/Metadata",
    "/PieceInfo",
    "/LastModified",
    "/Thumb",
    "/AA",
    "/JS",
    "/AF",
    "/OPI",
    "/SeparationInfo",
)


def clean(file: File) -> bytes:
    """The public copy in memory.

    :raises Unreadable: when it can't be read whole, or is too large for that
    """
    out = io.BytesIO()
    write(held(file), out)
    return out.getvalue()


def write(file: File, out: BinaryIO, bare: bool = False) -> None:
    """The public copy.

    :param out: written from its beginning to its end
    :param bare: also without bookmarks, structure, links and names of places: texts that could hold a name
    :raises Unreadable: when it can't be read whole
    """
    with _cleaned(pdf_pictures.blanked(file), bare) as pdf:
        pdf_pictures.clean_left(pdf)
        _save(pdf, out)


def pages(file: File, first: int, last: int) -> bytes:
    """Pages ``first`` to ``last`` (from 1) of the public copy, to be drawn, with their pictures as they are.

    :raises Unreadable: when it can't be read whole
    """
    out = io.BytesIO()
    with _cleaned(file, bare=False) as pdf, pikepdf.new() as part:
        part.pages.extend(pdf.pages[first - 1 : last])
        if "/OCProperties" in pdf.Root:  # which layers are hidden
            layers = pdf.make_indirect(pdf.Root.OCProperties)
            part.Root.OCProperties = part.copy_foreign(layers)
        _save(part, out)
    return out.getvalue()


def words_only(file: File) -> bytes:
    """What a bare copy says on its pages, to be read and not seen: its pictures are empty.

    :raises Unreadable: when it can't be read whole
    """
    out = io.BytesIO()
    with _cleaned(file, bare=True) as pdf:
        for thing in pdf.objects:
            if pdf_pictures.is_picture(thing):
                thing.write(b"")
        _save(pdf, out)
    return out.getvalue()


@contextmanager
def _cleaned(file: File, bare: bool) -> Iterator[pikepdf.Pdf]:
    """The document without its traces, but for those in its pictures."""
    with opened(file) as pdf:
        if len(pdf.pages) > MAX_PAGES:
            raise Unreadable("too-large")
        _catalogue(pdf, bare)
        _annotations(pdf, bare)
        if bare:
            pdf_content.without_asides(pdf)
        for thing in pdf.objects:
            _object(thing, bare)
        for key in set(pdf.trailer.keys()) - _TRAILER:
            del pdf.trailer[key]
        yield pdf


def _save(pdf: pikepdf.Pdf, out: BinaryIO) -> None:
    pdf.save(
        out,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
        encryption=False,
    )


def _catalogue(pdf: pikepdf.Pdf, bare: bool) -> None:
    if "/AcroForm" in pdf.Root:
        pdf.generate_appearance_streams()
    for key in list(pdf.Root.keys()):
        if key != "/AcroForm" and (key not in _CATALOGUE or (bare and key in _TEXTS)):
            del pdf.Root[key]
    if "/Names" in pdf.Root:
        for key in list(pdf.Root.Names.keys()):
            if key != "/Dests":
                del pdf.Root.Names[key]


def _annotations(pdf: pikepdf.Pdf, bare: bool) -> None:
    """Drawn ones become part of their page; links stay, bare of all but their place and target."""
    links = []
    for page in pdf.pages:
        kept, drawn = [], []
        for annotation in page.get("/Annots", pikepdf.Array()):
            subtype = str(annotation.get("/Subtype", "")) if annotation is not None else ""
            if subtype == "/Link":
                kept += [] if bare else [annotation]
            elif subtype and subtype not in _UNSEEN:
                drawn.append(annotation)
        links.append(kept)
        page.Annots = pikepdf.Array(drawn)
    pdf.flatten_annotations("all")
    for page, kept in zip(pdf.pages, links, strict=True):
        if "/Annots" in page:
            del page["/Annots"]
        if kept:
            page.Annots = pikepdf.Array([link for link in kept if _link(link)])
    if "/AcroForm" in pdf.Root:
        del pdf.Root["/AcroForm"]


def _link(link) -> bool:
    for key in list(link.keys()):
        if key not in _LINK:
            del link[key]
    if "/A" in link:
        action = link.A
        if str(action.get("/S", "")) not in _ACTIONS:
            return False
        if "/Next" in action:
            del action["/Next"]
    return True


def _object(thing, bare: bool, deep: int = 0) -> None:
    """An object and those written within it, not those it refers to: they come by themselves."""
    if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        _traces(thing, bare)
        within = [each for _key, each in thing.items()]
    elif isinstance(thing, pikepdf.Array):
        within = list(thing)
    else:
        return
    if deep > _DEEP:
        raise Unreadable("too-large")
    for each in within:
        if isinstance(each, pikepdf.Object) and not each.is_indirect:
            _object(each, bare, deep + 1)


def _traces(thing, bare: bool) -> None:
    for key in _GONE:
        if key in thing:
            del thing[key]
    if "/Title" in thing and "/A" in thing and str(thing.A.get("/S", "")) not in _ACTIONS:
        del thing["/A"]  # a bookmark that runs something
    for key in _REPLACED if bare else ():
        if key in thing:
            del thing[key]
