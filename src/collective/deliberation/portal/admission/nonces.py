"""The signed requests that were here already, until they would be too old anyway: no one is taken twice.

In the database, so that all Zope clients of a portal know them; each institution has its own.
"""

from BTrees.OLBTree import OLBucket
from collective.deliberation.publishing.signatures.checking import SKEW
from persistent import Persistent
from zlib import crc32
from zope.annotation.interfaces import IAnnotations


KEY = "collective.deliberation.nonces"
SHELVES = 256
STAYS = ("", 2**62)  # in each shelf: two requests that come at once can't be merged in an empty one


class Nonces(Persistent):
    """Shelves that neither split nor empty, so that requests at the same time are merged by ZODB."""

    shelves: tuple[OLBucket, ...] | None = (
        None  # nonce: when its request ends, in seconds since 1970
    )

    def is_new(self, nonce: str, expires: int, now: float) -> bool:
        """Remember a nonce; ``False`` when it is known."""
        if self.shelves is None:
            self.shelves = tuple(OLBucket([STAYS]) for _ in range(SHELVES))
        shelf = self.shelves[crc32(nonce.encode()) % SHELVES]
        for known, until in list(shelf.items()):
            if until < now - SKEW:
                del shelf[known]
        if nonce in shelf:
            return False
        shelf[nonce] = expires
        return True


def nonces_of(institution) -> Nonces:
    annotations = IAnnotations(institution)
    if KEY not in annotations:
        annotations[KEY] = Nonces()
    return annotations[KEY]
