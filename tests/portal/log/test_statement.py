"""When an object was on line, from the entries about it and its meetings."""

from collective.deliberation.portal.log import statement
from collective.deliberation.portal.log.statement import Period
from collective.deliberation.publishing.log.entries import gone
from collective.deliberation.publishing.log.entries import What
from collective.deliberation.publishing.log.kept import PublicationLog
from datetime import datetime
from datetime import timezone


ITEM, MEETING, LATER = "b" * 32, "a" * 32, "d" * 32


def story(*steps):
    """``story((hour, action, uid, meeting), …)`` as a log."""
    log = PublicationLog("portal", "valbourg")
    for hour, action, uid, meeting in steps:
        kind = "item" if uid == ITEM else "meeting"
        what = gone(action, uid, kind, 1)
        if action in statement.ON_LINE:
            what = What(action, uid, kind, "draft", meeting, 1, "f" * 64)
        log.append(what, datetime(2026, 12, 1, hour, tzinfo=timezone.utc), "publisher")
    return log


def periods(log, uid=ITEM):
    lines = log.of(uid)
    found = statement.periods(lines, {m: log.of(m) for m in statement.meetings(lines)})
    hour = lambda moment: int(moment[11:13]) if moment else None  # noqa: E731
    return [(hour(period.since), hour(period.until)) for period in found]


BEGIN = [(8, "publish", MEETING, ""), (9, "publish", ITEM, MEETING)]


def test_what_is_on_line_is_so_since_its_first_revision():
    log = story(*BEGIN, (11, "replace", ITEM, MEETING))
    assert periods(log) == [(9, None)]
    assert periods(log, MEETING) == [(8, None)]
    found = statement.periods(log.of(MEETING), {})
    assert found == [Period("2026-12-01T08:00:00.000000+00:00", "")]


def test_a_withdrawal_ends_a_period_and_a_new_publication_begins_another():
    log = story(*BEGIN, (10, "withdraw", ITEM, ""), (12, "publish", ITEM, MEETING))
    assert periods(log) == [(9, 10), (12, None)]


def test_a_withdrawn_meeting_takes_its_items_off_line():
    log = story(
        *BEGIN,
        (10, "withdraw", MEETING, ""),
        (11, "replace", ITEM, MEETING),
        (13, "publish", MEETING, ""),
        (14, "withdraw", ITEM, ""),
    )
    assert periods(log) == [(9, 10), (13, 14)]


def test_an_item_put_off_to_another_meeting_is_on_line_as_long_as_either_shows_it():
    log = story(
        *BEGIN,
        (10, "publish", LATER, ""),
        (11, "replace", ITEM, LATER),
        (12, "withdraw", MEETING, ""),
        (15, "remove", ITEM, ""),
    )
    assert periods(log) == [(9, 15)]


def test_what_only_ever_stood_in_a_withdrawn_meeting_was_never_on_line():
    log = story(
        (8, "publish", MEETING, ""), (9, "withdraw", MEETING, ""), (10, "publish", ITEM, MEETING)
    )
    assert periods(log) == []
