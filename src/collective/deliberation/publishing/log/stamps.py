"""The time-stamps of one log, and when the next one is to be asked for, as they are kept in a database."""

from BTrees.IOBTree import IOBTree
from dataclasses import dataclass
from datetime import datetime
from persistent import Persistent


LEASE = 120.0  # seconds in which whoever asks must have an answer
FIRST_PAUSE = 60.0  # seconds after a failure; twice as long each time, up to the usual pause


class Reply(Persistent):
    """An authority's answer, apart from all others: only who downloads the log reads it."""

    def __init__(self, reply: bytes):
        self.reply = reply


@dataclass(frozen=True)
class Proof:
    """That the entries up to one existed at a moment."""

    number: int  # of the time-stamp's own entry
    covers: int  # number of the entry that was stamped
    moment: datetime


class Stamps(Persistent):
    failures = 0  # since the last time-stamp
    problem = ""  # of the last failure
    next = 0.0  # not to be asked for before, in seconds since 1970
    last: Proof | None = None

    def __init__(self):
        self.replies = IOBTree()  # number of an entry: Reply
        self.proofs = IOBTree()  # number of the last entry covered: Proof

    def add(self, number: int, covers: int, reply: bytes, moment: datetime) -> None:
        self.replies[number] = Reply(reply)
        self.last = self.proofs[covers] = Proof(number, covers, moment)

    def of(self, number: int) -> Proof | None:
        """The first proof that an entry existed; ``None`` while there is none."""
        return next(iter(self.proofs.values(min=number)), None)

    @property
    def covered(self) -> int:
        """The number of the last entry that a time-stamp stands for."""
        return self.last.covers if self.last is not None else 0

    def succeeded(self, now: float, pause: float) -> None:
        self.failures, self.problem, self.next = 0, "", now + pause

    def failed(self, problem: str, now: float, pause: float) -> None:
        self.failures += 1
        self.problem = problem
        self.next = now + min(pause, FIRST_PAUSE * 2 ** min(self.failures - 1, 20))
