"""Which documents have which value of which dimension, and how many of a set have each."""

from BTrees.OOBTree import OOBTree
from collective.deliberation.portal.search.bits import Bits
from collective.deliberation.portal.search.document import Count
from heapq import heappush
from heapq import heapreplace
from persistent import Persistent


class Facets(Persistent):
    def __init__(self):
        self.tree = OOBTree()  # "dimension\0value": Bits
        self.labels = OOBTree()  # the same key: what a reader sees, where it isn't the value

    def add(self, slot: int, dimension: str, value: str) -> None:
        key = f"{dimension}\0{value}"
        found = self.tree.get(key)
        if found is None:
            self.tree[key] = Bits(1 << slot)
        else:
            found.add(slot)

    def remove(self, slot: int, dimension: str, value: str) -> None:
        key = f"{dimension}\0{value}"
        found = self.tree.get(key)
        if found is not None:
            found.discard(slot)
            if not found.count:
                del self.tree[key]
                self.labels.pop(key, None)

    def name(self, dimension: str, value: str, label: str) -> None:
        key = f"{dimension}\0{value}"
        if self.labels.get(key) != label:
            self.labels[key] = label

    def label(self, dimension: str, value: str) -> str:
        return self.labels.get(f"{dimension}\0{value}", value)

    def find(self, dimension: str, value: str) -> int:
        """The documents with a value: a set of slots."""
        found = self.tree.get(f"{dimension}\0{value}")
        return found.number if found is not None else 0

    def items(self, dimension: str):
        """The values of a dimension with their documents, in the order of the values."""
        start = len(dimension) + 1
        for key, found in self.tree.items(f"{dimension}\0", f"{dimension}\1"):
            yield key[start:], found

    def counts(self, dimension: str, among: int, most: int | None = None) -> list[Count]:
        """How many of a set have each value; those with none are left out; most frequent first.

        Asked for the ``most`` frequent only, it stops where no value has enough documents to be one of them.
        """
        bitmap = among.to_bytes((among.bit_length() + 7) // 8, "little")
        values = list(self.items(dimension))
        if most is not None:
            values.sort(key=lambda pair: -pair[1].count)
        best: list[int] = []
        counted = []
        for value, found in values:
            if most is not None and len(best) == most and found.count < best[0]:
                break
            count = found.count_in(among, bitmap)
            if not count:
                continue
            counted.append((-count, value))
            if most is not None:
                heappush(best, count) if len(best) < most else heapreplace(
                    best, max(count, best[0])
                )
        counted.sort()
        return [
            Count(value, self.label(dimension, value), -count) for count, value in counted[:most]
        ]
