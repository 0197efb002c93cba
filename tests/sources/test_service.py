"""Importing over HTTP: the REST service and the form, for those who may and those who may not."""

import json
import pytest
import re
import transaction


@pytest.fixture()
def college(live_desk, make_institution):
    made = make_institution(live_desk.site)
    transaction.commit()
    return made


@pytest.fixture()
def body(items, meeting):
    return {"items": items, "meeting": meeting}


def test_an_answer_posted_by_the_clerk_is_imported(live_desk, college, body):
    clerk = live_desk.as_user("clerk")
    first = clerk.post("/demo-college/@import-meeting", json=body)
    assert first.status_code == 200, first.text
    assert first.json()["created"] == 29
    again = clerk.post("/@import-meeting", json=body).json()
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 29)
    assert again["@id"].endswith("/demo-college/2019-11-14-college")


def test_an_answer_without_its_meeting_gets_400_with_field_and_fix(live_desk, college, items):
    answer = live_desk.as_user("clerk").post("/demo-college/@import-meeting", json=items)
    assert answer.status_code == 400
    assert answer.json()["field"] == "meeting"
    assert "second fichier" in answer.json()["message"]


@pytest.mark.parametrize("data", ["", "{", "[]", '"x"', "null", "[[[[1]]]]"])
def test_what_is_no_answer_gets_400_and_no_traceback(live_desk, college, data):
    answer = live_desk.as_user("clerk").post(
        "/demo-college/@import-meeting", data=data, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 400
    assert answer.json()["message"]
    assert "Traceback" not in answer.text


def test_a_refused_import_writes_nothing(live_desk, college, body):
    college.bodies = ("conseil|Conseil communal",)
    transaction.commit()
    answer = live_desk.as_user("clerk").post("/demo-college/@import-meeting", json=body)
    assert answer.status_code == 400
    transaction.begin()
    assert college.objectIds() == []


@pytest.mark.parametrize("user, status", [(None, 401), ("agent", 401)])
def test_who_may_not_import_gets_401_without_any_word_of_the_answer(
    live_desk, college, body, user, status
):
    for path in ("/@import-meeting", "/demo-college/@import-meeting"):
        answer = live_desk.as_user(user).post(path, json=body)
        assert answer.status_code in (status, 403)
        assert "Traceback" not in answer.text
        assert answer.json()


def form_of(page):
    return re.search(r'name="_authenticator" value="([^"]+)"', page.text)[1]


def send(user, token, items, meeting=None):
    files = {"items": ("points.json", json.dumps(items))}
    if meeting is not None:
        files["meeting"] = ("seance.json", json.dumps(meeting))
    return user.post(
        "/@@import-meeting",
        data={"_authenticator": token, "institution": "demo-college"},
        files=files,
        headers={"Accept": "text/html"},
    )


def test_the_form_imports_two_files_and_shows_what_was_done(live_desk, college, items, meeting):
    clerk = live_desk.as_user("clerk")
    page = clerk.get("/@@import-meeting", headers={"Accept": "text/html"})
    assert "Importer une séance" in page.text
    done = send(clerk, form_of(page), items, meeting)
    assert done.status_code == 200
    report = re.search(r'id="import-report".*?</div>', done.text, re.DOTALL)[0]
    assert re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", report)).count("29") == 1


def test_the_form_names_the_field_that_is_wrong_and_the_fix(live_desk, college, items, meeting):
    clerk = live_desk.as_user("clerk")
    page = clerk.get("/@@import-meeting", headers={"Accept": "text/html"})
    items["items"][3]["listType"] = "Dupont Jean"
    answer = send(clerk, form_of(page), items, meeting)
    assert answer.status_code == 400
    assert "items.3.listType" in answer.text
    assert "normal, late" in answer.text
    assert "Dupont Jean" not in answer.text


def test_the_form_without_its_token_imports_nothing(live_desk, college, items, meeting):
    clerk = live_desk.as_user("clerk")
    assert send(clerk, "", items, meeting).status_code in (400, 401, 403)
    transaction.begin()
    assert college.objectIds() == []


@pytest.mark.parametrize("user", [None, "agent"])
def test_the_form_is_shown_to_those_who_may_import_only(live_desk, college, user):
    answer = live_desk.as_user(user).get("/@@import-meeting", allow_redirects=False)
    assert answer.status_code in (302, 401, 403)
    assert "import-items" not in answer.text
