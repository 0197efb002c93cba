"""Verify a downloaded publication log, line by line, with 32 bytes of memory for each entry without time-stamp. Pure."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collective.deliberation.publishing.log import lines
from collective.deliberation.publishing.log.covering import Uncovered
from collective.deliberation.publishing.log.entries import Entry
from collective.deliberation.publishing.log.entries import NOTHING_BEFORE
from collective.deliberation.publishing.log.lines import Line
from collective.deliberation.publishing.log.timestamps import Authority
from dataclasses import dataclass
from datetime import datetime


class Broken(ValueError):
    """Where a log stops being true. The message is for a person."""

    def __init__(self, line: int, message: str):
        super().__init__(f"line {line}: {message}")
        self.line = line  # of the file, from 1
        self.message = message


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a log that verified; ``number`` 0 when it has none."""

    site: str = ""
    institution: str = ""
    number: int = 0
    hash: str = NOTHING_BEFORE
    at: str = ""


def verified(source: Iterable[bytes], authority: Authority | None = None) -> Iterator[Line]:
    """The lines of a log, each once it is known to follow from all before it.

    :param authority: that must have signed the time-stamps; without it only their hashes are compared
    :raises Broken: at the first that doesn't
    """
    head = Head()
    uncovered = Uncovered(authority)
    for position, raw in enumerate(source, 1):
        try:
            line = lines.parse(raw)
        except ValueError as error:
            raise Broken(position, str(error)) from None
        problem = _problem(head, line) or uncovered.problem(line)
        if problem:
            raise Broken(position, problem)
        head = head_of(line)
        uncovered.add(line)
        yield line


def head(
    source: Iterable[bytes],
    anchors: Mapping[int, str] | None = None,
    authority: Authority | None = None,
    seen: Callable[[Line], None] = lambda line: None,
) -> Head:
    """Verify a whole log.

    :param anchors: hashes of entries that are known from elsewhere, by number: an older download, the
        receipts that a desk keeps. They show a log that was rewritten as a whole, or cut off at its end.
    :param seen: is given each line once it is known to be true
    :raises Broken: where the log breaks, or differs from an anchor
    """
    wanted = dict(anchors or {})
    last = Head()
    position = 0
    for position, line in enumerate(verified(source, authority), 1):
        last = head_of(line)
        known = wanted.pop(last.number, last.hash)
        if known != last.hash:
            message = f"entry {last.number} is another one than was known: {known} was its hash"
            raise Broken(position, message)
        seen(line)
    if wanted:
        message = f"the log ends before entry {min(wanted)}, which is known to have been in it"
        raise Broken(position + 1, message)
    return last


def head_of(line: Line) -> Head:
    entry = line.entry
    return Head(entry.site, entry.institution, entry.number, line.hash, entry.at)


def _problem(before: Head, line: Line) -> str:
    """Why a line can't follow; empty when it can."""
    entry = line.entry
    if entry.number != before.number + 1:
        return f"entry {before.number + 1} should be here, not {entry.number}"
    if entry.previous != before.hash:
        return f"entry {entry.number} doesn't hold the hash of the one before it: the chain is broken here"
    if line.hash != entry.hash:
        return f"entry {entry.number} was changed: its hash is {entry.hash}, not {line.hash}"
    if before.number and (entry.site, entry.institution) != (before.site, before.institution):
        return f"entry {entry.number} is of another log"
    return _wrong_time(before, entry) or _wrong_opening(line)


def _wrong_time(before: Head, entry: Entry) -> str:
    try:
        moment = datetime.fromisoformat(entry.at)
        late = bool(before.at) and moment < datetime.fromisoformat(before.at)
    except (ValueError, TypeError):
        return f"entry {entry.number} has no date and time with its offset"
    if moment.tzinfo is None:
        return f"entry {entry.number} has no date and time with its offset"
    return f"entry {entry.number} is earlier than the one before it" if late else ""


def _wrong_opening(line: Line) -> str:
    for name, opening in line.openings.items():
        if getattr(line.entry, name) != opening.seal:
            return (
                f'the text shown as "{name}" is not the one that entry {line.entry.number} sealed'
            )
    return ""
