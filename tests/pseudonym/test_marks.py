"""Marks: every mark gets its entry, and a text is only touched where a mark changes."""

import pytest
from collective.deliberation.pseudonym.marks import Mark
from collective.deliberation.pseudonym.marks import marks
from collective.deliberation.pseudonym.marks import normalise
from collective.deliberation.pseudonym.register import Register


def one(html, register=None):
    texts, register = normalise({"decision": html}, register or Register())
    return texts["decision"], register


def test_a_text_without_marks_is_returned_as_it_is():
    html = "<P>a &eacute; <br/> <u>x</ul>"
    text, register = one(html)
    assert text is html
    assert register == Register()


def test_a_new_mark_gets_an_id_and_nothing_else_changes():
    html = '<P>&eacute;  <span class="pm-mark" data-pm-cat="person">Jean&nbsp;<b>Dupont</b></span> <br/>'
    text, register = one(html)
    assert text == html.replace(
        '<span class="pm-mark" data-pm-cat="person">',
        '<span data-pm-id="p1" data-pm-cat="person" class="pm-mark">',
    )
    assert register.get("p1").forms == ("Jean Dupont",)
    assert one(text, register) == (text, register)


def test_the_same_form_is_the_same_entry_in_every_field():
    fields = {
        "motivation": '<span data-pm-cat="person">Jean Dupont</span>',
        "decision": '<span data-pm-cat="person">JEAN DUPONT</span>',
    }
    texts, register = normalise(fields, Register())
    assert 'data-pm-id="p1"' in texts["motivation"]
    assert 'data-pm-id="p1"' in texts["decision"]
    assert len(register.entries) == 1


def test_another_form_under_a_known_id_joins_its_entry():
    register, _ = Register().add("person", "Jean Dupont")
    html = '<span data-pm-id="p1" data-pm-cat="person">le requérant</span>'
    text, register = one(html, register)
    assert text is html
    assert register.get("p1").forms == ("Jean Dupont", "le requérant")


@pytest.mark.parametrize(
    "attributes",
    [
        'data-pm-id="p9" data-pm-cat="person"',
        'data-pm-id="p1" data-pm-cat="person"',
        "data-pm-cat=person",
    ],
)
def test_an_id_that_is_unknown_or_of_another_category_is_replaced(attributes):
    register, _ = Register().add("address", "rue Haute 1")
    text, register = one(f"<span {attributes}>Jean Dupont</span>", register)
    assert text == '<span data-pm-id="p2" data-pm-cat="person">Jean Dupont</span>'
    assert register.get("p1").forms == ("rue Haute 1",)
    assert register.get("p2").forms == ("Jean Dupont",)


def test_empty_marks_go_and_an_entry_stays_when_its_marks_are_gone():
    register, _ = Register().add("person", "Jean Dupont")
    text, after = one('a<span data-pm-id="p1" data-pm-cat="person"> </span>b', register)
    assert text == "a b"
    assert after == register
    assert one('a<span data-pm-cat="person"><b></b></span>b')[0] == "a<b></b>b"


def test_an_empty_mark_of_iadelib_is_kept():
    html = 'a <span class="pm-anonymize"></span> b'
    assert one(html)[0] is html


@pytest.mark.parametrize(
    "spelling", ["pm-anonymize", "x PM-Anonymize", "pm_anonymise", "pm-anonymized"]
)
def test_a_mark_of_iadelib_with_text_becomes_one_of_ours(spelling):
    text, register = one(f'<span class="{spelling}">Jean Dupont</span>')
    assert (
        text == f'<span data-pm-id="p1" data-pm-cat="other" class="{spelling}">Jean Dupont</span>'
    )
    assert register.get("p1").forms == ("Jean Dupont",)


def test_marks_are_found_in_broken_html_and_inside_each_other():
    html = (
        '<u><span data-pm-id="p1" data-pm-cat="person">Jean <span data-pm-id="p2" '
        'data-pm-cat="other">Dupont</span></ul></span> <!-- <span data-pm-id="p3">x</span> -->'
    )
    assert marks(html) == (Mark("p1", "person", "Jean Dupont"), Mark("p2", "other", "Dupont"))


def test_a_mark_never_closed_still_gets_its_entry():
    text, register = one('<p><span data-pm-cat="person">Jean Dupont</p>')
    assert marks(text) == (Mark("p1", "person", "Jean Dupont"),)
    assert register.get("p1")
