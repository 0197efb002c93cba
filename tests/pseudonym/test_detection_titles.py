"""Titles say whose a thing is: a person, though streets are called so, too."""

import pytest
from collective.deliberation.pseudonym.detection import suggest
from collective.deliberation.pseudonym.roster import Roster


def proposed(title):
    return [each.text for each in suggest({"title": title}, Roster())]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Terrasse de Monsieur Anselme Poncin", "Anselme Poncin"),
        ("Clos de Mme Odile Rasquin – Bornage", "Odile Rasquin"),
        (
            "Occupation du domaine public – Terrasse de Firmin Collard, Grand-Place",
            "Firmin Collard",
        ),
        ("Chemin d'Odile Rasquin – Servitude", "Odile Rasquin"),
    ],
)
def test_a_thing_and_whose_it_is(title, name):
    assert name in proposed(title)


@pytest.mark.parametrize(
    "title", ["Rue Joseph Wauters – Stationnement", "Réfection du pont de Jambes"]
)
def test_a_street_is_nobody(title):
    assert proposed(title) == []
