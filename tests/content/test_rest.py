"""Content over REST: refusals that name field and fix, and rich texts that come back as they went."""

import base64
import pytest
import transaction


MARKED = '<p>Vu la demande de <span data-pm-id="" data-pm-cat="person">Josette Wautelet</span>&nbsp;; 3 &lt; 4</p>'


def post(http, **data):
    return http.post("", json={"@type": "Item", "title": "Point", **data})


def annex(http, name, data, media_type="application/pdf"):
    file = {
        "data": base64.b64encode(data).decode(),
        "encoding": "base64",
        "filename": name,
        "content-type": media_type,
    }
    return http.post("", json={"@type": "Annex", "title": "Pièce", "file": file})


def refusal(answer, field=None):
    """The messages of a refusal; its field must be named."""
    assert answer.status_code == 400, answer.text
    errors = answer.json()["message"]
    if field:
        assert field in errors
    return errors


def test_a_text_comes_back_as_it_was_sent_but_for_the_ids_of_its_marks(live_meeting):
    item = post(live_meeting, motivation=MARKED).json()
    assert item["motivation"]["data"] == MARKED.replace('data-pm-id=""', 'data-pm-id="p1"')


def test_what_get_gives_patch_keeps(live_meeting):
    address = post(live_meeting, motivation=MARKED).json()["@id"]
    session = live_meeting.session
    before = session.get(address).json()
    sent = session.patch(address, json={"motivation": before["motivation"]})
    assert sent.status_code == 204
    after = session.get(address).json()
    assert after["motivation"] == before["motivation"]
    assert after["register"] == before["register"]


def test_a_patch_that_drops_a_mark_but_keeps_its_words_is_refused(live_meeting):
    address = post(live_meeting, motivation=MARKED).json()["@id"]
    answer = live_meeting.session.patch(
        address, json={"motivation": "<p>Vu la demande de Josette Wautelet ;</p>"}
    )
    assert "marqués" in refusal(answer, "motivation")
    assert "p1" in answer.text
    assert "data-pm-id" in live_meeting.session.get(address).json()["motivation"]["data"]


def test_a_patch_that_drops_a_mark_with_its_words_is_accepted(live_meeting):
    address = post(live_meeting, motivation=MARKED).json()["@id"]
    answer = live_meeting.session.patch(address, json={"motivation": "<p>Vu la demande ;</p>"})
    assert answer.status_code == 204


@pytest.mark.parametrize("field", ["register", "number", "sourceUid"])
def test_what_the_system_keeps_cannot_be_sent(live_meeting, field):
    address = post(live_meeting, motivation=MARKED).json()["@id"]
    before = live_meeting.session.get(address).json()[field]
    live_meeting.session.patch(address, json={field: []})
    assert live_meeting.session.get(address).json()[field] == before


def test_an_id_with_words_is_refused(live_meeting):
    assert "adresse" in refusal(post(live_meeting, id="permis-josette-wautelet"))


def test_a_title_is_required_and_at_most_1000_characters_long(live_meeting):
    assert "title" in refusal(live_meeting.post("", json={"@type": "Item"}))
    assert "title" in refusal(post(live_meeting, title="a" * 1001))
    assert post(live_meeting, title="é" * 1000).status_code == 201


def test_a_meeting_that_ends_before_it_begins_is_refused(live_meeting):
    answer = live_meeting.patch("", json={"end": "2026-12-14T18:30:00+01:00"})
    assert "« Fin »" in refusal(answer)
    assert live_meeting.patch("", json={"end": "2026-12-14T21:30:00+01:00"}).status_code == 204


def test_a_moment_without_a_zone_is_in_brussels(live_meeting):
    live_meeting.patch("", json={"start": "2026-12-14T20:15:00"})
    meeting = live_meeting.get("").json()
    assert meeting["title"].endswith("14 décembre 2026, 20\u00a0h\u00a015")
    assert meeting["start"] == "2026-12-14T19:15:00+00:00"


def test_a_moment_that_is_none_is_refused(live_meeting):
    assert "ISO 8601" in refusal(live_meeting.patch("", json={"start": "lundi"}), "start")


def test_annexes_must_be_what_they_say(live_meeting):
    assert annex(live_meeting, "plan.pdf", b"%PDF-1.7 ...").status_code == 201
    assert "vide" in refusal(annex(live_meeting, "plan.pdf", b""), "file")
    assert "Types admis" in refusal(annex(live_meeting, "plan.exe", b"MZ"), "file")
    assert "extension" in refusal(annex(live_meeting, "plan.pdf", b"<html>"), "file")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("nisCode", "9209"),
        ("cbeNumber", "0207362275"),
        ("website", "valbourg.example"),
        ("color", "green"),
        ("bodies", ["Conseil communal"]),
        ("portalInstitution", "Val bourg"),
        ("draftClearDays", -1),
        ("kind", "paroisse"),
    ],
)
def test_an_institution_with_a_wrong_value_is_refused(live_meeting, live_desk, field, value):
    answer = live_desk.as_user("admin").patch("/valbourg", json={field: value})
    refusal(answer, field)


def test_an_institution_takes_what_is_right(live_meeting, live_desk):
    value = {
        "nisCode": "92094",
        "cbeNumber": "0123.456.749",
        "website": "https://valbourg.example",
        "color": "#1d5b4f",
        "bodies": ["cpas|Conseil de l'action sociale"],
        "portalInstitution": "val-bourg",
        "draftClearDays": 0,
        "kind": "cpas",
    }
    assert live_desk.as_user("admin").patch("/valbourg", json=value).status_code == 204


def test_without_the_permission_on_personal_data_nothing_of_an_item_is_given(
    live_meeting, live_desk
):
    address = post(live_meeting, motivation=MARKED).json()["@id"]
    live_desk.site.manage_permission("collective.deliberation: View personal data", ["Clerk"], 0)
    transaction.commit()
    answer = live_meeting.session.get(address)
    assert answer.status_code == 401
    assert "Wautelet" not in answer.text
    assert not {"title", "motivation", "register"} & set(answer.json())


def test_a_refusal_shows_an_agent_no_code(live_meeting):
    assert set(post(live_meeting, title="").json()) == {"type", "message", "context"}


def test_nobody_without_an_account_gets_a_text(live_meeting, live_desk):
    path = post(live_meeting, motivation=MARKED).json()["@id"].removeprefix(live_desk.base)
    answer = live_desk.get(path)
    assert answer.status_code in (401, 403)
    assert "Wautelet" not in answer.text
