"""A publication log as it is kept in a database: it is appended to, read, and never rewritten.

Entries lie in chunks, so that an append writes a few kilobytes however long the log is. Two appends at the
same time conflict, as two entries can't have one number: the later transaction is tried again.
"""

from BTrees.IOBTree import IOBTree
from BTrees.OOBTree import OOBTree
from collections.abc import Iterator
from collective.deliberation.publishing.log.entries import Entry
from collective.deliberation.publishing.log.entries import NOTHING_BEFORE
from collective.deliberation.publishing.log.entries import Opening
from collective.deliberation.publishing.log.entries import opening
from collective.deliberation.publishing.log.entries import read
from collective.deliberation.publishing.log.entries import Receipt
from collective.deliberation.publishing.log.entries import stamped
from collective.deliberation.publishing.log.entries import What
from collective.deliberation.publishing.log.lines import Line
from collective.deliberation.publishing.log.stamps import Stamps
from dataclasses import replace
from datetime import datetime
from datetime import timezone
from persistent import Persistent
from typing import Any
from typing import Literal


CHUNK = 32  # entries


class Chunk(Persistent):
    """Some entries that follow each other: ``(entry as JSON, its hash, its openings)``."""

    def __init__(self):
        self.rows: tuple[tuple[dict[str, Any], str, dict[str, Opening]], ...] = ()


class PublicationLog(Persistent):
    """The log of one institution on one site."""

    length = 0
    head = NOTHING_BEFORE  # hash of the last entry
    last_at = ""
    stamps: Stamps | None = None  # from the first time that a time-stamp was wanted

    def __init__(self, site: Literal["desk", "portal"], institution: str):
        self.site = site
        self.institution = institution
        self.chunks = IOBTree()  # number of a chunk, from 0: Chunk
        self.numbers = OOBTree()  # UID: numbers of its entries

    def append(
        self,
        what: What,
        now: datetime,
        by: str,
        why: str = "",
        receipt: Receipt | None = None,
    ) -> Line:
        """Add an entry at the end.

        :param now: with its offset; the entry is never earlier than the one before, whatever clocks say
        :param by: who did it; sealed
        :param why: the reason; sealed, neutralised
        """
        texts = {"by": by, "why": why}
        openings = {name: opening(text) for name, text in texts.items() if text}
        seals = {name: openings[name].seal if text else "" for name, text in texts.items()}
        entry = Entry(
            site=self.site,
            institution=self.institution,
            number=self.length + 1,
            previous=self.head,
            at=max(now.astimezone(timezone.utc).isoformat(timespec="microseconds"), self.last_at),
            what=what,
            receipt=receipt,
            **seals,
        )
        line = Line(entry, entry.hash, openings)
        index = self.length // CHUNK
        if index not in self.chunks:
            self.chunks[index] = Chunk()
        chunk = self.chunks[index]
        chunk.rows = (*chunk.rows, (entry.to_dict(), line.hash, openings))
        if what.uid:
            self.numbers[what.uid] = (*self.numbers.get(what.uid, ()), entry.number)
        self.length, self.head, self.last_at = entry.number, line.hash, entry.at
        return line

    def stamp(self, number: int, reply: bytes, moment: datetime, now: datetime) -> Line:
        """Add a time-stamp of an entry at the end, whose reply was checked.

        :param moment: that it proves
        """
        what = stamped(reply)
        line = self.append(what, now, "", receipt=Receipt(number, self.line(number).hash))
        self.stamps.add(line.entry.number, number, reply, moment)
        return replace(line, reply=reply)

    def line(self, number: int) -> Line:
        return self._line(*self.chunks[(number - 1) // CHUNK].rows[(number - 1) % CHUNK])

    def _line(self, entry: dict[str, Any], hash: str, openings: dict[str, Opening]) -> Line:
        made = self.stamps.replies.get(entry["number"]) if self.stamps is not None else None
        return Line(read(entry), hash, openings, made.reply if made is not None else b"")

    def lines(self, start: int = 1) -> Iterator[Line]:
        """All entries from number ``start``; chunks that were read are let go."""
        for index in range((start - 1) // CHUNK, len(self.chunks)):
            chunk = self.chunks[index]
            for row in chunk.rows:
                if row[0]["number"] >= start:
                    yield self._line(*row)
            chunk._p_deactivate()

    def of(self, uid: str) -> list[Line]:
        """The entries about one object, oldest first."""
        return [self.line(number) for number in self.numbers.get(uid, ())]

    def last_of(self, uid: str) -> Line | None:
        numbers = self.numbers.get(uid)
        return self.line(numbers[-1]) if numbers else None

    def forget(self, number: int, name: Literal["by", "why"]) -> None:
        """Forget what a seal of an entry is of, for good: the entry, its hash and the chain stay."""
        chunk = self.chunks[(number - 1) // CHUNK]
        rows = list(chunk.rows)
        entry, hash, openings = rows[(number - 1) % CHUNK]
        left = {key: value for key, value in openings.items() if key != name}
        rows[(number - 1) % CHUNK] = (entry, hash, left)
        chunk.rows = tuple(rows)
