"""Which files wait to be read, in the database: noted in the transaction that receives, so none is forgotten.

A file is taken by a lease. Who dies while reading leaves a lease that ends; who dies of a file again and again
is not given it any more.
"""

from BTrees.OOBTree import OOBTree
from collections.abc import Mapping
from collective.deliberation.portal.received import peek
from collective.deliberation.pseudonym.files.analysis import family_of
from persistent import Persistent
from typing import NamedTuple
from zope.annotation.interfaces import IAnnotations


KEY = "collective.deliberation.reading"
FAMILIES = ("pdf", "office", "text")
TRIES = 3
LEASE = 600.0  # seconds; reading ends before


class File(NamedTuple):
    """One file of one institution that waits."""

    institution: str  # id of its folder
    sha256: str
    mime: str
    tries: int = 0
    free_from: float = 0.0  # seconds since 1970


class Waiting(Persistent):
    def __init__(self):
        self.files = OOBTree()  # "institution/sha256": File

    def claim(self, now: float) -> File | None:
        """Take a file that nobody reads now; ``None`` when there is none."""
        for key, file in self.files.items():
            if file.free_from <= now:
                taken = file._replace(tries=file.tries + 1, free_from=now + LEASE)
                self.files[key] = taken
                return taken
        return None

    def done(self, file: File) -> None:
        self.files.pop(_key(file.institution, file.sha256), None)


def waiting(site) -> Waiting | None:
    """The files that wait; ``None`` when none ever did."""
    return IAnnotations(site).get(KEY)


def add(institution, mimes: Mapping[str, str]) -> None:
    """Have files read that are used from now on: media types by SHA-256."""
    known = peek(institution).files
    wanted = {
        sha256: mime
        for sha256, mime in mimes.items()
        if family_of(mime) in FAMILIES and sha256 in known and known[sha256].words is None
    }
    if not wanted:
        return
    annotations = IAnnotations(institution.aq_parent)
    if KEY not in annotations:
        annotations[KEY] = Waiting()
    for sha256, mime in wanted.items():
        key = _key(institution.getId(), sha256)
        if key not in annotations[KEY].files:
            annotations[KEY].files[key] = File(institution.getId(), sha256, mime)


def _key(institution: str, sha256: str) -> str:
    return f"{institution}/{sha256}"
