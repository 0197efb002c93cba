"""Matching: a name is found in every spelling, and only as a whole."""

import pytest
from collective.deliberation.pseudonym.matching import matcher
from collective.deliberation.pseudonym.register import Register


def found(category, form, text, gender=""):
    register, _ = Register().add(category, form, gender)
    return [text[hit.start : hit.end] for hit in matcher(register).find(text)]


@pytest.mark.parametrize(
    ("category", "form", "text", "expected"),
    [
        ("person", "Jean Dupont", "M. Jean Dupont, né", "Jean Dupont"),
        ("person", "Jean Dupont", "DUPONT Jean", "DUPONT Jean"),
        ("person", "Jean Dupont", "Dupont, Jean", "Dupont, Jean"),
        ("person", "Jean Dupont", "J. Dupont", "J. Dupont"),
        ("person", "Jean-Marie Dupont", "J.-M. Dupont", "J.-M. Dupont"),
        ("person", "Jean-Marie Dupont", "J. Dupont", "J. Dupont"),
        ("person", "DUPONT Jean", "J. Dupont", "J. Dupont"),
        ("person", "Dupont, Jean", "J. Dupont", "J. Dupont"),
        ("person", "Jean Dupont", "Monsieur Dupont", "Monsieur Dupont"),
        ("person", "Monsieur Jean Dupont", "Jean Dupont", "Jean Dupont"),
        ("person", "Mme Amina Haddad", "HADDAD Amina", "HADDAD Amina"),
        ("person", "Maître A. Haddad", "A. HADDAD", "A. HADDAD"),
        ("person", "les époux Dupont", "Dupont", "Dupont"),
        ("person", "Monsieur et Madame Dupont", "Dupont", "Dupont"),
        ("person", "d'Oscar Lambert", "Oscar Lambert", "Oscar Lambert"),
        ("person", "Jean Pierre Van Damme", "Jean Van Damme", "Jean Van Damme"),
        ("person", "Jean Dupont", "jeandupont@example.org", "jeandupont"),
        ("person", "Jürgen Müller", "Juergen Mueller", "Juergen Mueller"),
        ("person", "Jean Dupont", "J E A N   D U P O N T", "J E A N   D U P O N T"),
        ("person", "Dupont", "Dupont-Durand", "Dupont-Durand"),
        ("person", "Dupont", "Dupont’s", "Dupont"),
        ("person", "Dupont", "dupont2024.pdf", "dupont"),
        ("person", "Dupont", "Du-\npont", "Du-\npont"),
        ("national-number", "85.07.30-033.28", "85073003328", "85073003328"),
        ("national-number", "85073003328", "85 07 30 033 28", "85 07 30 033 28"),
        ("account", "BE68 5390 0754 7034", "BE68539007547034", "BE68539007547034"),
        ("account", "BE68 5390 0754 7034", "539-0075470-34", "539-0075470-34"),
        ("phone", "0475/12.34.56", "+32 475 12 34 56", "32 475 12 34 56"),
        ("phone", "+32 475 12 34 56", "0475 123456", "0475 123456"),
        ("phone", "0475/12.34.56", "0032475123456", "0032475123456"),
        ("plate", "1-ABC-234", "1ABC234", "1ABC234"),
        ("e-mail", "a.roy@example.org", "a.roy (at) example.org", "a.roy (at) example.org"),
        ("birth-date", "12/03/1985", "12 mars 1985", "12 mars 1985"),
        ("birth-date", "1er août 1990", "01-08-90", "01-08-90"),
        ("birth-date", "12 mars 1985", "1985-03-12", "1985-03-12"),
        ("address", "Rue Haute 12, 7000 Mons", "rue Haute, n° 12", "rue Haute, n° 12"),
        ("address", "12, avenue des Lilas", "av. des Lilas 12", "av. des Lilas 12"),
    ],
)
def test_another_spelling_is_found(category, form, text, expected):
    assert found(category, form, text) == [expected]


@pytest.mark.parametrize(
    ("category", "form", "text"),
    [
        ("person", "Dupont", "Dupontel et Champdupont"),
        ("person", "Dupont", "rue du Pont"),
        ("person", "Jean Dupont", "Jean Lambert et Luc Dupontel"),
        ("person", "Jean Dupont", "le pont de Jean"),
        ("phone", "0475/12.34.56", "90475123456"),
        ("national-number", "85.07.30-033.28", "185073003328"),
        ("person", "A", "A"),
        ("person", "-", "- -"),
    ],
)
def test_what_only_resembles_is_left(category, form, text):
    assert found(category, form, text) == []


def test_a_civility_of_the_other_gender_is_another_person():
    assert found("person", "Jean Dupont", "Madame Dupont", gender="m") == []
    assert found("person", "Jean Dupont", "Monsieur Dupont", gender="m") == ["Monsieur Dupont"]


def test_overlapping_mentions_are_one_and_the_longest_names_it():
    register, _ = Register().add("person", "Jean Dupont")
    register, double = register.add("person", "Dupont Lambert")
    text = "chez Jean Dupont Lambert"
    (hit,) = matcher(register).find(text)
    assert (text[hit.start : hit.end], hit.entry) == ("Jean Dupont Lambert", double)
