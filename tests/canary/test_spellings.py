"""Every canary in every spelling: it is masked, or the text is withheld; never is it read.

Pure: what the exits do with it is tested with real sites in ``test_exits``.
"""

import pytest
from canary.canaries import CANARIES
from canary.canaries import register
from canary.naive import leaks
from canary.spellings import ALL
from canary.spellings import TEXT
from collections import Counter
from collective.deliberation.pseudonym import gate
from collective.deliberation.pseudonym import identifiers
from collective.deliberation.pseudonym import marks
from collective.deliberation.pseudonym import neutralise
from collective.deliberation.pseudonym import present
from collective.deliberation.pseudonym.fragment import Withheld
from collective.deliberation.pseudonym.register import Category


REGISTER = register()
# What only a machine writes: a text that holds an original so is withheld until somebody writes it plainly.
ESCAPES = {
    *("percent_encoded", "percent_encoded_letter_by_letter", "percent_encoded_twice"),
    *("percent_encoded_latin_1", "plus_for_spaces", "decimal_entities", "hexadecimal_entities"),
    *("named_entities", "escaped_twice"),
}


def plain_outcome(text):
    """ "masked", "withheld" or what could still be read."""
    return _outcome(lambda: neutralise.plain_text(text, REGISTER), present.plain_text)


def rich_outcome(html):
    def neutral():
        found, known = marks.normalise({"motivation": html}, REGISTER)
        return neutralise.rich_text(found["motivation"], known)

    return _outcome(neutral, present.rich_text)


def _outcome(neutral, shown):
    try:
        output = neutral()
    except Withheld:
        return "withheld"
    read = leaks(output) + leaks(shown(output, present.Policy()))
    return ", ".join(read) if read else "masked"


def _texts(spelling):
    return [text for text in map(spelling, CANARIES) if text is not None]


def test_there_are_forty_canaries_and_more_than_sixty_spellings():
    assert len(CANARIES) == 40 == len({canary.form for canary in CANARIES})
    assert len(TEXT) >= 60
    assert len(ALL) >= 100


def test_the_numbers_among_the_canaries_are_valid():
    wanted = {Category.NATIONAL_NUMBER, Category.ACCOUNT, Category.PHONE, Category.EMAIL}
    for canary in CANARIES:
        if canary.category in wanted:
            (found,) = identifiers.identifiers(f"Voir {canary.form} pour le reste")
            assert (found.text, found.category) == (canary.form, canary.category)


@pytest.mark.parametrize("name", ALL)
def test_the_reader_of_these_tests_reads_each_spelling(name):
    """A suite that can't read a spelling would find nothing and be content."""
    for canary in CANARIES:
        text = ALL[name](canary)
        if text is not None:
            assert set(leaks(text)) & set(canary.needles), canary.form


@pytest.mark.parametrize("name", TEXT)
def test_a_spelling_in_a_title_is_masked_or_withheld(name):
    outcomes = Counter(
        plain_outcome(f"Demande de {text} pour la voirie") for text in _texts(TEXT[name])
    )
    allowed = {"masked", "withheld"} if name in ESCAPES else {"masked"}
    assert set(outcomes) <= allowed


@pytest.mark.parametrize("name", ALL)
def test_a_spelling_in_a_rich_text_is_masked_or_withheld(name):
    outcomes = Counter(
        rich_outcome(f"<div>Vu la demande de {text} ;</div>") for text in _texts(ALL[name])
    )
    allowed = {"masked", "withheld"} if name in ESCAPES else {"masked"}
    assert set(outcomes) <= allowed


@pytest.mark.parametrize("name", TEXT)
def test_the_gate_stops_a_spelling_that_nobody_neutralised(name):
    """What slips past a forgotten call is held up at the gate, in texts of any length."""
    for text in _texts(TEXT[name]):
        assert gate.search({"title": f"Demande de {text} pour la voirie"}, REGISTER), text


def test_all_spellings_of_all_canaries_in_one_text_are_masked():
    for names in (set(TEXT) - ESCAPES - {"camel_case"}, set(ALL) - set(TEXT)):
        texts = [text for name in sorted(names) for text in _texts(ALL[name])]
        html = "".join(f"<div>Vu {text} ;</div>" for text in texts)
        assert rich_outcome(html) == "masked"
