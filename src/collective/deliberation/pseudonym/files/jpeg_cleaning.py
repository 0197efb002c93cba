"""A JPEG (ITU-T T.81) with only what its pixels need, and its colour profile: shorter, or of the same length."""

from collections.abc import Iterator
from collective.deliberation.pseudonym.files.passages import Unreadable
from typing import NamedTuple


_END = 0xD9
_SCAN = 0xDA
_COMMENT = b"\xff\xfe"
_JFIF = 12  # bytes of its header; a small picture may follow


class _Segment(NamedTuple):
    """``start`` is where its marker begins, ``begin`` and ``end`` hold its content; of a scan from its length on."""

    marker: int
    start: int
    begin: int
    end: int


def clean(data: bytes) -> bytes:
    """
    :raises Unreadable: when its segments don't follow each other
    """
    out = bytearray(b"\xff\xd8")
    for segment in _segments(data):
        content = data[segment.begin : segment.end]
        head = b"\xff" + bytes((segment.marker,))
        if segment.marker == _SCAN:
            out += head + content
        elif _is_jfif(segment, content):
            out += head + (_JFIF + 4).to_bytes(2, "big") + content[:_JFIF] + b"\0\0"
        elif segment.marker != _END and _is_shown(segment, content):
            out += head + (len(content) + 2).to_bytes(2, "big") + content
    return bytes(out + b"\xff\xd9")


def blanks(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Where what ``clean`` leaves out stands, and what to put there instead: comments of zeros, nothing is moved.

    :raises Unreadable: as ``clean`` does
    """
    for start, blank in _blanks(data):
        if data[start : start + len(blank)] != blank:
            yield start, blank


def _blanks(data: bytes) -> Iterator[tuple[int, bytes]]:
    for segment in _segments(data):
        content = data[segment.begin : segment.end]
        if segment.marker == _END:
            yield segment.end, bytes(len(data) - segment.end)
        elif _is_jfif(segment, content):
            yield segment.begin + _JFIF, bytes(len(content) - _JFIF)
        elif not _is_shown(segment, content):
            length = data[segment.begin - 2 : segment.begin]
            yield segment.start, _COMMENT + length + bytes(len(content))


def _is_jfif(segment: _Segment, content: bytes) -> bool:
    return segment.marker == 0xE0 and content.startswith(b"JFIF\0") and len(content) >= _JFIF


def _is_shown(segment: _Segment, content: bytes) -> bool:
    """Whether the pixels need it: no application's own segment but a profile and Adobe's colours, and no comment."""
    if segment.marker == 0xE2:
        return content.startswith(b"ICC_PROFILE\0")
    return segment.marker == 0xEE or not (0xE0 <= segment.marker <= 0xEF or segment.marker == 0xFE)


def _segments(data: bytes) -> Iterator[_Segment]:
    """Those with content; a scan with all that follows up to a marker; the end, if the picture has one."""
    if not data.startswith(b"\xff\xd8"):
        raise Unreadable("corrupt")
    position = 2
    while True:
        while data[position : position + 2] == b"\xff\xff":
            position += 1
        if len(data) < position + 2 or data[position] != 0xFF:
            raise Unreadable("corrupt")
        start, marker = position, data[position + 1]
        position += 2
        if marker == _END:
            yield _Segment(marker, start, position, position)
            return
        if marker == 0x01 or 0xD0 <= marker <= 0xD7:
            continue
        size = int.from_bytes(data[position : position + 2], "big")
        if size < 2 or position + size > len(data):
            raise Unreadable("corrupt")
        if marker != _SCAN:
            yield _Segment(marker, start, position + 2, position + size)
            position += size
            continue
        end = _end_of_scan(data, position + size)
        yield _Segment(marker, start, position, end)
        if end == len(data):  # cut off: decoders show what there is
            return
        position = end


def _end_of_scan(data: bytes, end: int) -> int:
    while True:
        end = data.find(b"\xff", end)
        if end < 0 or end + 1 >= len(data):
            return len(data)
        if data[end + 1] == 0 or 0xD0 <= data[end + 1] <= 0xD7:
            end += 2
        elif data[end + 1] == 0xFF:
            end += 1
        else:
            return end
