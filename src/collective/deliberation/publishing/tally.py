"""What became of tries to deliver, counted for ever in the desk's database.

Each count is part of the transaction that notes the end of a try: none is lost with a process, none counts twice.
"""

from collections import Counter
from collections.abc import Iterable
from persistent import Persistent
from typing import Any
from typing import Literal
from zlib import crc32


Result = Literal["sent", "failed", "parked"]
RESULTS: tuple[Result, ...] = ("sent", "failed", "parked")
Span = Literal["waiting", "sending"]
BOUNDS = (0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0, 1800.0, 7200.0, float("inf"))  # seconds
SHARDS = 16  # deliverers that count at once seldom write the same record


class Tally(Persistent):
    """Numbers that only grow; those of two transactions at once are added up, not in conflict."""

    def __init__(self):
        self.numbers: dict[tuple[str, ...], float] = {}  # replaced whole, never changed in place

    def count(self, result: Result) -> None:
        self._add({(result,): 1})

    def measure(self, span: Span, seconds: float) -> None:
        bound = next(each for each in BOUNDS if seconds <= each)
        self._add({(span, "le", repr(bound)): 1, (span, "sum"): seconds})

    def _add(self, more: dict[tuple[str, ...], float]) -> None:
        self.numbers = dict(_sum((self.numbers, more)))

    def _p_resolveConflict(  # noqa: N802 (ZODB)
        self, old: dict[str, Any], saved: dict[str, Any], new: dict[str, Any]
    ) -> dict[str, Any]:
        merged = _sum((saved["numbers"], new["numbers"]))
        merged.subtract(old["numbers"])
        return {**new, "numbers": dict(merged)}


def _sum(all: Iterable[dict[tuple[str, ...], float]]) -> Counter[tuple[str, ...]]:
    found: Counter[tuple[str, ...]] = Counter()
    for each in all:
        found.update(each)
    return found


def shard(owner: str) -> int:
    """Where a deliverer counts."""
    return crc32(owner.encode()) % SHARDS


def counted(tallies: Iterable[Tally], result: Result) -> int:
    return int(_sum(each.numbers for each in tallies)[(result,)])


def histogram(tallies: Iterable[Tally], span: Span) -> tuple[dict[float, int], float]:
    """How many took at most so many seconds, for each of ``BOUNDS``; and all seconds together."""
    numbers, up_to, buckets = _sum(each.numbers for each in tallies), 0, {}
    for bound in BOUNDS:
        up_to += int(numbers[span, "le", repr(bound)])
        buckets[bound] = up_to
    return buckets, float(numbers[span, "sum"])
