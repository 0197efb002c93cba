"""An institution's index of what it received: by UID, and files by their SHA-256.

It answers "which object, at which revision" and "is this file known" without a catalog and without
loading an object, and it remembers what was withdrawn before it came.
"""

from BTrees.OOBTree import OOBTree
from persistent import Persistent
from typing import NamedTuple
from ZODB.blob import Blob
from zope.annotation.interfaces import IAnnotations


KEY = "collective.deliberation.received"
NEVER_UNUSED = ("", float("inf"))


class Entry(NamedTuple):
    """The last thing heard of one UID."""

    kind: str  # "meeting", "item", or "" when it was withdrawn before it ever came
    path: str  # below the institution; "" when nothing ever stood there
    revision: int
    hash: str  # content hash; "" when withdrawn
    withdrawn: bool


class FileWords(Persistent):
    """The text of a file, in a record of its own: who serves the file doesn't load it."""

    def __init__(self, text: str):
        self.text = text


class StoredFile(Persistent):
    """The bytes of one file, once per institution, with the UIDs of the objects that show it."""

    words: FileWords | None = None  # None: not read yet (see ``portal.reading``)

    def __init__(self, blob: Blob, size: int):
        self.blob = blob
        self.size = size
        self.users: frozenset[str] = frozenset()


class Upload(Persistent):
    """A large file that comes in parts, each of which survives a cut; not served, not known by its hash."""

    def __init__(self, size: int, since: float):
        self.size = size  # of the whole file, as announced
        self.since = since  # seconds since 1970
        self.parts: tuple[Blob, ...] = ()
        self.received = 0


class Received(Persistent):
    uploads: OOBTree | None = None  # SHA-256: Upload; made with the first one
    next_sweep = 0.0  # seconds since 1970: when to look again for what nobody needs

    def __init__(self):
        self.entries = OOBTree()  # UID: Entry
        self.files = OOBTree()  # SHA-256: StoredFile
        # SHA-256 of files without a user: since (seconds since 1970). The first entry never leaves: files that
        # come and documents that take them at the same time can't be merged where a first key goes.
        self.unused = OOBTree([NEVER_UNUSED])


def received(institution) -> Received:
    """The index, for writing: made when there is none."""
    annotations = IAnnotations(institution)
    if KEY not in annotations:
        annotations[KEY] = Received()
    return annotations[KEY]


def peek(institution) -> Received:
    """The index, for reading: an empty one that is not stored when there is none."""
    found = IAnnotations(institution).get(KEY)
    return Received() if found is None else found
