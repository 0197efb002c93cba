"""The signed requests that were here already, until they would be too old anyway: no one is taken twice.

In the database, so that all Zope clients of a portal know them; each institution has its own.
"""

from BTrees.IOBTree import IOBTree
from BTrees.OOBTree import OOTreeSet
from collective.deliberation.publishing.signatures.checking import SKEW
from persistent import Persistent
from zope.annotation.interfaces import IAnnotations


KEY = "collective.deliberation.nonces"
SLOT = 60  # seconds; requests that end in the same slot are forgotten together


class Nonces(Persistent):
    def __init__(self):
        self.slots = IOBTree()  # end of validity // SLOT: the nonces

    def is_new(self, nonce: str, expires: int, now: float) -> bool:
        """Remember a nonce; ``False`` when it is known."""
        last = int(now - SKEW) // SLOT - 1
        for slot in list(self.slots.keys(max=last)):
            del self.slots[slot]
        slot = expires // SLOT
        if slot not in self.slots:
            self.slots[slot] = OOTreeSet()
        return bool(self.slots[slot].insert(nonce))


def nonces_of(institution) -> Nonces:
    annotations = IAnnotations(institution)
    if KEY not in annotations:
        annotations[KEY] = Nonces()
    return annotations[KEY]
