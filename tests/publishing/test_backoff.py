"""Waiting between attempts."""

from collective.deliberation.publishing.backoff import CEILING
from collective.deliberation.publishing.backoff import delay
from collective.deliberation.publishing.backoff import FLOOR
from hypothesis import given
from hypothesis import strategies as st


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_it_is_never_longer_than_the_ceiling_and_never_nothing(attempts, chance):
    assert 0 < delay(attempts, lambda: chance) <= CEILING


@given(st.integers(1, 30))
def test_without_jitter_it_never_gets_shorter(attempts):
    assert delay(attempts + 1, lambda: 1.0) >= delay(attempts, lambda: 1.0)


def test_the_first_attempts_follow_within_seconds_and_any_moment_until_then_is_as_likely():
    assert [delay(n, lambda: 1.0) for n in (1, 2, 3, 4)] == [1, 2, 4, 8]
    assert delay(4, lambda: 0.5) == 4
    assert delay(4, lambda: 0.0) == FLOOR
