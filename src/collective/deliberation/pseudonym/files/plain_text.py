"""Text and CSV in the encodings they come in."""

import codecs
import re
from collections.abc import Callable
from collective.deliberation.pseudonym.files.passages import Budget
from collective.deliberation.pseudonym.files.passages import MAX_PART
from collective.deliberation.pseudonym.files.passages import Reading
from collective.deliberation.pseudonym.files.passages import Unreadable


_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What Windows, DOS and old Macintosh software writes in French.
_OLD = ("cp1252", "cp850", "mac-roman", "latin-1")

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# A letter or digit, what an accent takes in one of the encodings, then signs: as often as it comes.
_NARROW = re.compile(rb"[\x80-\xff]{0,2}(?:[A-Za-z0-9][\x80-\xff]{0,4}[ ,.'/@:+-]{0,2}){4,}")
_WIDE_LITTLE = re.compile(rb"(?:[\x20-\xff]\x00){4,}")
_WIDE_BIG = re.compile(rb"(?:\x00[\x20-\xff]){4,}")


def read(data: bytes, budget: Budget) -> Reading:
    """Its text, in every encoding that it may be in."""
    return _reading(data, decodings, budget)


def read_unknown(data: bytes, budget: Budget) -> Reading:
    """The texts in bytes of a kind that isn't known."""
    return _reading(data, texts_in, budget)


def _reading(data: bytes, texts: Callable[[bytes], list[str]], budget: Budget) -> Reading:
    if len(data) > MAX_PART:
        raise Unreadable("too-large")
    reading = Reading()
    for text in texts(data):
        reading.add(budget, "text", text)
    return reading


def texts_in(data: bytes) -> list[str]:
    """What can be read in bytes that may be text, or a program's own format with texts in it."""
    try:
        return [data.decode("utf-8-sig")] if b"\0" not in data else _runs(data)
    except UnicodeDecodeError:
        return _runs(data) if _CONTROL.search(data) else decodings(data)


def _runs(data: bytes) -> list[str]:
    """Runs of letters and digits with signs between them; each letter of one byte or of two."""
    narrow = b"\n".join(_NARROW.findall(data))
    found = [narrow.decode(each, "replace") for each in ("utf-8", *_OLD[:3])] if narrow else []
    for pattern, encoding in ((_WIDE_LITTLE, "utf-16-le"), (_WIDE_BIG, "utf-16-be")):
        found += ["\n".join(run.decode(encoding) for run in pattern.findall(data))]
    return list(dict.fromkeys(filter(None, found)))


def decodings(data: bytes) -> list[str]:
    """The ways to read bytes as text: one when they say which, several when they don't."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return [data.decode(encoding, "replace")]
    if b"\0" in data:
        found = [data.decode(encoding, "replace") for encoding in ("utf-16-le", "utf-16-be")]
        return [*found, data.replace(b"\0", b"").decode("cp1252", "replace")]
    try:
        return [data.decode("utf-8")]
    except UnicodeDecodeError:
        return list(dict.fromkeys(data.decode(each, "replace") for each in _OLD))
