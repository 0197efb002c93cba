"""Which documents hold a stem, and where in them it stands: the inverted index of the search.

For each stem and zone the documents' slots are kept in chunks of 8,192, so that a publication writes about
a kilobyte for each of its words however many documents there are. A chunk of few documents stands in the
tree itself, a fuller one in a record of its own.
"""

import array
import sys
from BTrees.OOBTree import OOBTree
from collections.abc import Iterable
from collective.deliberation.portal.search import bits
from collective.deliberation.portal.search.bits import Bits
from persistent import Persistent


CHUNK = 8192  # slots
_BYTES = CHUNK // 8
_INLINE = 16  # slots of a chunk that stand in the tree

# Zones, by what they say of a document. A stem is in one zone of a document.
TITLE, OFTEN, TEXT, ANNEX = ZONES = "tfxa"
OFTEN_FROM = 3  # occurrences in the text


def zones(title: Iterable[str], text: Iterable[str], annexes: Iterable[str]) -> dict[str, str]:
    """The zone of each stem of a document."""
    found = dict.fromkeys(annexes, ANNEX)
    counts: dict[str, int] = {}
    for stem in text:
        counts[stem] = counts.get(stem, 0) + 1
    for stem, count in counts.items():
        found[stem] = OFTEN if count >= OFTEN_FROM else TEXT
    found.update(dict.fromkeys(title, TITLE))
    return found


class Postings(Persistent):
    def __init__(self):
        self.tree = OOBTree()  # "stem\0zone chunk": offsets (bytes) | Bits

    def add(self, slot: int, stem: str, zone: str) -> None:
        chunk, offset = divmod(slot, CHUNK)
        key = f"{stem}\0{zone}{chunk}"
        value = self.tree.get(key)
        if isinstance(value, Bits):
            value.add(offset)
            return
        offsets = _offsets(value) if value else array.array("H")
        if offset in offsets:
            return
        offsets.append(offset)
        if len(offsets) > _INLINE:
            number = 0
            for each in offsets:
                number |= 1 << each
            self.tree[key] = Bits(number)
        else:
            self.tree[key] = _stored(offsets)

    def extend(self, stem: str, zone: str, slots: Iterable[int]) -> None:
        """Add many documents at once."""
        chunks: dict[int, int] = {}
        for slot in slots:
            chunk, offset = divmod(slot, CHUNK)
            chunks[chunk] = chunks.get(chunk, 0) | 1 << offset
        for chunk, number in chunks.items():
            key = f"{stem}\0{zone}{chunk}"
            value = self.tree.get(key)
            if isinstance(value, Bits):
                value.change(value.number | number)
                continue
            if value:
                number |= bits.of(_offsets(value))
            if number.bit_count() > _INLINE:
                self.tree[key] = Bits(number)
            else:
                self.tree[key] = _stored(array.array("H", bits.members(number)))

    def remove(self, slot: int, stem: str, zone: str) -> None:
        chunk, offset = divmod(slot, CHUNK)
        key = f"{stem}\0{zone}{chunk}"
        value = self.tree.get(key)
        if isinstance(value, Bits):
            value.discard(offset)
            if not value.count:
                del self.tree[key]
        elif value is not None:
            offsets = _offsets(value)
            if offset in offsets:
                offsets.remove(offset)
            if offsets:
                self.tree[key] = _stored(offsets)
            else:
                del self.tree[key]

    def has(self, stem: str) -> bool:
        return next(iter(self._items(stem)), None) is not None

    def find(self, stem: str) -> dict[str, int]:
        """The documents of a stem by zone: sets of slots."""
        chunks: dict[str, dict[int, bytes | Bits]] = {}
        for key, value in self._items(stem):
            place = key[len(stem) + 1 :]
            chunks.setdefault(place[0], {})[int(place[1:])] = value
        return {zone: _joined(chunks.get(zone)) for zone in ZONES}

    def _items(self, stem: str):
        return self.tree.items(f"{stem}\0", f"{stem}\1")


def _joined(chunks: dict[int, bytes | Bits] | None) -> int:
    if not chunks:
        return 0
    bitmap = bytearray((max(chunks) + 1) * _BYTES)
    for chunk, value in chunks.items():
        start = chunk * _BYTES
        if isinstance(value, Bits):
            bitmap[start : start + _BYTES] = value.number.to_bytes(_BYTES, "little")
        else:
            for offset in _offsets(value):
                bitmap[start + (offset >> 3)] |= 1 << (offset & 7)
    return int.from_bytes(bitmap, "little")


def _offsets(value: bytes) -> array.array:
    found = array.array("H", value)
    if sys.byteorder == "big":
        found.byteswap()
    return found


def _stored(offsets: array.array) -> bytes:
    if sys.byteorder == "big":
        offsets = offsets[:]
        offsets.byteswap()
    return offsets.tobytes()
