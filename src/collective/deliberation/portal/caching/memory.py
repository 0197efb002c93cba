"""Whole answers in the memory of one process: bounded, and never used without asking the database. Pure.

Answers to questions (an address with ``?``) have a shelf of their own, so that nobody who asks ever other
questions can push the pages out.
"""

from collections import OrderedDict
from collections.abc import Hashable
from collective.deliberation.portal.pages.answer import Validators
from dataclasses import dataclass
from threading import Lock


OVERHEAD = 1_000  # bytes, for what an entry costs beside its body


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer, and what it was made from."""

    body: bytes
    validators: Validators
    headers: tuple[tuple[str, str], ...]
    database: str  # the name of that of these objects
    serials: tuple[tuple[bytes, bytes], ...]  # oid and serial of each object it depends on
    until: float  # POSIX time at which it may change by itself

    @property
    def size(self) -> int:
        return len(self.body) + OVERHEAD


class Shelf:
    """The answers used last, up to a number of them and of bytes. Safe for threads."""

    def __init__(self, entries: int, size: int):
        self.entries, self.size = entries, size
        self.used = 0  # bytes
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> Kept | None:
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
            return kept

    def put(self, key: Hashable, kept: Kept) -> None:
        """Keep it, unless it alone would take more than an eighth of the room."""
        if kept.size > self.size // 8:
            return
        with self._lock:
            self._drop(key)
            self._kept[key] = kept
            self.used += kept.size
            while len(self._kept) > self.entries or self.used > self.size:
                self._drop(next(iter(self._kept)))

    def drop(self, key: Hashable) -> None:
        with self._lock:
            self._drop(key)

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self.used = 0

    def _drop(self, key: Hashable) -> None:
        kept = self._kept.pop(key, None)
        if kept is not None:
            self.used -= kept.size
