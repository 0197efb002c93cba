"""A PDF of scanned pages of any size, written page by page: noise, the same at each run."""

import io
from PIL import ExifTags
from PIL import Image
from random import Random
from typing import BinaryIO


SIDE = 1024  # pixels of a page; its picture has about a megabyte


def write_scans(target: BinaryIO, megabytes: int, author: str) -> None:
    """``megabytes`` pages of a picture each; ``author`` is in the document's metadata and those of each other picture."""
    places: list[int] = []

    def put(content: bytes) -> None:
        places.append(target.tell())
        target.write(b"%d 0 obj\n%s\nendobj\n" % (len(places), content))

    target.write(b"%PDF-1.7\n")
    pages = range(megabytes)
    kids = b" ".join(b"%d 0 R" % (4 + 3 * page) for page in pages)
    put(b"<</Type/Catalog/Pages 2 0 R>>")
    put(b"<</Type/Pages/Count %d/Kids[%s]>>" % (megabytes, kids))
    put(b"<</Author(%s)>>" % author.encode("ascii"))
    for page in pages:
        first = len(places) + 1
        put(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</XObject<</Im %d 0 R>>>>>>" % (first + 1, first + 2)
        )
        put(_stream(b"", b"q 595 0 0 842 0 0 cm /Im Do Q"))
        kind = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray" % (
            SIDE,
            SIDE,
        )
        put(
            _stream(
                kind + b"/BitsPerComponent 8/Filter/DCTDecode",
                _noise(page, author if page % 2 else ""),
            )
        )
    table = target.tell()
    target.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    target.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    target.write(b"trailer\n<</Size %d/Root 1 0 R/Info 3 0 R>>\n" % (len(places) + 1))
    target.write(b"startxref\n%d\n%%%%EOF\n" % table)


def _stream(kind: bytes, data: bytes) -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (kind, len(data), data)


def _noise(seed: int, artist: str) -> bytes:
    out, exif = io.BytesIO(), Image.Exif()
    if artist:
        exif[ExifTags.Base.Artist] = artist
    noise = Random(seed).randbytes(SIDE * SIDE)
    Image.frombytes("L", (SIDE, SIDE), noise).save(out, "JPEG", quality=94, exif=exif)
    return out.getvalue()
