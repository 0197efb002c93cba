"""Send what is too long for memory and comes from the database: written to a file first, then streamed."""

from collections.abc import Iterable
from tempfile import TemporaryFile
from zope.interface import implementer
from ZPublisher.Iterators import IStreamIterator


BLOCK = 1 << 16  # bytes


@implementer(IStreamIterator)
class Spooled:
    """A file that ends with its answer. The database is closed by the time the publisher reads it."""

    def __init__(self, parts: Iterable[bytes]):
        self.file = TemporaryFile()
        for part in parts:
            self.file.write(part)
        self.size = self.file.tell()
        self.file.seek(0)

    def __len__(self) -> int:
        return self.size

    def __iter__(self):
        return self

    def __next__(self) -> bytes:
        block = self.file.read(BLOCK)
        if not block:
            raise StopIteration
        return block

    next = __next__

    def read(self, size: int = -1) -> bytes:
        return self.file.read(size)

    def seek(self, *position) -> int:
        return self.file.seek(*position)

    def tell(self) -> int:
        return self.file.tell()

    def close(self) -> None:
        self.file.close()


def spooled(parts: Iterable[bytes], response, method: str):
    """The body of an answer, with its length; empty for ``HEAD``."""
    body = Spooled(parts)
    response.setHeader("Content-Length", str(len(body)))
    if method == "HEAD":
        body.close()
        return ""
    return body
