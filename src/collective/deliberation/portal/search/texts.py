"""The stems of each document in their order: what a phrase is looked up in, and what unindexing needs."""

import zlib
from BTrees.IOBTree import IOBTree
from collections.abc import Iterable
from collective.deliberation.portal.search.document import Indexed
from collective.deliberation.portal.search.postings import zones
from collective.deliberation.portal.search.words import stems
from persistent import Persistent


MAX_STEMS = 60_000  # of a document with its annexes
_BREAK = "|"  # between parts: no phrase goes across; no stem is one
_INLINE = 4096  # bytes that stand in the tree


class Long(Persistent):
    """The stems of a long document, in a record of their own."""

    def __init__(self, data: bytes):
        self.data = data


class Texts(Persistent):
    def __init__(self):
        self.tree = IOBTree()  # slot: compressed text | Long

    def text(self, slot: int) -> str:
        """Three lines of stems: title, text, annexes. Empty when there is no document."""
        return self._bytes(slot).decode()

    def holds(self, slot: int, phrases: Iterable[tuple[str, ...]]) -> bool:
        """Whether a document holds all phrases, word after word."""
        data = self._bytes(slot)
        return all(f" {' '.join(phrase)} ".encode() in data for phrase in phrases)

    def _bytes(self, slot: int) -> bytes:
        value = self.tree.get(slot)
        if value is None:
            return b""
        return zlib.decompress(value.data if isinstance(value, Long) else value)

    def keep(self, slot: int, text: str) -> None:
        data = zlib.compress(text.encode(), 1)
        self.tree[slot] = Long(data) if len(data) > _INLINE else data

    def drop(self, slot: int) -> None:
        self.tree.pop(slot, None)


def stemmed(document: Indexed) -> str:
    """A document as ``Texts`` keeps it."""
    left = MAX_STEMS
    lines = []
    for text in (document.title, document.text, document.annexes):
        parts = [stems(part) for part in text.split("\n")]
        line = f" {_BREAK} ".join(" ".join(part) for part in parts if part).split(" ")[:left]
        left -= len(line)
        lines.append(f" {' '.join(line)} ")
    return "\n".join(lines)


def zones_of(text: str) -> dict[str, str]:
    """The zone of each stem in a text of ``Texts``."""
    title, body, annexes = (line.split() for line in text.split("\n")) if text else ((), (), ())
    found = zones(title, body, annexes)
    found.pop(_BREAK, None)
    return found
