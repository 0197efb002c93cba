"""Streams of a PDF, unpacked within bounds: a few bytes can stand for billions."""

import base64
import pikepdf
import zlib
from collective.deliberation.pseudonym.files.passages import Budget
from collective.deliberation.pseudonym.files.passages import MAX_PART
from collective.deliberation.pseudonym.files.passages import Unreadable


_ASCII = ("/ASCII85Decode", "/ASCIIHexDecode")
# Bytes of a stream that others unpack, by the number of filters that pack a thousandfold.
_OTHERS = (MAX_PART, 4 << 20, 4 << 10)


def unpacked(stream: pikepdf.Stream, budget: Budget) -> bytes:
    """The bytes of a stream.

    :raises Unreadable: when it is broken, or too large unpacked
    """
    raw = stream.read_raw_bytes()
    filters = stream.get("/Filter", [])
    filters = [str(each) for each in (filters if isinstance(filters, pikepdf.Array) else [filters])]
    if "/DecodeParms" not in stream and filters in (
        ["/FlateDecode"],
        ["/ASCII85Decode", "/FlateDecode"],
    ):
        data = _inflated(raw if len(filters) == 1 else _from_ascii(raw))
    else:
        packing = sum(each not in _ASCII for each in filters)
        if len(raw) > _OTHERS[min(packing, len(_OTHERS) - 1)]:
            raise Unreadable("too-large")
        data = stream.read_bytes()
    if len(data) > MAX_PART:
        raise Unreadable("too-large")
    budget.spend(bytes=len(data))
    return data


def _inflated(raw: bytes) -> bytes:
    """Up to a bound, and as far as it goes: readers show what comes before an error."""
    engine = zlib.decompressobj()
    data = bytearray()
    try:
        for start in range(0, len(raw), 1 << 16):
            data += engine.decompress(raw[start : start + (1 << 16)], MAX_PART + 1 - len(data))
            if len(data) > MAX_PART or engine.eof:
                break
    except zlib.error:
        if not data:
            raise Unreadable("corrupt") from None
    return bytes(data)


def _from_ascii(raw: bytes) -> bytes:
    try:
        return base64.a85decode(raw.strip().removeprefix(b"<~").partition(b"~")[0])
    except ValueError:
        raise Unreadable("corrupt") from None
