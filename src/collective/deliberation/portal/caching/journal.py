"""What caches are still to be told of a portal's publications, in its database. Empty without caches.

An entry is written by the transaction that makes something stale, and taken out by another, after the caches took it.
Each gets one of several lanes at random, so that two publications seldom write into one, and can be merged when they do.
"""

import time
from BTrees.OOBTree import OOBTree
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from collective.deliberation.interfaces import IPortalLayer
from persistent import Persistent
from plone.browserlayer.utils import registered_layers
from secrets import token_hex
from zope.annotation.interfaces import IAnnotations


KEY = "collective.deliberation.purges"
LANES = 16
FIRST = ""  # stays: a tree that becomes empty, or loses its first key, can't be merged


class Journal(Persistent):
    def __init__(self):
        self.lanes = tuple(OOBTree({FIRST: ()}) for _each in range(LANES))

    def write(self, id: str, stale: Iterable[str]) -> None:
        self._lane(id)[id] = tuple(sorted(stale))

    def remove(self, ids: Iterable[str]) -> None:
        for id in ids:
            self._lane(id).pop(id, None)

    def held(self, ids: Iterable[str]) -> list[str]:
        """Those of these entries that are here."""
        return [id for id in ids if id in self._lane(id)]

    def entries(self, until: float = float("inf")) -> Iterator[tuple[str, Collection[str]]]:
        """``(id, keys)`` of what was written until then, in seconds since 1970."""
        last = _begin(until) if until != float("inf") else "~"
        for lane in self.lanes:
            yield from lane.items(min=FIRST, max=last, excludemin=True)

    def __len__(self) -> int:
        return sum(len(lane) - 1 for lane in self.lanes)

    def _lane(self, id: str) -> OOBTree:
        return self.lanes[int(id[-1], 16) % LANES]


def new_id() -> str:
    return f"{_begin(time.time())}-{token_hex(4)}"


def of(site) -> Journal | None:
    """A portal's journal, for writing: made when there is none; ``None`` for what is no portal."""
    if site is None:
        return None
    found = peek(site)
    if found is not None or IPortalLayer not in registered_layers():
        return found
    IAnnotations(site)[KEY] = Journal()
    return IAnnotations(site)[KEY]


def peek(site) -> Journal | None:
    """A site's journal, for reading."""
    annotations = IAnnotations(site, None)
    return annotations.get(KEY) if annotations is not None else None


def forget(site) -> None:
    """Take it away, when the portal is uninstalled."""
    IAnnotations(site).pop(KEY, None)


def _begin(when: float) -> str:
    return f"{int(when * 1e6):017d}"
