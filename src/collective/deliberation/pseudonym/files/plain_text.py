"""Text and CSV in the encodings they come in."""

import codecs
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


def read(data: bytes, budget: Budget) -> Reading:
    """Its text, in every encoding that it may be in."""
    if len(data) > MAX_PART:
        raise Unreadable("too-large")
    reading = Reading()
    for text in decodings(data):
        reading.add(budget, "text", text)
    return reading


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
