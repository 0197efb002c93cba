"""Read bytes and texts as anybody would, and look for canaries: written without the product's own folding.

All letters and digits are run together, so that no tag, space or invisible sign can hide a needle.
"""

import base64
import binascii
import html
import json
import re
import unicodedata
import urllib.parse
import zlib
from canary.canaries import NEEDLES
from collections.abc import Iterator


_ALIKE = str.maketrans(
    dict(zip("авекмнорстухіјԁһӏѕԛԝьпг", "abekmhopctyxijdhlsqwbnr", strict=True))
    | dict(zip("αβεζηικνορτυχωγμσς", "abeznikvoptuxwyuoc", strict=True))
    | dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz", strict=True))
    | {"đ": "d", "ł": "l", "ı": "i", "ø": "o", "ð": "d", "þ": "", "œ": "oe", "æ": "ae"}
)
_CAPITALS = str.maketrans(
    dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "abezhikmnoptyx", strict=True))
    | dict.fromkeys("\u3164\u115f\u1160", "")
)
_TAG = re.compile(r"<[!/?a-zA-Z][^<>]*>")
_COMMENT = re.compile(r"<!--|-->")
_BASE64 = re.compile(r"[A-Za-z0-9+/]{12,}={0,2}")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_STYLE_ESCAPE = re.compile(r"\\([0-9a-fA-F]{6})")
_DEPTH = 3


def leaks(content: bytes | str, needles: dict[str, str] = NEEDLES) -> list[str]:
    """The needles that can be read in some way, sorted."""
    found: set[str] = set()
    for reading in readings(content):
        run = solid(reading)
        found.update(needle for needle in needles if needle in run)
    return sorted(found)


def plainly(content: bytes | str, needles: dict[str, str] = NEEDLES) -> list[str]:
    """The needles that can be read as they stand: much faster, for much that nobody wrote by hand."""
    text = content if isinstance(content, str) else content.decode("utf-8", "ignore")
    run = solid(text)
    return sorted(needle for needle in needles if needle in run)


def solid(text: str) -> str:
    """Letters and digits only, in their plainest shape."""
    if text.isascii():
        return "".join(filter(str.isalnum, text.lower()))
    text = unicodedata.normalize("NFKD", text).translate(_CAPITALS).casefold().translate(_ALIKE)
    text = unicodedata.normalize("NFKD", text)
    return "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in text if c.isalnum())


def readings(content: bytes | str) -> Iterator[str]:
    """The text, and what it becomes when tags are left out and escapes are undone."""
    texts = [content] if isinstance(content, str) else list(_decoded(content))
    seen: set[str] = set()
    for _ in range(_DEPTH):
        deeper: list[str] = []
        for text in texts:
            if text not in seen:
                seen.add(text)
                yield text
                deeper += _undone(text)
        texts = deeper


def _decoded(content: bytes) -> Iterator[str]:
    if content[:2] == b"\x1f\x8b":
        content = zlib.decompress(content, 31)
    yield content.decode("utf-8", "replace")
    yield content.decode("latin-1")
    if b"\0" in content:
        for code in ("utf-16-le", "utf-16-be"):
            yield content.decode(code, "ignore")


def _undone(text: str) -> Iterator[str]:
    if "<" in text:
        yield _TAG.sub("", _COMMENT.sub("", text))
    if "&" in text:
        yield html.unescape(text)
    if "%" in text:
        yield urllib.parse.unquote(text)
        yield urllib.parse.unquote(text, "latin-1")
    if "\\u" in text:
        yield _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    if "\\0" in text:
        yield _STYLE_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    for match in _BASE64.finditer(text):
        try:
            data = base64.b64decode(match[0] + "=" * (-len(match[0]) % 4))
        except (ValueError, binascii.Error):
            continue
        yield data.decode("utf-8", "ignore")
        yield data.decode("latin-1")


def strings_of(value) -> str:
    """A JSON value on one line, with its letters as they are."""
    return json.dumps(value, ensure_ascii=False, default=str)
