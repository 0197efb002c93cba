"""The publishing queue as a screen and as a service: who sees it, what it says, how to try again."""

import pytest
import re
import transaction
from collective.deliberation.publishing.outbox import peek
from collective.deliberation.publishing.status import publication_of
from time import time


@pytest.fixture()
def queue(live_desk, sites):
    """Two jobs are there: the meeting's is parked, the item's waits."""
    item = sites.desk.item("Réfection du pont")
    sites.desk.approve(item)
    sites.desk.do(sites.desk.meeting, "convene")
    box = peek(sites.desk.site)
    box.park(sites.desk.jobs()[0], "Le portail a répondu 422", time())
    transaction.commit()
    sites.item = item
    sites.http = live_desk
    return sites


def page(sites, user, path="/@@publishing-queue", **arguments):
    http = sites.http.as_user(user)
    return http.get(path, headers={"Accept": "text/html"}, **arguments)


def token(html):
    return re.search(r'name="_authenticator" value="([0-9a-f]+)"', html)[1]


def test_it_lists_what_is_not_sent_with_reason_counts_and_links(queue):
    answer = page(queue, "clerk")
    assert answer.status_code == 200
    assert "Réfection du pont" in answer.text
    assert queue.item.absolute_url() in answer.text
    assert "Le portail a répondu 422" in answer.text
    assert "Refusé, à corriger" in answer.text
    assert "pas encore fonctionné" in answer.text


def test_a_filter_shows_one_state(queue):
    assert "Réfection du pont" not in page(queue, "clerk", "/@@publishing-queue?state=parked").text
    assert "Réfection du pont" in page(queue, "clerk", "/@@publishing-queue?state=waiting").text


@pytest.mark.parametrize("query", ["state=x", "b_start=x", "b_start=-1", "b_start=9999999999999"])
def test_a_strange_question_gets_an_ordinary_page(queue, query):
    assert page(queue, "clerk", f"/@@publishing-queue?{query}").status_code == 200


def test_it_says_that_a_deliverer_runs_once_it_was_heard_of(queue):
    queue.deliver()
    assert "Le service d’envoi fonctionne" in page(queue, "clerk").text


def test_nobody_else_sees_it_or_retries(queue):
    for path in ("/@@publishing-queue", "/@publishing-queue", "/@@publishing-retry"):
        answer = queue.http.get(path)
        assert answer.status_code in (401, 403)
        assert "Réfection" not in answer.text


def test_an_agent_sees_it_but_cannot_retry(queue):
    html = page(queue, "agent").text
    assert "Réessayer" not in html
    answer = queue.http.as_user("agent").post("/@@publishing-retry", data={"all": "1"})
    assert answer.status_code in (401, 403)
    transaction.begin()
    assert queue.desk.jobs("parked")


def test_a_retry_without_authenticator_or_by_get_is_refused(queue):
    clerk = queue.http.as_user("clerk")
    assert clerk.post("/@@publishing-retry", data={"all": "1"}).status_code == 403
    assert clerk.get("/@@publishing-retry?all=1").status_code == 405
    transaction.begin()
    assert queue.desk.jobs("parked")


def test_a_retry_makes_the_parked_publication_anew_and_it_arrives(queue):
    html = page(queue, "clerk").text
    answer = queue.http.as_user("clerk").post(
        "/@@publishing-retry",
        data={"all": "1", "_authenticator": token(html)},
        headers={"Accept": "text/html"},
    )
    assert answer.status_code == 200
    assert "Nouvel essai pour 1 envoi" in answer.text
    queue.deliver()
    assert queue.published(queue.desk.meeting).revision == 2
    assert queue.published(queue.item).revision == 1


def test_a_failed_job_is_tried_at_once_on_demand(queue):
    box = peek(queue.desk.site)
    job = queue.desk.jobs("waiting")[0]
    box.later(job, "Le portail est injoignable", time() + 3600)
    transaction.commit()
    html = page(queue, "clerk").text
    queue.http.as_user("clerk").post(
        "/@@publishing-retry", data={"id": job.id, "_authenticator": token(html)}
    )
    transaction.begin()
    assert [job.state for job in queue.desk.jobs() if job.uid == queue.item.UID()] == ["waiting"]


def test_the_service_says_the_same_in_json(queue):
    answer = queue.http.as_user("clerk").get("/@publishing-queue").json()
    assert answer["counts"] == {"waiting": 1, "sending": 0, "failed": 0, "parked": 1, "sent": 0}
    assert answer["deliverer"] == {"alive": False, "since": None}
    parked = next(row for row in answer["items"] if row["state"] == "parked")
    assert (parked["kind"], parked["reason"]) == ("meeting", "Le portail a répondu 422")
    only = queue.http.as_user("clerk").get("/@publishing-queue?state=waiting&b_size=1").json()
    assert [row["title"] for row in only["items"]] == ["Réfection du pont"]


def test_an_unknown_state_is_400_for_the_service(queue):
    assert queue.http.as_user("clerk").get("/@publishing-queue?state=x").status_code == 400


def test_the_status_of_an_object_follows_its_publication(queue):
    status = publication_of(queue.item)
    assert (status.state, status.stage, status.is_public) == ("waiting", "draft", False)
    assert publication_of(queue.desk.meeting).reason == "Le portail a répondu 422"
    queue.deliver()
    transaction.begin()
    assert publication_of(queue.desk.item("Autre")) is None
