"""A file of any size as bytes to look into: mapped from an open descriptor, never held as a whole.

What is looked at is in the system's cache of files, which takes it back when it needs the room: it is no memory of
the process.
"""

import ctypes
import io
import mmap
import os
from collections.abc import Iterable
from collective.deliberation.pseudonym.files.passages import MAX_FILE
from collective.deliberation.pseudonym.files.passages import MAX_HELD
from collective.deliberation.pseudonym.files.passages import Unreadable
from typing import BinaryIO


_READ = 1 << 14  # bytes read together for a library that seeks a lot


class Mapped(mmap.mmap):
    """The bytes of an open file, which has some and doesn't change.

    :raises ValueError: for an empty file
    """

    descriptor: int

    def __new__(cls, descriptor: int):
        # PDFium wants an address, and only what may be written has one here: a private copy of which no page is made.
        made = super().__new__(cls, descriptor, 0, access=mmap.ACCESS_COPY)
        made.descriptor = descriptor
        return made


class Patched(Mapped):
    """Other bytes at some places: the pages of those are this process's own, and the file isn't changed."""


File = bytes | Mapped


def mapped(descriptor: int) -> File:
    """The file that is open there.

    :raises Unreadable: when it is larger than any file that is read
    """
    size = os.fstat(descriptor).st_size
    if size > MAX_FILE:
        raise Unreadable("too-large")
    return Mapped(descriptor) if size else b""


def stream_of(file: File) -> BinaryIO:
    """For a library that reads files: to be closed."""
    if isinstance(file, Patched):
        return io.BufferedReader(Piece(file, 0, len(file)), _READ)
    if isinstance(file, Mapped):
        return open(file.descriptor, "rb", closefd=False)
    return io.BytesIO(file)


def patched(file: File, changes: Iterable[tuple[int, bytes]]) -> File:
    """The file with other bytes at some places, of which none is beyond its end."""
    made = Patched(file.descriptor) if isinstance(file, Mapped) else bytearray(file)
    for start, data in changes:
        made[start : start + len(data)] = data
    return made if isinstance(made, Mapped) else bytes(made)


def buffer_of(file: File) -> bytes | ctypes.Array:
    """For a library in C that wants an address."""
    if isinstance(file, Mapped):
        return (ctypes.c_char * len(file)).from_buffer(file)
    return file


class Piece(io.RawIOBase):
    """A piece of a file as one of its own, to be read."""

    def __init__(self, file: File, start: int, size: int):
        self.file, self.start, self.size, self.at = file, start, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self.at = max(0, (0, self.at, self.size)[whence] + offset)
        return self.at

    def readinto(self, buffer) -> int:
        size = max(0, min(len(buffer), self.size - self.at))
        buffer[:size] = self.file[self.start + self.at : self.start + self.at + size]
        self.at += size
        return size


def held(file: File) -> bytes:
    """All of it in memory.

    :raises Unreadable: when that is too much
    """
    if len(file) > MAX_HELD:
        raise Unreadable("too-large")
    return bytes(file)
