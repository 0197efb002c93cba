"""The gate: whatever can still be read in a payload is found, and the report repeats none of it."""

import pytest
from collective.deliberation.pseudonym.gate import Hit
from collective.deliberation.pseudonym.gate import search
from collective.deliberation.pseudonym.register import Register


REGISTER, _ = Register().add("person", "Jean Dupont")
REGISTER, _ = REGISTER.add("phone", "0475/12.34.56")


def test_a_hit_says_where_and_of_what_without_the_original():
    payload = {"item": {"decision": "<p>Vu la demande de Jean <b>Du</b>pont, au 0475 123456.</p>"}}
    first, second = search(payload, REGISTER)
    assert first == Hit("item.decision", "p1", "person", "Vu la demande de …, au ….")
    assert (second.path, second.entry_id, second.category) == ("item.decision", "p2", "phone")


@pytest.mark.parametrize(
    ("payload", "path"),
    [
        ("Jean Dupont", ""),
        (["x", "Jean Dupont"], "1"),
        ({"annexes": [{"title": "x"}, {"title": "JeanDupont.pdf"}]}, "annexes.1.title"),
        ({"a": {"Jean Dupont": 1}}, "a"),
        ({"a": {"Jean Dupont": "Jean Dupont"}}, "a"),
        ({"phone": 475123456}, "phone"),
        ({"a": ("x", {"b": "jean%20dupont"})}, "a.1.b"),
        ({"a": "Jean&amp;nbsp;Dupont"}, "a"),
        ({"a": "<p title='Jean Dupont'>x</p>"}, "a"),
        ({"a": "<!-- Jean Dupont -->"}, "a"),
        ({"a": "<p>Jean</p><p>Dupont</p>"}, "a"),
        ({"a": "&lt;b&gt;Jean&lt;/b&gt; Dupont"}, "a"),
    ],
)
def test_every_place_of_a_payload_is_searched(payload, path):
    hits = search(payload, REGISTER)
    assert hits[0].path == path
    assert not [hit for hit in hits if "upont" in hit.path + hit.excerpt]


@pytest.mark.parametrize(
    "text",
    [
        '<span data-pm-id="p1" data-pm-cat="person">x</span>',
        '<span DATA-PM-ID="p1"></span>',
        '<span class="pm-token" data-pm-cat="person" data-pm-no="1" data-pm-gender="">x</span>',
        '&lt;span data-pm-id="p1"&gt;',
    ],
)
def test_a_mark_that_was_not_neutralised_is_a_hit(text):
    (hit,) = search({"a": text}, REGISTER)
    assert (hit.path, hit.category, hit.excerpt) == ("a", "", "…")


@pytest.mark.parametrize(
    "payload",
    [
        None,
        {"a": [True, 1, 2.5, None, "Jean Lambert, 5 % & < 3"]},
        "x ⟦person:1:m⟧ y ⟦phone:1:⟧",
        '<p>Jean <span class="pm-token" data-pm-cat="person" data-pm-no="1" data-pm-gender="m">'
        "</span> Dupond</p>",
        "Jean ⟦person:1:⟧ Dupont",
    ],
)
def test_what_holds_no_original_passes(payload):
    assert search(payload, REGISTER) == ()


def test_a_person_called_like_a_tag_or_a_token_stops_no_text_without_it():
    register, _ = Register().add("person", "Strong")
    register, _ = register.add("person", "Person")
    token = '<span class="pm-token" data-pm-cat="person" data-pm-no="1" data-pm-gender=""></span>'
    assert search(f"<p><strong>a</strong> {token} ⟦person:1:⟧</p>", register) == ()


def test_what_is_not_json_is_refused_rather_than_skipped():
    with pytest.raises(TypeError, match="bytes at a"):
        search({"a": b"Jean Dupont"}, REGISTER)


NUMBER = "85.07.30-033.28"


@pytest.mark.parametrize(
    ("text", "category"),
    [
        (f"<p>NN {NUMBER}</p>", "national-number"),
        ("<p>85.07.<b>30</b>-033.28</p>", "national-number"),
        ("<p>85.07.30&nbsp;033.28</p>", "national-number"),
        ('<a href="tel:x" title="85073003328">x</a>', "national-number"),
        ("85.07.30%20033.28", "national-number"),
        ("BE71 0961 2345 6769", "account"),
    ],
)
def test_a_valid_number_that_nobody_judged_is_a_hit(text, category):
    (hit,) = search({"motivation": text}, Register())
    assert (hit.path, hit.entry_id, hit.category) == ("motivation", "", category)
    assert "033" not in hit.excerpt and "0961" not in hit.excerpt


def test_a_number_that_was_exempted_is_none_in_any_spelling():
    payload = {"a": f"Compte BE71 0961 2345 6769 et {NUMBER}"}
    assert search(payload, Register(), exempt=["be71096123456769", "85073003328"]) == ()
    (hit,) = search(payload, Register(), exempt=["BE71096123456769"])
    assert hit.category == "national-number"


def test_a_number_of_the_register_is_reported_as_its_entry():
    register, entry = Register().add("national-number", NUMBER)
    (hit,) = search({"a": NUMBER}, register)
    assert (hit.entry_id, hit.category) == (entry.id, "national-number")


def test_the_role_in_a_token_is_searched_like_any_text():
    for text in (
        '<p>Vu <span class="pm-token" data-pm-cat="person" data-pm-no="1" data-pm-gender=""'
        ' data-pm-role="le voisin Jean Dupont"></span></p>',
        "Vu ⟦person:1::le voisin Jean Dupont⟧",
    ):
        (hit,) = search({"title": text}, REGISTER)
        assert (hit.path, hit.entry_id) == ("title", "p1")
