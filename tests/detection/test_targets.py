"""What detection reaches on the gold set, asked through its command."""

import pytest
from gold_set import FOLDER
from gold_set import load
from report import measure


@pytest.fixture(scope="module")
def figures():
    """Of the rules alone, on what was not read while they were written."""
    return measure(load(FOLDER / "heldout") + load(FOLDER / "unread"), "--rules-only")


def test_suggestions_touch_nearly_all_that_is_to_mask(figures):
    assert figures.recall >= 0.98


def test_suggestions_cover_it_whole(figures):
    assert figures.whole >= 0.95


@pytest.mark.parametrize("category", ["NRN", "IBAN", "PHONE", "EMAIL"])
def test_every_valid_number_and_address_is_covered(figures, category):
    assert figures.covered[category] == figures.spans[category] > 0


def test_few_public_figures_are_proposed(figures):
    assert figures.public_rate <= 0.10


def test_most_suggestions_are_worth_a_look(figures):
    assert figures.precision >= 0.80
