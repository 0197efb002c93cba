"""What the time-stamps in a log cover, and between which moments each entry is proven to have been made. Pure.

A time-stamp stands for the entry that it names and for all before it, since each holds the hash of the one before.
Whatever comes after the time-stamp's own entry was made after it, since that entry holds its hash.
"""

import hashlib
from collective.deliberation.publishing.log import timestamps
from collective.deliberation.publishing.log.entries import STAMP
from collective.deliberation.publishing.log.lines import Line
from collective.deliberation.publishing.log.timestamps import Authority
from collective.deliberation.publishing.log.timestamps import NoTimestamp
from dataclasses import dataclass
from datetime import datetime


SIZE = 32  # bytes of a hash


class Uncovered:
    """The hashes of the entries that no time-stamp covers yet, 32 bytes each."""

    def __init__(self, authority: Authority | None = None):
        self.authority = authority
        self.first = 1  # number of the first of them
        self.hashes = bytearray()

    def problem(self, line: Line) -> str:
        """Why a line is no time-stamp, when it says that it is one; empty when all is well."""
        entry, named = line.entry, line.entry.receipt
        if entry.what.action != STAMP:
            return f"entry {entry.number} has a time-stamp, but is none" if line.reply else ""
        if not line.reply or hashlib.sha256(line.reply).hexdigest() != entry.what.hash:
            return f"entry {entry.number} is a time-stamp without its authority's reply"
        if named is None or named.hash != self._hash(named.number):
            return f"entry {entry.number} is a time-stamp of no entry before it that needed one"
        try:
            if self.authority is not None:
                self.authority.check(line.reply, named.hash)
            elif timestamps.read(line.reply)[0] != named.hash:
                return f"entry {entry.number}: the time-stamp is of another hash"
        except NoTimestamp as error:
            return f"entry {entry.number}: {error}"
        return ""

    def add(self, line: Line) -> None:
        """The next line, that has no problem."""
        self.hashes += bytes.fromhex(line.hash)
        if line.entry.what.action == STAMP:
            covered = line.entry.receipt.number
            del self.hashes[: (covered + 1 - self.first) * SIZE]
            self.first = covered + 1

    def _hash(self, number: int) -> str:
        begin = (number - self.first) * SIZE
        return self.hashes[begin : begin + SIZE].hex() if begin >= 0 else ""


@dataclass(frozen=True, slots=True)
class Bracket:
    """Between which moments an entry was made, as far as time-stamps prove it; ``None`` where none does."""

    line: Line
    since: datetime | None
    until: datetime | None
    by: int = 0  # number of the time-stamp that proves ``until``


class Brackets:
    """Take a log line by line, and give each entry's bracket once it is known."""

    def __init__(self) -> None:
        self.since: datetime | None = None
        self.open: list[Bracket] = []

    def add(self, line: Line) -> list[Bracket]:
        """Those that this line settles, when it is a time-stamp."""
        if line.entry.what.action != STAMP:
            self.open.append(Bracket(line, self.since, None))
            return []
        covered = line.entry.receipt.number
        _hash, self.since = timestamps.read(line.reply)
        settled = [each for each in self.open if each.line.entry.number <= covered]
        self.open = self.open[len(settled) :]
        return [Bracket(each.line, each.since, self.since, line.entry.number) for each in settled]
