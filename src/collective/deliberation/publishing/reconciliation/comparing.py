"""Compare what a desk says it sent with what a portal says it has. Pure, and in one pass over both."""

from collections.abc import Iterable
from collections.abc import Iterator
from typing import Literal
from typing import NamedTuple


Kind = Literal["missing", "stale", "ahead", "altered", "surplus"]


class Ours(NamedTuple):
    """What the desk knows of one object: the last thing that the portal confirmed."""

    uid: str
    revision: int
    hash: str  # of the document; empty when it was a withdrawal, or isn't known
    public: bool
    under_way: bool  # a job is being sent, or waits: what the portal has may be either


class Theirs(NamedTuple):
    """One entry of the portal's list."""

    uid: str
    kind: str  # "meeting", "item", "" when it only ever was withdrawn
    revision: int
    hash: str
    withdrawn: bool
    url: str


class Difference(NamedTuple):
    """``missing`` is public on the desk's side only, ``surplus`` on the portal's only; ``stale`` and
    ``ahead`` are other revisions, ``altered`` another content under the same revision.
    """

    uid: str
    what: Kind
    ours: int  # revision; 0 when the desk knows nothing of it
    theirs: int
    kind: str
    url: str


def differences(ours: Iterable[Ours], theirs: Iterable[Theirs]) -> Iterator[Difference]:
    """The differences between two lists, each in the order of UIDs."""
    for left, right in _pairs(iter(ours), iter(theirs)):
        if left is not None and left.under_way:
            continue
        what = _what(left, right)
        if what is not None:
            yield Difference(
                (left or right).uid,
                what,
                left.revision if left is not None else 0,
                right.revision if right is not None else 0,
                right.kind if right is not None else "",
                right.url if right is not None else "",
            )


def _what(left: Ours | None, right: Theirs | None) -> Kind | None:
    here = left is not None and left.public
    there = right is not None and not right.withdrawn
    if not here:
        return "surplus" if there else None
    if not there:
        return "missing"
    if left.revision != right.revision:
        return "stale" if right.revision < left.revision else "ahead"
    return "altered" if left.hash and left.hash != right.hash else None


def _pairs(ours, theirs) -> Iterator[tuple[Ours | None, Theirs | None]]:
    left, right = next(ours, None), next(theirs, None)
    while left is not None or right is not None:
        if right is None or (left is not None and left.uid < right.uid):
            yield left, None
            left = next(ours, None)
        elif left is None or right.uid < left.uid:
            yield None, right
            right = next(theirs, None)
        else:
            yield left, right
            left, right = next(ours, None), next(theirs, None)
