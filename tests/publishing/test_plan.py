"""From a choice to a moment."""

import pytest
from collective.deliberation.content.legal_calendar import Delays
from collective.deliberation.content.legal_calendar import legal_dates
from collective.deliberation.publishing.plan import chosen
from collective.deliberation.publishing.plan import moment
from collective.deliberation.publishing.plan import Plan
from datetime import date


DATES = legal_dates(date(2026, 12, 20), Delays(5, 7, 30))


@pytest.mark.parametrize("choice", ["", "once"])
def test_at_once_is_no_moment(choice):
    assert moment(choice, DATES, "draft") is None


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        ("draft", "2026-12-14T00:00:00+01:00"),
        ("meeting", "2026-12-14T00:00:00+01:00"),
        ("decision", "2027-01-19T00:00:00+01:00"),
    ],
)
def test_the_legal_day_begins_at_midnight_in_brussels(stage, expected):
    assert moment("legal", DATES, stage).isoformat() == expected


def test_a_typed_moment_is_one_of_brussels_in_summer_and_in_winter():
    assert chosen("2026-07-01T08:00") == "2026-07-01T08:00+02:00"
    assert chosen("2026-12-01T08:00") == "2026-12-01T08:00+01:00"
    assert moment(chosen("2026-12-01T08:00"), DATES, "draft").timestamp() == 1796108400


@pytest.mark.parametrize("typed", ["", "demain", "2026-13-01T08:00", "08:00"])
def test_what_is_no_moment_is_none(typed):
    assert chosen(typed) is None


def test_drafts_and_decisions_have_plans_of_their_own():
    plan = Plan("legal", "once")
    assert [plan.choice(stage) for stage in ("meeting", "draft", "decision")] == [
        "legal",
        "legal",
        "once",
    ]
