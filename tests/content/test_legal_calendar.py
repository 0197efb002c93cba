"""Clear days: neither the first nor the last day counts."""

import pytest
from collective.deliberation.content.legal_calendar import defaults
from collective.deliberation.content.legal_calendar import Delays
from collective.deliberation.content.legal_calendar import last_day_before
from collective.deliberation.content.legal_calendar import legal_dates
from datetime import date
from datetime import timedelta
from hypothesis import given
from hypothesis import strategies as st


DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1))


@pytest.mark.parametrize(
    ("clear_days", "day"),
    [(5, date(2026, 10, 14)), (7, date(2026, 10, 12)), (0, date(2026, 10, 19))],
)
def test_clear_days_before_a_meeting_on_the_20th(clear_days, day):
    assert last_day_before(date(2026, 10, 20), clear_days) == day


@given(meeting=DAYS, clear_days=st.integers(0, 60))
def test_exactly_that_many_whole_days_stand_between(meeting, clear_days):
    day = last_day_before(meeting, clear_days)
    between = [day + timedelta(days=n) for n in range(1, (meeting - day).days)]
    assert len(between) == clear_days
    assert day < meeting and meeting not in between


@given(meeting=DAYS, delays=st.builds(Delays, *[st.integers(0, 60)] * 3))
def test_a_longer_delay_is_never_due_later(meeting, delays):
    dates = legal_dates(meeting, delays)
    longer = legal_dates(
        meeting, Delays(delays.draft_clear_days + 1, delays.convocation_clear_days + 1, 0)
    )
    assert longer.drafts < dates.drafts < meeting
    assert longer.convocation < dates.convocation < meeting
    assert dates.decisions >= meeting


def test_the_registry_gives_the_legal_defaults(desk):
    assert defaults() == Delays(5, 7, 30)
