"""The roster: who represents an institution or serves it, and when."""

import pytest
from collective.deliberation.pseudonym.roster import Official
from collective.deliberation.pseudonym.roster import Roster
from collective.deliberation.pseudonym.roster import RosterError
from datetime import date


DUMONT = Official(
    "Lucas Dumont",
    "conseiller communal",
    "representative",
    date(2025, 9, 22),
    date(2030, 12, 1),
)
GRANDJEAN = Official("Véronique Grandjean", "directrice générale", "official", date(2015, 1, 1))
ROSTER = Roster((DUMONT, GRANDJEAN))


def test_the_lists_of_the_command_are_read():
    value = {
        "mandataires": [
            {
                "name": "Lucas  Dumont",
                "function": "conseiller communal",
                "from": "2025-09-22",
                "to": "2030-12-01",
            }
        ],
        "officiers": [
            {
                "name": "Véronique Grandjean",
                "function": "directrice générale",
                "from": "2015-01-01",
                "to": "",
            }
        ],
    }
    assert Roster.from_json(value) == ROSTER


def test_names_alone_are_enough():
    roster = Roster.from_json({"mandataires": ["Lucas Dumont"], "officiers": ["V. Grandjean"]})
    assert roster.people == (
        Official("Lucas Dumont", "", "representative"),
        Official("V. Grandjean", "", "official"),
    )
    assert Roster.from_json(["Lucas Dumont"]).people[0].kind == "representative"


def test_what_is_written_reads_back():
    assert Roster.from_json(ROSTER.to_json()) == ROSTER
    assert Roster.from_json(None) == Roster.from_json({}) == Roster.from_json([]) == Roster()


def test_first_and_last_day_of_office_are_in_office():
    assert DUMONT.in_office(date(2025, 9, 22)) and DUMONT.in_office(date(2030, 12, 1))
    assert not DUMONT.in_office(date(2025, 9, 21)) and not DUMONT.in_office(date(2030, 12, 2))
    assert ROSTER.in_office(date(2025, 9, 21)) == (GRANDJEAN,)
    assert ROSTER.in_office(None) == ROSTER.people


@pytest.mark.parametrize(
    "value",
    [
        "Secret",
        7,
        {"mandataires": "Secret"},
        {"mandataires": [7]},
        [{"function": "Secret"}],
        [{"name": " "}],
        [{"name": ["Secret"]}],
        [{"name": "Secret", "function": 7}],
        [{"name": "Secret", "kind": "king"}],
        [{"name": "Secret", "from": "22/09/2025"}],
        [{"name": "Secret", "to": 2025}],
    ],
)
def test_anything_else_is_refused_without_repeating_it(value):
    with pytest.raises(RosterError) as error:
        Roster.from_json(value)
    assert "Secret" not in str(error.value)
