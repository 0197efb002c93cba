"""A reason that names somebody can be forgotten on a screen: by whom, how, and what stays."""

import pytest
import re
import requests
import transaction
from collective.deliberation.portal.log.record import log_of
from collective.deliberation.publishing.log.verifying import head
from collective.deliberation.testing import PASSWORD


ADMIN = ("admin", PASSWORD)
REASON = "Nommait Zélie Vanbever"
DATE = "2026-12-02T09:00:00+01:00"


@pytest.fixture()
def site(live_portal, add_institution, send):
    add_institution(live_portal.site, "valbourg")
    transaction.commit()
    publisher = live_portal.as_user("valbourg-publisher")
    publisher.put(f"/@published/{send.MEETING}", json=send.meeting())
    publisher.put(f"/@published/{send.ITEM}", json=send.item())
    for revision, reason in ((8, REASON), (9, "Erreur matérielle"), (10, REASON)):
        body = {"revision": revision, "reason": reason, "date": DATE}
        publisher.delete(f"/@published/{send.ITEM}?institution=valbourg", json=body)
    return live_portal


def screen(site, auth=ADMIN, **form):
    address = f"{site.base}/valbourg/@@withdrawal-reasons"
    arguments = {"auth": auth, "timeout": 60, "allow_redirects": False}
    if form:
        return requests.post(address, data=form, **arguments)
    return requests.get(address, **arguments)


def token(site):
    return re.search(r'name="_authenticator" value="(\w+)"', screen(site).text)[1]


def public(site, path):
    return requests.get(f"{site.base}/valbourg/{path}", timeout=60).text


def log(site):
    transaction.begin()
    return log_of(site.site.valbourg)


def test_it_lists_the_reasons_and_forgets_one_for_good_while_the_log_still_verifies(site, send):
    entries = [line.entry for line in log(site).lines()]
    assert "Erreur matérielle" in screen(site).text
    address = site.site.valbourg.objectValues()[0].objectValues()[0].absolute_url()
    assert REASON in requests.get(address, timeout=60).text
    for number in ("3", "5"):
        assert REASON in screen(site).text
        answer = screen(site, number=number, sure="1", _authenticator=token(site))
        assert answer.status_code == 302
    for path in (
        "@@withdrawal-reasons",
        "journal-de-publication.jsonl",
        f"preuve-de-publication/{send.ITEM}",
    ):
        text = screen(site).text if path.startswith("@@") else public(site, path)
        assert REASON not in text
        assert "Erreur matérielle" in text
    page = requests.get(address, timeout=60)
    assert page.status_code == 410
    assert REASON not in page.text and "Retiré par l'institution." in page.text
    assert [line.entry for line in log(site).lines()] == entries
    assert head(public(site, "journal-de-publication.jsonl").encode().splitlines(True)).number == 5


@pytest.mark.parametrize(
    "form",
    [{"number": "3"}, {"number": "1", "sure": "1"}, {"number": "x", "sure": "1"}, {"sure": "1"}],
)
def test_without_the_box_or_an_entry_that_has_a_reason_nothing_is_forgotten(site, form):
    assert screen(site, **form, _authenticator=token(site)).status_code == 302
    assert log(site).line(3).openings["why"].text == REASON


def test_a_form_from_elsewhere_forgets_nothing(site):
    assert screen(site, number="3", sure="1").status_code == 403
    assert log(site).line(3).openings["why"].text == REASON


@pytest.mark.parametrize("auth", [None, ("valbourg-publisher", PASSWORD)])
def test_only_who_manages_the_portal_sees_or_does_it(site, auth):
    for form in ({}, {"number": "3", "sure": "1", "_authenticator": token(site)}):
        answer = screen(site, auth, **form)
        assert answer.status_code in (302, 401, 403)
        assert "withdrawal-reasons" not in answer.headers.get("Location", "").partition("?")[0]
        assert REASON not in answer.text
    assert log(site).line(3).openings["why"].text == REASON
