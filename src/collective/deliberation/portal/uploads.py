"""Large files in parts: each part that arrived whole stays, so that after a cut the next one goes on from there.

A part is a transaction of its own. The last one puts them together, in chunks, and only a file whose bytes are
those of its hash is kept; else all parts are dropped. What nobody ends is removed after a day (``files.sweep``).
"""

import re
from BTrees.OOBTree import OOBTree
from collective.deliberation import _
from collective.deliberation.portal import files
from collective.deliberation.portal.received import peek
from collective.deliberation.portal.received import received
from collective.deliberation.portal.received import Upload
from collective.deliberation.portal.refusal import Refusal
from collective.deliberation.publishing.checks import WireError
from contextlib import ExitStack
from dataclasses import dataclass
from typing import BinaryIO
from ZODB.blob import Blob


MOST = 50  # unfinished files of one institution
_RANGE = re.compile(r"bytes ([0-9]{1,12})-([0-9]{1,12})/([0-9]{1,12})")


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes ``start`` to ``end`` (not included) of a file of ``total``."""

    start: int
    end: int
    total: int

    @property
    def is_last(self) -> bool:
        return self.end == self.total


def part_of(header: str) -> Part:
    """Read ``Content-Range: bytes 0-1023/4096`` (RFC 9110, section 14.4).

    :raises WireError: when it isn't one
    """
    found = _RANGE.fullmatch(header.strip())
    if found:
        first, last, total = map(int, found.groups())
        if first <= last < total:
            return Part(first, last + 1, total)
    raise WireError("Content-Range", "must be like: bytes 0-1023/4096")


def offset(institution, sha256: str) -> int:
    """How many bytes of an unfinished file are here: where its next part begins."""
    upload = (peek(institution).uploads or {}).get(sha256)
    return upload.received if upload is not None else 0


def append(institution, sha256: str, part: Part, body: BinaryIO, now: float) -> bool:
    """Keep one part; ``True`` when it was the last one and the file is known from now on.

    :raises Refusal: when it isn't the next part, has another length than it says, or when the whole file
        isn't the one of the hash
    """
    if part.total > files.MAX_SIZE:
        raise files.too_large()
    uploads = peek(institution).uploads or {}
    upload = uploads.get(sha256)
    expected = upload.received if upload is not None else 0
    if part.start != expected or (upload is not None and upload.size != part.total):
        raise _not_next(expected)
    if upload is None and len(uploads) >= MOST:
        message = _(
            "publishing_too_many_uploads",
            default="Too many files are unfinished. End some of them, or wait a day.",
        )
        raise Refusal(429, "TooManyUploads", message, retry=True)
    blob = _kept(body, part.end - part.start)
    index = received(institution)
    if index.uploads is None:
        index.uploads = OOBTree()
    if upload is None:
        upload = index.uploads[sha256] = Upload(part.total, now)
    upload.parts = (*upload.parts, blob)
    upload.received, upload.since = part.end, now
    if not part.is_last:
        return False
    del index.uploads[sha256]
    with Joined(upload.parts) as whole:
        files.store(institution, sha256, whole, now)
    return True


class Joined:
    """The parts, one after the other, as one file to read."""

    def __init__(self, parts: tuple[Blob, ...]):
        self.parts = iter(parts)
        self.stream = None
        self.closing = ExitStack()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.closing.close()

    def read(self, size: int) -> bytes:
        while True:
            data = self.stream.read(size) if self.stream is not None else b""
            if data:
                return data
            part = next(self.parts, None)
            if part is None:
                return b""
            self.closing.close()
            self.stream = self.closing.enter_context(part.open("r"))


def _kept(body: BinaryIO, length: int) -> Blob:
    blob, left = Blob(), length
    with blob.open("w") as target:
        while left and (chunk := body.read(min(files.CHUNK, left))):
            target.write(chunk)
            left -= len(chunk)
    if left or body.read(1):
        raise WireError("Content-Range", "must have the length of the body")
    return blob


def _not_next(expected: int) -> Refusal:
    message = _(
        "publishing_offset_differs",
        default="The next part of this file begins at byte ${offset}.",
        mapping={"offset": expected},
    )
    return Refusal(409, "OffsetDiffers", message, field="Content-Range", retry=True)
