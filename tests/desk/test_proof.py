"""The proof for a data protection officer: complete, and without any original."""

import pytest
import transaction
from collective.deliberation.content.register import add_form
from collective.deliberation.content.register import merge_entries
from collective.deliberation.content.review import decisions
from collective.deliberation.demo import files
from collective.deliberation.pseudonym.register import Category
from collective.deliberation.pseudonym.register import Gender
from collective.deliberation.publishing import exposure
from collective.deliberation.workflow import audit
from datetime import datetime
from datetime import timezone
from plone import api
from plone.app.textfield.value import RichTextValue
from plone.namedfile.file import NamedBlobFile


NAMES = ("Poncin", "Rasquin", "Delcourt")
TEXT = "<p>Vu Monsieur Anselme Poncin et Madame Odile Rasquin ; vu Delcourt ;</p>"


@pytest.fixture()
def item(live_desk):
    institution = api.content.create(
        live_desk.site, "Institution", title="Valbourg", slug="valbourg"
    )
    start = datetime(2026, 12, 14, 18, tzinfo=timezone.utc)
    meeting = api.content.create(institution, "Meeting", title="-", body="conseil", start=start)
    text = RichTextValue(TEXT, "text/html", "text/x-html-safe")
    item = api.content.create(meeting, "Item", title="Recours", motivation=text)
    keys = {group.text: group.key for group in decisions.groups(item)}
    decisions.accept(item, keys["Anselme Poncin"])
    decisions.reject(item, keys["Odile Rasquin"])
    add_form(item, Category.PERSON, ["Delcourt"], Gender.UNKNOWN, "")
    add_form(item, Category.PERSON, ["Baudouin Delcourt"], Gender.UNKNOWN, "")
    merge_entries(item, "p3", "p2")
    transaction.commit()
    return item


def path(item, query=""):
    return "/" + "/".join(item.getPhysicalPath()[2:]) + "/@@personal-data-proof" + query


def test_it_says_who_did_what_and_no_original(live_desk, item):
    clerk = live_desk.as_user("clerk")
    for query in ("", "?format=csv", "?format=json"):
        answer = clerk.get(path(item, query), headers={"Accept": "text/html"})
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert not [name for name in NAMES if name in answer.text]
    log = answer.json()["log"]
    details = [entry["detail"] for entry in log if entry["action"] == "register"]
    assert details == ["+p1 person", "+p2 person", "+p3 person", "p2 forms 1>2; -p3"]
    assert [entry["action"] for entry in log if "suggestion" in entry["action"]] == [
        "accept-suggestion",
        "reject-suggestion",
    ]
    assert answer.json()["suggestions"]["rejected"] == 1
    assert {entry["id"] for entry in answer.json()["entries"]} == {"p1", "p2"}


def test_it_reads_as_a_page(live_desk, item):
    html = live_desk.as_user("clerk").get(path(item), headers={"Accept": "text/html"}).text
    for words in ("Preuve de la pseudonymisation", "Proposition acceptée", "Registre modifié"):
        assert words in html


def test_reasons_that_people_wrote_are_left_out(live_desk, item):
    audit.record(item, "withdraw", "Anselme Poncin l'a demandé")
    transaction.commit()
    answer = live_desk.as_user("clerk").get(path(item, "?format=json"))
    assert "Poncin" not in answer.text
    assert answer.json()["log"][-1] == {
        **answer.json()["log"][-1],
        "action": "withdraw",
        "detail": "",
    }


def test_what_was_decided_on_annexes_stands_there_by_their_number(live_desk, item):
    file = NamedBlobFile(files.pdf(("Lettre d'Anselme Poncin",)), "application/pdf", "poncin.pdf")
    annex = api.content.create(item, "Annex", title="Lettre d'Anselme Poncin", file=file)
    api.content.transition(annex, "publish", comment="Anselme Poncin est d'accord")
    transaction.commit()
    for query in ("", "?format=csv", "?format=json"):
        answer = live_desk.as_user("clerk").get(path(item, query), headers={"Accept": "text/html"})
        assert not [name for name in NAMES if name in answer.text]
        assert "p1" in answer.text
    released = [each for each in answer.json()["log"] if each["action"] == "annex-released"]
    assert [(each["annex"], each["detail"]) for each in released] == [(1, "p1")]
    html = live_desk.as_user("clerk").get(path(item), headers={"Accept": "text/html"}).text
    assert "Annexe n° 1 : Publiée alors que" in html.replace("\u00a0", " ")


def test_what_may_have_been_read_is_said_by_field_and_time(live_desk, item):
    detail = "p1|person|title,motivation|2026-03-03T10:00:00+01:00|2026-03-12T09:30:00+01:00"
    audit.record(item, exposure.ACTION, detail)
    transaction.commit()
    html = live_desk.as_user("clerk").get(path(item), headers={"Accept": "text/html"}).text
    text = html.replace("\u00a0", " ")
    assert "3 mars 2026" in text and "12 mars 2026" in text and "Motivation" in text


def test_only_who_may_see_personal_data_sees_it(live_desk, item):
    assert live_desk.get(path(item)).status_code == 401
    live_desk.site.acl_users.userFolderAddUser("reader", "deliberation", ["Member"], [])
    transaction.commit()
    for query in ("", "?format=json", "?format=csv"):
        assert live_desk.as_user("reader").get(path(item, query)).status_code in (401, 403)
