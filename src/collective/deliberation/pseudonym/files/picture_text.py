"""What a picture says beside its pixels: EXIF, XMP, IPTC, comments, any other text of the file."""

import io
import logging
import warnings
from collections.abc import Iterator
from collective.deliberation.pseudonym.files.passages import Budget
from collective.deliberation.pseudonym.files.passages import MAX_PIXELS
from collective.deliberation.pseudonym.files.passages import Reading
from collective.deliberation.pseudonym.files.passages import Unreadable
from collective.deliberation.pseudonym.files.plain_text import texts_in
from collective.deliberation.pseudonym.files.xml_text import strings_of
from contextlib import contextmanager
from PIL import ExifTags
from PIL import Image
from PIL import ImageSequence
from PIL import IptcImagePlugin


# Pillow tells a log at level DEBUG what each tag of a picture says.
logging.getLogger("PIL").setLevel(logging.CRITICAL)

_DIRECTORIES = (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo, ExifTags.IFD.Interop)
_STRUCTURE = frozenset(range(254, 270)) | {273, 277, 278, 279, 282, 283, 284, 296, 317, 320}
_STRUCTURE |= {258, 259, 262, 274, 322, 323, 324, 325, 338, 339, 347, 530, 532, 34665, 34853}
_SETTINGS = frozenset({"dpi", "jfif", "jfif_version", "jfif_unit", "jfif_density", "gamma", "loop"})
_SETTINGS |= {"progressive", "progression", "adobe", "adobe_transform", "compression", "duration"}
_SETTINGS |= {"transparency", "background", "interlace", "version", "timestamp", "aspect", "srgb"}
_SETTINGS |= {"extension", "chromaticity", "default_image", "bbox", "sizes", "mp"}

_SHOWN = (b"JFIF\0", b"Adobe", b"ICC_PROFILE\0")  # segments that tell how to show the pixels


@contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """The picture, not decoded yet.

    :raises Unreadable: when it is none, is broken, or has too many pixels
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    raise Unreadable("too-large")
                yield picture
    except Unreadable:
        raise
    except Image.DecompressionBombError:
        raise Unreadable("too-large") from None
    except (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, EOFError):
        raise Unreadable("corrupt") from None
    except (AttributeError, OverflowError, RuntimeError, ArithmeticError):
        raise Unreadable("corrupt") from None


def read(data: bytes, budget: Budget) -> Reading:
    """Its texts. Its pixels can't be searched: every frame counts as a page without text."""
    reading = Reading(pictures=1)
    with opened(data) as picture:
        reading.pages = min(getattr(picture, "n_frames", 1), 1000)
        for frame in ImageSequence.Iterator(picture):
            budget.spend(parts=1)
            for trace, text in _texts(frame):
                reading.traces.add(trace)
                reading.add(budget, "metadata", text)
    reading.blind_pages = list(range(1, reading.pages + 1))
    return reading


def _texts(picture: Image.Image) -> Iterator[tuple[str, str]]:
    exif = picture.getexif()
    for tag, value in exif.items():
        if tag not in _STRUCTURE:
            yield from (("exif", text) for text in _as_text(value))
    for directory in _DIRECTORIES:
        for value in exif.get_ifd(directory).values():
            trace = "place" if directory is ExifTags.IFD.GPSInfo else "exif"
            yield from ((trace, text) for text in _as_text(value))
    for value in (IptcImagePlugin.getiptcinfo(picture) or {}).values():
        yield from (("iptc", text) for text in _as_text(value))
    for key, value in picture.info.items():
        if key in _SETTINGS or key == "exif":
            continue
        trace = "xmp" if "xmp" in str(key).lower() else "comment"
        trace = "colours" if key == "icc_profile" else trace
        if isinstance(key, str):
            yield trace, key
        yield from ((trace, text) for text in _as_text(value))
    for _name, segment in getattr(picture, "applist", ()):  # of a JPEG: what no standard names, too
        if not segment.startswith(_SHOWN):
            yield from (("comment", text) for text in _as_text(segment))


def _as_text(value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        yield from strings_of(value.encode("utf-8", "replace")) if "<" in value else ()
    elif isinstance(value, bytes):
        found = strings_of(value) if b"<" in value else []
        yield from found or texts_in(value)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _as_text(key)
            yield from _as_text(part)
    elif isinstance(value, (list, tuple)):
        yield " ".join(str(part) for part in value if not isinstance(part, bytes))
        for part in value:
            yield from _as_text(part) if isinstance(part, (bytes, dict, str)) else ()
    elif value is not None:
        yield str(value)
