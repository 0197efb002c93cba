"""Screens over HTTP: personal data, public preview, moving items."""

import pytest
import re
import transaction
from collective.deliberation.content.register import register_of
from plone import api


NAME = "Josette Wautelet"
TEXT = f'<p>Vu <span data-pm-id="" data-pm-cat="person">{NAME}</span> ;</p>'


class Screen:
    """A page with forms, as a browser would use it."""

    def __init__(self, http, address):
        self.http = http
        self.address = address

    def html(self):
        answer = self.http.session.get(self.address, headers={"Accept": "text/html"})
        assert answer.status_code == 200
        return answer.text

    def send(self, headers=None, token=None, **fields):
        if token is None:
            token = re.search(r'name="_authenticator"[^>]*value="([0-9a-f]+)"', self.html())[1]
        return self.http.session.post(
            self.address,
            data={"_authenticator": token, **fields},
            headers={"Accept": "text/html", **(headers or {})},
        )


@pytest.fixture()
def item(live_meeting):
    """The address of an item with a marked name, as agent."""
    data = {"@type": "Item", "title": f"Demande de {NAME}", "motivation": TEXT}
    return live_meeting.post("", json=data).json()["@id"]


@pytest.fixture()
def personal_data(live_meeting, item):
    return Screen(live_meeting, f"{item}/@@personal-data")


def entries(live_meeting, item):
    transaction.begin()
    return register_of(live_meeting.object[item.rpartition("/")[2]]).entries


def test_the_list_shows_what_is_hidden_and_what_the_public_reads(personal_data):
    html = personal_data.html()
    assert NAME in html
    assert re.search(r"Personne [A-Z]\b", html)


def test_an_entry_made_by_hand_hides_what_stands_in_a_title_only(live_meeting, item, personal_data):
    live_meeting.session.patch(item, json={"title": "Plainte d'Anselme Poncin"})
    html = personal_data.send(action="add", form="Anselme Poncin", category="person").text
    assert "C'est désormais masqué au public" in html.replace("&#x27;", "'").replace("&#39;", "'")
    preview = Screen(live_meeting, f"{item}/@@public-preview").html()
    assert re.search(r"Plainte de Personne [A-Z]\b", preview)


def test_gender_category_and_forms_can_be_changed(live_meeting, item, personal_data):
    personal_data.send(action="gender", entry="p1", gender="f")
    personal_data.send(action="form", entry="p1", form="Mme W.")
    personal_data.send(action="category", entry="p1", category="other")
    (entry,) = entries(live_meeting, item)
    assert (entry.gender.value, entry.category.value) == ("f", "other")
    assert entry.forms == (NAME, "Mme W.")
    personal_data.send(action="drop", entry="p1", form="Mme W.")
    assert entries(live_meeting, item)[0].forms == (NAME,)


def test_a_removed_entry_is_gone_with_its_marks(live_meeting, item, personal_data):
    personal_data.send(action="remove", entry="p1")
    assert entries(live_meeting, item) == ()
    assert live_meeting.session.get(item).json()["motivation"]["data"] == f"<p>Vu {NAME} ;</p>"


@pytest.mark.parametrize(
    "fields",
    [
        {"action": "add", "form": " ", "category": "person"},
        {"action": "add", "form": "x" * 201, "category": "person"},
        {"action": "add", "form": "Jo", "category": "inconnue"},
        {"action": "form", "entry": "p9", "form": "Jo"},
        {"action": "drop", "entry": "p1", "form": NAME},
        {"action": "gender", "entry": "p1", "gender": "x"},
        {"action": "category", "entry": "p1", "category": ""},
        {"action": "remove", "entry": ""},
        {"action": "tout"},
    ],
)
def test_what_cannot_be_done_is_refused_with_a_message_and_changes_nothing(
    live_meeting, item, personal_data, fields
):
    before = entries(live_meeting, item)
    answer = personal_data.send(**fields)
    assert answer.status_code == 200
    assert "alert-danger" in answer.text
    assert entries(live_meeting, item) == before


def test_a_change_without_an_authenticator_is_refused(live_meeting, item, personal_data):
    answer = personal_data.send(action="remove", entry="p1", token="")
    assert answer.status_code == 403
    assert len(entries(live_meeting, item)) == 1


def test_the_list_can_be_changed_when_the_text_no_longer_can(live_meeting, item, personal_data):
    live_meeting.session.post(f"{item}/@workflow/propose")
    refused = live_meeting.session.patch(item, json={"motivation": "<p>Autre</p>"})
    assert refused.status_code in (401, 403)
    personal_data.send(action="gender", entry="p1", gender="f")
    assert entries(live_meeting, item)[0].gender.value == "f"


@pytest.mark.parametrize("view", ["@@personal-data", "@@public-preview", "@@move-item"])
def test_nobody_without_an_account_sees_a_screen(live_desk, live_meeting, item, view):
    address = item if view != "@@move-item" else live_meeting.base
    answer = live_desk.session.get(f"{address}/{view}", allow_redirects=False)
    assert answer.status_code in (302, 401, 403)
    assert NAME not in answer.text


def test_the_preview_shows_desk_and_public_side_by_side(live_meeting, item):
    html = Screen(live_meeting, f"{item}/@@public-preview").html()
    public = re.findall(r'<div class="pm-public">(.*?)</section>', html, re.S)
    assert len(public) == 2
    assert NAME not in "".join(public)
    assert re.search(r"Demande de Personne [A-Z]\b", public[0])
    assert NAME in html


def test_the_preview_says_why_a_text_is_withheld(live_meeting, item):
    transaction.begin()
    live_meeting.object[item.rpartition("/")[2]].register = ()
    transaction.commit()
    html = Screen(live_meeting, f"{item}/@@public-preview").html()
    assert "Un passage marqué ne correspond à aucune donnée de la liste" in html


def test_the_preview_of_a_meeting_lists_the_public_titles_of_its_items(live_meeting, item):
    html = Screen(live_meeting, f"{live_meeting.base}/@@public-preview").html()
    assert re.search(r"Demande de Personne [A-Z]\b", html)
    assert NAME not in html


def test_originals_beside_pseudonyms_are_kept_by_no_cache(live_meeting, item):
    for view in ("@@public-preview", "@@personal-data"):
        answer = live_meeting.session.get(f"{item}/{view}")
        assert "no-store" in answer.headers["Cache-Control"]


@pytest.fixture()
def agenda(live_meeting):
    """The ids of three items, and the screen that moves them."""
    ids = [
        live_meeting.post("", json={"@type": "Item", "title": f"Point {n}"}).json()["id"]
        for n in range(3)
    ]
    screen = Screen(live_meeting, f"{live_meeting.base}/@@move-item")
    form = Screen(live_meeting, f"{live_meeting.base}/@@personal-data").html()
    token = re.search(r'name="_authenticator"[^>]*value="([0-9a-f]+)"', form)[1]

    def move(**fields):
        return screen.send({"Accept": "application/json"}, token, **fields)

    return ids, move


@pytest.mark.parametrize(
    ("moved", "where", "order"),
    [
        (2, {"delta": "-1"}, (0, 2, 1)),
        (0, {"delta": "1"}, (1, 0, 2)),
        (2, {"position": "0"}, (2, 0, 1)),
        (0, {"delta": "-1"}, (0, 1, 2)),
        (0, {"delta": "99"}, (1, 2, 0)),
    ],
)
def test_an_item_moves_and_all_are_numbered(agenda, moved, where, order):
    ids, move = agenda
    answer = move(item=ids[moved], **where)
    assert answer.json() == {
        "items": [{"id": ids[at], "number": str(n)} for n, at in enumerate(order, 1)]
    }


@pytest.mark.parametrize("fields", [{"delta": "1"}, {"item": "ffffffff", "delta": "1"}])
def test_a_move_of_no_item_is_refused(agenda, fields):
    answer = agenda[1](**fields)
    assert answer.status_code == 400
    assert "point" in answer.json()["error"]["message"]


@pytest.mark.parametrize("where", [{}, {"delta": "haut"}, {"position": ""}])
def test_a_move_to_nowhere_is_refused(agenda, where):
    ids, move = agenda
    assert move(item=ids[0], **where).status_code == 400


def test_a_move_takes_a_post(live_meeting):
    answer = live_meeting.get("/@@move-item")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"


def test_a_meeting_in_the_past_is_added_with_a_warning(live_desk, live_meeting):
    form = Screen(live_desk.as_user("agent"), f"{live_desk.base}/valbourg/++add++Meeting")
    answer = form.send(
        **{
            "form.widgets.body": "conseil",
            "form.widgets.start": "2020-02-03T19:00",
            "form.widgets.start-empty-marker": "1",
            "form.widgets.public": "selected",
            "form.buttons.save": "Enregistrer",
        }
    )
    assert "Cette séance est dans le passé (3 février 2020)" in answer.text
    transaction.begin()
    assert "2020-02-03-conseil" in api.content.get("/valbourg").objectIds()


TWO = f"<p>Vu {NAME} ; M. Lambert Hanot ; que Lambert Hanot a réclamé.</p>"


@pytest.fixture()
def two(live_meeting):
    data = {"@type": "Item", "title": "Réclamation", "motivation": TWO}
    item = live_meeting.post("", json=data).json()["@id"]
    screen = Screen(live_meeting, f"{item}/@@personal-data")
    for form in ("Lambert Hanot", "Hanot"):
        screen.send(action="add", form=form, category="person", gender="")
    return screen


def entries_of(live_meeting, screen):
    return entries(live_meeting, screen.address.rpartition("/")[0])


def test_two_entries_become_one_and_one_becomes_two(live_meeting, two):
    full, short = entries_of(live_meeting, two)
    two.send(action="merge", entry=short.id, into=full.id)
    (merged,) = entries_of(live_meeting, two)
    assert merged.forms == ("Lambert Hanot", "Hanot")
    two.send(action="split", entry=full.id, form="Hanot")
    assert [entry.forms for entry in entries_of(live_meeting, two)] == [
        ("Lambert Hanot",),
        ("Hanot",),
    ]


def test_marks_follow_a_merge(live_meeting, two):
    full, short = entries_of(live_meeting, two)
    two.send(action="mark", entry=full.id)
    two.send(action="merge", entry=full.id, into=short.id)
    transaction.begin()
    raw = live_meeting.object[two.address.split("/")[-2]].motivation.raw
    assert f'data-pm-id="{short.id}"' in raw and f'data-pm-id="{full.id}"' not in raw


def test_every_mention_is_listed_with_its_field_and_can_be_marked(live_meeting, two):
    full = entries_of(live_meeting, two)[0]
    html = two.html()
    assert f"#mention-{full.id}-2" in html and "Motivation" in html
    two.send(action="mark", entry=full.id)
    transaction.begin()
    raw = live_meeting.object[two.address.split("/")[-2]].motivation.raw
    assert raw.count(f'data-pm-id="{full.id}"') == 2


def test_an_author_chooses_the_role_that_a_person_is_called_by(live_meeting, two):
    full = entries_of(live_meeting, two)[0]
    two.send(action="role", entry=full.id, role="le réclamant")
    assert entries_of(live_meeting, two)[0].role == "le réclamant"
    assert "le réclamant" in two.html()


@pytest.mark.parametrize(
    "fields",
    [
        {"action": "merge", "entry": "p1", "into": "p1"},
        {"action": "merge", "entry": "p9", "into": "p1"},
        {"action": "split", "entry": "p1", "form": "Lambert Hanot"},
        {"action": "role", "entry": "p1", "role": "x" * 81},
    ],
)
def test_what_can_not_be_merged_or_split_changes_nothing(live_meeting, two, fields):
    before = entries_of(live_meeting, two)
    answer = two.send(**fields)
    assert answer.status_code == 200 and "Rien n'a été modifié" in answer.text
    assert entries_of(live_meeting, two) == before
