"""The register: ids and ordinals never change meaning, JSON is read strictly."""

import pytest
from collective.deliberation.pseudonym.register import Category
from collective.deliberation.pseudonym.register import Register
from collective.deliberation.pseudonym.register import RegisterError


def test_a_form_that_reads_the_same_is_the_same_entry():
    register, first = Register().add("person", "Jean-Marie Noël")
    again, second = register.add("person", "JEAN MARIE NOEL")
    assert again is register
    assert second == first


def test_the_same_form_in_another_category_is_another_entry():
    register, _ = Register().add("person", "Noël")
    register, other = register.add("birth-place", "Noël")
    assert (other.id, other.ordinal, other.category) == ("p2", 1, Category.BIRTH_PLACE)


def test_ordinals_count_per_category_and_stay():
    register, _ = Register().add("person", "Aline Roy")
    register, _ = register.add("address", "rue Haute 1")
    register, luc = register.add("person", "Luc Roy", "m")
    register = register.without("p1")
    assert register.get(luc.id) == luc
    register, third = register.add("person", "Zoé Roy")
    assert (third.id, third.ordinal) == ("p4", 3)


def test_changes_return_a_new_register():
    register, entry = Register().add("person", "Aline Roy")
    changed = register.with_form("p1", "Madame Roy").with_gender("p1", "f")
    assert register.get("p1") == entry
    assert changed.get("p1").forms == ("Aline Roy", "Madame Roy")
    assert changed.with_form("p1", "madame  ROY") is changed
    moved = changed.with_category("p1", "other").get("p1")
    assert (moved.category, moved.ordinal) == (Category.OTHER, 1)


def test_json_is_read_back_as_it_was_written():
    register, _ = Register().add("person", "Aline Roy", "f")
    register, _ = register.add("e-mail", "aline@example.org")
    assert Register.from_json(register.to_json()) == register
    assert Register.from_json(None) == Register()


GOOD = {"id": "p1", "category": "person", "ordinal": 1, "gender": "f", "forms": ["Aline Roy"]}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": "x"}, "its id must be"),
        ({"id": "p0"}, "its id must be"),
        ({"category": "name"}, "the category must be one of"),
        ({"ordinal": 0}, "its ordinal must be"),
        ({"ordinal": True}, "its ordinal must be"),
        ({"gender": "x"}, "the gender must be one of"),
        ({"forms": "Aline Roy"}, "its forms must be a list"),
        ({"forms": [" "]}, "a form must be a text"),
        ({"forms": [1]}, "a form must be a text"),
        ({"more": 1}, "exactly the keys"),
    ],
)
def test_a_wrong_entry_is_refused_with_a_message_that_repeats_no_form(change, message):
    with pytest.raises(RegisterError, match=message) as caught:
        Register.from_json([{**GOOD, **change}])
    assert "Entry 1" in str(caught.value)
    assert "Aline" not in str(caught.value)


@pytest.mark.parametrize("value", [{}, "x", 1, [[]], [GOOD, GOOD], [GOOD, {**GOOD, "id": "p2"}]])
def test_what_is_no_register_is_refused(value):
    with pytest.raises(RegisterError):
        Register.from_json(value)


def test_changing_an_entry_that_is_not_there_is_refused():
    with pytest.raises(RegisterError, match="no entry"):
        Register().with_form("p1", "x")


def test_an_entry_may_have_a_role_and_old_registers_have_none():
    register = Register.from_json([GOOD])
    assert register.get("p1").role == ""
    named = register.with_role("p1", "  la   requérante ")
    assert named.get("p1").role == "la requérante"
    assert Register.from_json(named.to_json()) == named
    assert named.with_role("p1", "").to_json() == [GOOD]
    with pytest.raises(RegisterError, match="at most 80"):
        register.with_role("p1", "x" * 81)


def test_merging_keeps_all_forms_under_one_entry():
    register, short = Register().add("person", "M. Dupont", "m")
    register, full = register.add("person", "Jean Dupont")
    register = register.with_form(short.id, "JEAN DUPONT")
    merged = register.merge(short.id, full.id)
    assert [entry.id for entry in merged.entries] == [full.id]
    assert merged.get(full.id).forms == ("Jean Dupont", "M. Dupont")
    assert merged.get(full.id).gender == "m"
    register, street = register.add("address", "rue Haute 1")
    for id, into in ((full.id, full.id), (full.id, street.id), ("p9", full.id)):
        with pytest.raises(RegisterError):
            register.merge(id, into)


def test_splitting_gives_a_form_an_entry_of_its_own():
    register, entry = Register().add("person", "Jean Dupont")
    register = register.with_form(entry.id, "Luc Dupont")
    register, new = register.split(entry.id, "Luc Dupont")
    assert register.get(entry.id).forms == ("Jean Dupont",)
    assert (new.forms, new.ordinal, new.category) == (("Luc Dupont",), 2, Category.PERSON)
    assert register.get(new.id) == new
    for form in ("Jean Dupont", "Zoé Roy"):  # the last form, and none of its
        with pytest.raises(RegisterError):
            register.split(entry.id, form)


def test_two_entries_are_never_called_the_same():
    register, first = Register().add("person", "Jean Dupont")
    register, second = register.add("person", "Anne Lorge")
    register = register.with_role(first.id, "le requérant")
    with pytest.raises(RegisterError, match="Another entry"):
        register.with_role(second.id, "Le  Requérant")
    assert register.with_role(first.id, "le requérant") == register


@pytest.mark.parametrize("role", ['"><script>', "a⟦b⟧", "a:b", "l" * 81])
def test_a_role_is_words(role):
    register, entry = Register().add("person", "Jean Dupont")
    with pytest.raises(RegisterError, match="a role must be words"):
        register.with_role(entry.id, role)
