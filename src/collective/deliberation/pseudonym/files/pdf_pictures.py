"""Photographs within a PDF: what their cameras wrote is blanked where it stands, so that no picture is held.

Pictures are most of a large file. What is put into a document instead of them would be in memory until it is saved.
"""

import pikepdf
from collections.abc import Iterator
from collective.deliberation.pseudonym.files import jpeg_cleaning
from collective.deliberation.pseudonym.files.mapped import File
from collective.deliberation.pseudonym.files.mapped import patched
from collective.deliberation.pseudonym.files.pdf_parts import opened


_JPEG = (pikepdf.Name.DCTDecode, pikepdf.Array([pikepdf.Name.DCTDecode]))


def is_picture(thing) -> bool:
    return isinstance(thing, pikepdf.Stream) and str(thing.get("/Subtype", "")) == "/Image"


def blanked(file: File) -> File:
    """The file with blank places in its photographs; itself when they hold nothing of their making.

    :raises Unreadable: when it, or a photograph, can't be read whole
    """
    with opened(file) as pdf:
        changes = list(_changes(file, pdf))
    return patched(file, changes) if changes else file


def clean_left(pdf: pikepdf.Pdf) -> None:
    """Write those photographs anew that still hold something: a file that is out of order has hidden their place."""
    for stream in _photographs(pdf):
        data = stream.read_raw_bytes()
        if any(jpeg_cleaning.blanks(data)):
            cleaned = jpeg_cleaning.clean(data)
            stream.write(cleaned, filter=stream.Filter, decode_parms=stream.get("/DecodeParms"))


def _changes(file: File, pdf: pikepdf.Pdf) -> Iterator[tuple[int, bytes]]:
    table = pdf.get_xref_table()
    for stream in _photographs(pdf):
        entry = table.get(stream.objgen)
        data = stream.read_raw_bytes()
        blanks = list(jpeg_cleaning.blanks(data))
        place = file.find(data, entry.offset) if blanks and entry is not None else -1
        if place >= 0:
            yield from ((place + start, blank) for start, blank in blanks)


def _photographs(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Stream]:
    for thing in pdf.objects:
        if is_picture(thing) and thing.get("/Filter") in _JPEG:
            yield thing
