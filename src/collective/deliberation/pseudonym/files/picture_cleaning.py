"""A picture without what it says of its making: same pixels, turned as they are meant to be seen.

What a format's standard needs to show the picture is kept, by name; everything else goes.
"""

import io
import struct
from collective.deliberation.pseudonym.files import jpeg_cleaning
from collective.deliberation.pseudonym.files.passages import Unreadable
from collective.deliberation.pseudonym.files.picture_text import opened
from PIL import ExifTags
from PIL import Image
from PIL import ImageOps
from PIL import ImageSequence


_QUALITY = 95  # of a JPEG that has to be turned
# PNG (ISO/IEC 15948) and APNG: chunks that change what is seen.
_PNG = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP"})
_PNG |= {b"sBIT", b"pHYs", b"bKGD", b"acTL", b"fcTL", b"fdAT", b"cICP"}
_WEBP = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_WEBP_ICC, _WEBP_ALPHA, _WEBP_ANIMATED = 0x20, 0x10, 0x02


def clean(data: bytes) -> bytes:
    """The picture in its own format.

    :raises Unreadable: when it can't be read whole
    """
    with opened(data) as picture:
        kind, turned = picture.format, _turned(picture)
    if turned is not None:
        data = turned
    if kind in ("JPEG", "MPO"):
        return jpeg_cleaning.clean(data)
    if kind == "PNG":
        return _png(data)
    if kind == "WEBP":
        return _webp(data)
    if kind == "GIF":
        return _gif(data)
    if kind == "TIFF":
        return _tiff(data)
    raise Unreadable("unknown")


def _turned(picture: Image.Image) -> bytes | None:
    """The picture as its EXIF says to turn it; None when it says nothing, or is of several frames."""
    orientation = picture.getexif().get(ExifTags.Base.Orientation, 1)
    if orientation in (0, 1) or picture.format == "TIFF" or getattr(picture, "n_frames", 1) > 1:
        return None
    upright = ImageOps.exif_transpose(picture)
    kind = "JPEG" if picture.format == "MPO" else picture.format
    out = io.BytesIO()
    options = {"JPEG": {"quality": _QUALITY}, "WEBP": {"lossless": True}}.get(kind, {})
    upright.info = {}
    upright.save(out, kind, icc_profile=picture.info.get("icc_profile"), **options)
    return out.getvalue()


def _png(data: bytes) -> bytes:
    out, position = bytearray(data[:8]), 8
    while position + 12 <= len(data):
        size = int.from_bytes(data[position : position + 4], "big")
        end = position + 12 + size
        if end > len(data):
            raise Unreadable("corrupt")
        name = data[position + 4 : position + 8]
        if name in _PNG:
            out += data[position:end]
        position = end
        if name == b"IEND":
            return bytes(out)
    raise Unreadable("corrupt")


def _webp(data: bytes) -> bytes:
    chunks, position = bytearray(), 12
    while position + 8 <= len(data):
        name, size = data[position : position + 4], struct.unpack_from("<I", data, position + 4)[0]
        end = position + 8 + size + size % 2
        if name in _WEBP:
            chunk = bytearray(data[position:end])
            if name == b"VP8X":  # its flags no longer promise EXIF and XMP
                chunk[8] &= _WEBP_ICC | _WEBP_ALPHA | _WEBP_ANIMATED
            chunks += chunk
        position = end
    if not chunks:
        raise Unreadable("corrupt")
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WEBP" + bytes(chunks)


def _gif(data: bytes) -> bytes:
    """Without comments, plain texts and foreign applications (GIF89a, 24 to 26)."""
    position = 13 + (3 << ((data[10] & 7) + 1) if data[10] & 0x80 else 0)
    out = bytearray(data[:position])
    while position < len(data):
        start, kind = position, data[position]
        if kind == 0x3B:
            return bytes(out + b";")
        if kind == 0x21:
            label, position = data[position + 1], position + 2
            wanted = label == 0xF9 or (
                label == 0xFF and data[position + 1 : position + 12] == b"NETSCAPE2.0"
            )
        elif kind == 0x2C:
            flags, wanted = data[position + 9], True
            position += 10 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0) + 1
        else:
            break
        while position < len(data) and data[position]:
            position += data[position] + 1
        position += 1
        if wanted:
            out += data[start:position]
    return bytes(out + b";")


def _tiff(data: bytes) -> bytes:
    """Written anew, without loss: a TIFF's tags hold too much to sort."""
    frames = []
    with opened(data) as picture:
        for frame in ImageSequence.Iterator(picture):
            upright = ImageOps.exif_transpose(frame.copy())
            bare = Image.frombytes(upright.mode, upright.size, upright.tobytes())
            if upright.mode == "P" and upright.getpalette():
                bare.putpalette(upright.getpalette())
            frames.append((bare, frame.info.get("icc_profile"), frame.info.get("dpi")))
        first, profile, dpi = frames[0]
        out = io.BytesIO()
        first.save(
            out,
            "TIFF",
            save_all=True,
            append_images=[frame for frame, _profile, _dpi in frames[1:]],
            compression="group4" if first.mode == "1" else "tiff_adobe_deflate",
            **({"icc_profile": profile} if profile else {}),
            **({"dpi": dpi} if dpi else {}),
        )
    return out.getvalue()
