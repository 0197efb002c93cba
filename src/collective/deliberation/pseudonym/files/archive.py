"""The parts of a zipped office document, unpacked one at a time and within bounds."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from collective.deliberation.pseudonym.files.passages import Budget
from collective.deliberation.pseudonym.files.passages import MAX_PART
from collective.deliberation.pseudonym.files.passages import Unreadable
from contextlib import contextmanager


_BLOCK = 1 << 16


@contextmanager
def opened(data: bytes) -> Iterator[zipfile.ZipFile]:
    """The archive.

    :raises Unreadable: when it is none, or a part of it is encrypted
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):  # OLE: how Office wraps an encrypted OOXML document
        raise Unreadable("encrypted")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if any(member.flag_bits & 1 for member in archive.infolist()):
                raise Unreadable("encrypted")
            yield archive
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError):
        raise Unreadable("corrupt") from None


def members(archive: zipfile.ZipFile, budget: Budget) -> Iterator[zipfile.ZipInfo]:
    """Its parts; two of one name are refused: programs don't agree on which one counts."""
    seen = set()
    for member in archive.infolist():
        budget.spend(parts=1)
        if member.filename.lower() in seen:
            raise Unreadable("corrupt")
        seen.add(member.filename.lower())
        if not member.is_dir():
            yield member


def unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget) -> bytes:
    """The bytes of a part: what its header promises isn't believed."""
    data = bytearray()
    with archive.open(member) as stream:
        while block := stream.read(_BLOCK):
            budget.spend(bytes=len(block))
            data += block
            if len(data) > MAX_PART:
                raise Unreadable("too-large")
    return bytes(data)
