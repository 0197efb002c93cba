"""When one object was on line, as an institution's log tells it. Pure.

An item is on line while itself and its meeting are: a withdrawn meeting takes its items with it.
"""

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from collective.deliberation.publishing.log.lines import Line
from dataclasses import dataclass


ON_LINE = ("publish", "replace")
Span = tuple[str, str]  # from, to, as ISO 8601 in UTC; to is OPEN while it lasts
OPEN = "~"  # after every date


@dataclass(frozen=True, slots=True)
class Period:
    """On line from one moment to another, ``until`` empty while it still is."""

    since: str  # ISO 8601 with offset
    until: str


def meetings(lines: Sequence[Line]) -> set[str]:
    """UIDs of the meetings that an item was in."""
    return {line.entry.what.meeting for line in lines} - {""}


def periods(lines: Sequence[Line], of_meetings: Mapping[str, Sequence[Line]]) -> list[Period]:
    """When the object of these entries was on line, oldest first.

    :param of_meetings: the entries about each of its ``meetings``
    """
    shown = {uid: list(_spans(entries)) for uid, entries in of_meetings.items()}
    spans: list[Span] = []
    for span, meeting in _revisions(lines):
        for part in _overlaps(span, shown.get(meeting, [])) if meeting else (span,):
            if spans and spans[-1][1] == part[0]:
                part = (spans.pop()[0], part[1])
            spans.append(part)
    return [Period(since, "" if until == OPEN else until) for since, until in spans]


def _revisions(lines: Sequence[Line]) -> Iterator[tuple[Span, str]]:
    """Each revision's time, until the next entry, and its meeting."""
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        what = line.entry.what
        if what.action in ON_LINE:
            until = following.entry.at if following is not None else OPEN
            yield (line.entry.at, until), what.meeting


def _spans(lines: Sequence[Line]) -> Iterator[Span]:
    since = ""
    for line in lines:
        on_line = line.entry.what.action in ON_LINE
        if on_line and not since:
            since = line.entry.at
        elif not on_line and since:
            yield since, line.entry.at
            since = ""
    if since:
        yield since, OPEN


def _overlaps(span: Span, others: Sequence[Span]) -> Iterator[Span]:
    for other in others:
        part = max(span[0], other[0]), min(span[1], other[1])
        if part[0] < part[1]:
            yield part
