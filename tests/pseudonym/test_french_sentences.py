"""The table of French sentences: each is what a reader would read, under its policy."""

import html
import pytest
import re
from collective.deliberation.pseudonym import neutralise
from collective.deliberation.pseudonym import present
from collective.deliberation.pseudonym.gate import search
from collective.deliberation.pseudonym.register import Register
from tests.pseudonym.french_sentences import PEOPLE
from tests.pseudonym.french_sentences import SENTENCES


def _register():
    ordinals: dict[str, int] = {}
    entries = []
    for id, category, gender, role, forms in PEOPLE:
        ordinals[category] = ordinals.get(category, 0) + 1
        entries.append(
            {
                "id": id,
                "category": category,
                "ordinal": ordinals[category],
                "gender": gender,
                "role": role,
                "forms": list(forms),
            }
        )
    return Register.from_json(entries)


REGISTER = _register()
# In a title nothing can be marked, and a bar is a bracket.
TITLES = [each for each in SENTENCES if each[0] != "bar" and not re.search(r"\[\[|<", each[1])]
MARKED = {"Hubert": "p3", "Adam": "p2"}


def _policy(person):
    return present.Policy(person, "bar" if person == "bar" else "bracket")


def _marked(source):
    def mark(match):
        id = next((id for word, id in MARKED.items() if word in match[1]), "p1")
        return f'<span data-pm-id="{id}" data-pm-cat="person">{match[1]}</span>'

    return re.sub(r"\[\[(.*?)\]\]", mark, source)


@pytest.mark.parametrize(("person", "source", "expected"), SENTENCES)
def test_a_sentence_of_a_decision_is_presented_in_french(person, source, expected):
    neutral = neutralise.rich_text(f"<p>{_marked(source)}</p>", REGISTER)
    shown = present.rich_text(neutral, _policy(person))
    assert html.unescape(re.sub("<[^>]*>", "", shown)) == expected


@pytest.mark.parametrize(("person", "source", "expected"), TITLES)
def test_a_title_is_presented_in_the_same_french(person, source, expected):
    neutral = neutralise.plain_text(source, REGISTER)
    assert present.plain_text(neutral, _policy(person)) == expected


def test_the_table_is_large_and_covers_every_policy():
    assert len(set(SENTENCES)) >= 80
    assert {person for person, _, _ in SENTENCES} == set(present.PERSONS)


def test_the_gate_lets_every_sentence_out():
    for _, source, _ in SENTENCES:
        assert search(neutralise.rich_text(_marked(source), REGISTER), REGISTER) == ()
