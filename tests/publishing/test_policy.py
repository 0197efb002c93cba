"""What is public when."""

import pytest
from collective.deliberation.publishing.policy import stage
from collective.deliberation.publishing.policy import step
from itertools import product


ITEM_STATES = ("draft", "proposed", "approved", "decided", "validated", "withdrawn")
MEETING_STATES = ("preparation", "convened", "held", "closed", "withdrawn")
EXPECTED = {
    **{
        (item, meeting): "draft"
        for item in ("approved", "decided", "validated")
        for meeting in ("convened", "held", "closed")
    },
    ("validated", "closed"): "decision",
}


@pytest.mark.parametrize(("item", "meeting"), product(ITEM_STATES, MEETING_STATES))
def test_the_stage_of_an_item_in_public_session(item, meeting):
    assert stage(item, meeting, True, True) == EXPECTED.get((item, meeting))


@pytest.mark.parametrize(("item", "meeting"), product(ITEM_STATES, MEETING_STATES))
@pytest.mark.parametrize("public", [(False, True), (True, False), (False, False)])
def test_nothing_of_a_closed_session_is_ever_public(item, meeting, public):
    assert stage(item, meeting, *public) is None


@pytest.mark.parametrize(
    ("wanted", "current", "expected"),
    [
        ("draft", None, "publish"),
        ("draft", "draft", "publish"),
        ("decision", "draft", "publish"),
        ("decision", "decision", "publish"),
        ("draft", "decision", "nothing"),
        (None, "draft", "withdraw"),
        (None, "decision", "withdraw"),
        (None, None, "nothing"),
        (None, "", "nothing"),
        ("draft", "", "publish"),
    ],
)
def test_the_step_from_what_is_public_to_what_should_be(wanted, current, expected):
    assert step(wanted, current) == expected
