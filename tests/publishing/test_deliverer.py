"""From an approval on the desk to the portal, over real HTTP, whatever goes wrong on the way."""

import pytest
import socket
import transaction
from collective.deliberation.content.register import register_of
from collective.deliberation.content.register import set_register
from collective.deliberation.portal import files
from collective.deliberation.portal.received import received
from collective.deliberation.publishing.deliverer import Deliverer
from collective.deliberation.publishing.outbox import LEASE
from collective.deliberation.publishing.outbox import peek
from collective.deliberation.publishing.transactions import committed
from collective.deliberation.publishing.transactions import opened
from collective.deliberation.publishing.wake import WAKE
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from threading import Event
from threading import Thread
from time import monotonic
from time import time
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent


@pytest.fixture()
def convened(sites):
    """One approved item with an annex in a convened meeting: two jobs are waiting."""
    item = sites.desk.item()
    annex = sites.desk.annex(item)
    transaction.commit()
    sites.desk.do(annex, "publish", "clerk")
    sites.desk.approve(item)
    sites.desk.do(sites.desk.meeting, "convene")
    sites.item = item
    return sites


@contextmanager
def server(answer):
    """A portal that is out of order: ``answer(handler)`` says what it does."""

    class Handler(BaseHTTPRequestHandler):
        def do_PUT(self):  # noqa: N802
            calls.append(self.path)
            answer(self)

        do_HEAD = do_DELETE = do_PUT

        def log_message(self, *arguments):
            pass

    calls = []
    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=http.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{http.server_port}/portal", calls
    finally:
        http.shutdown()
        http.server_close()


def status(code, body=b'{"message": "Non"}'):
    def answer(handler):
        handler.send_response(code)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body if handler.command != "HEAD" else b"")

    return answer


def cut(handler):
    handler.connection.shutdown(socket.SHUT_RDWR)


def point_to(sites, address):
    sites.desk.institution.portalUrl = address
    transaction.commit()


def test_a_meeting_and_its_item_with_a_file_arrive_once(convened):
    assert convened.deliver() == 2
    assert {job.state for job in convened.desk.jobs()} == {"sent"}
    meeting, item = convened.published(convened.desk.meeting), convened.published(convened.item)
    assert (meeting.revision, item.revision) == (1, 1)
    assert item.publication.record.title == "Réfection de la rue du Moulin"
    institution = convened.app["portal"]["valbourg"]
    sha256 = item.publication.record.annexes[0].sha256
    assert files.stored(institution, sha256).size == item.publication.record.annexes[0].size
    assert convened.deliver() == 0


def test_a_decision_replaces_the_draft_at_its_address_and_keeps_it_in_the_history(convened):
    convened.deliver()
    convened.desk.do(convened.desk.meeting, "hold")
    convened.desk.decide(convened.item)
    convened.desk.do(convened.desk.meeting, "close")
    convened.deliver()
    item = convened.published(convened.item)
    assert item.publication.record.stage == "decision"
    assert [entry["document"]["record"]["stage"] for entry in item.history][0] == "draft"


def test_a_withdrawal_arrives_with_its_reason(convened):
    convened.deliver()
    convened.desk.do(convened.item, "withdraw", "clerk", "Erreur matérielle")
    convened.deliver()
    assert convened.published(convened.item).withdrawal["reason"] == "Erreur matérielle"


def test_a_name_masked_later_is_gone_from_the_portal_with_its_history(convened):
    convened.desk.meeting.location = "Chez Zélie Quertinmont"
    notify(ObjectModifiedEvent(convened.desk.meeting))
    transaction.commit()
    convened.deliver()
    meeting = convened.desk.meeting
    register, _entry = register_of(meeting).add("person", "Zélie Quertinmont")
    set_register(meeting, register)
    transaction.commit()
    convened.deliver()
    published = convened.published(meeting)
    assert "Quertinmont" not in str(published.document)
    assert published.history == ()


@pytest.mark.parametrize("code", [500, 502, 503, 409, 429])
def test_a_portal_in_trouble_means_again_later(convened, code):
    address = convened.address
    with server(status(code)) as (broken, calls):
        point_to(convened, broken)
        convened.deliver()
        assert calls
    assert {job.state for job in convened.desk.jobs()} == {"failed", "waiting"}
    failed = convened.desk.jobs("failed")[0]
    assert failed.next_attempt > time() - 1
    point_to(convened, address)
    convened.deliver(clock=lambda: time() + 700)
    assert convened.published(convened.item).revision == 1


@pytest.mark.parametrize(
    "answer",
    [cut, status(200, b"<html>Bienvenue</html>"), status(200, b"[1]")],
    ids=["cut", "page", "list"],
)
def test_what_is_no_answer_of_a_portal_is_not_taken_for_success(convened, answer):
    with server(answer) as (broken, _calls):
        point_to(convened, broken)
        convened.deliver()
    assert convened.desk.jobs("sent") == []
    assert convened.desk.jobs("failed")


def test_a_portal_that_does_not_listen_means_again_later(convened):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    point_to(convened, f"http://127.0.0.1:{port}/portal")
    convened.deliver()
    assert convened.desk.jobs("failed")[0].attempts == 1


@pytest.mark.parametrize("code", [400, 401, 403, 404, 413, 422, 301])
def test_a_refusal_is_parked_with_the_portals_reason(convened, code):
    with server(status(code, b'{"message": "Pas ainsi", "field": "record.title"}')) as (
        broken,
        calls,
    ):
        point_to(convened, broken)
        convened.deliver()
        tried = len(calls)
        convened.deliver(clock=lambda: time() + 700)
        assert len(calls) == tried
    reasons = [job.reason for job in convened.desk.jobs("parked")]
    assert len(reasons) == 2
    assert reasons[0].mapping["status"] == code
    if code != 301:
        assert reasons[0].mapping["message"] == "Pas ainsi (record.title)"


def test_a_parked_job_blocks_no_other_object(convened):
    other = convened.desk.item("Autre point")
    transaction.commit()
    convened.deliver()
    box = peek(convened.desk.site)
    convened.item.title = "x"
    notify(ObjectModifiedEvent(convened.item))
    job = convened.desk.jobs("waiting")[0]
    box.park(job, "raison", time())
    transaction.commit()
    convened.desk.approve(other)
    convened.deliver()
    assert convened.published(other).revision == 1
    assert convened.published(convened.item).revision == 1


def test_an_item_waits_while_its_meeting_is_on_its_way(convened):
    with server(status(503)) as (broken, calls):
        point_to(convened, broken)
        convened.deliver()
        assert calls == [f"/portal/@published/{convened.desk.meeting.UID()}"]


def test_without_an_account_or_an_address_nothing_is_sent_and_the_clerk_is_told(
    convened, monkeypatch
):
    monkeypatch.delenv("DELIBERATION_PORTAL_PASSWORD")
    convened.deliver()
    assert {str(job.reason) for job in convened.desk.jobs("parked")} == {"publishing_no_account"}
    point_to(convened, None)
    box = peek(convened.desk.site)
    for job in convened.desk.jobs("parked"):
        box.again(job, time())
    transaction.commit()
    convened.deliver()
    assert {str(job.reason) for job in convened.desk.jobs("parked")} == {"publishing_no_portal"}


def test_a_job_of_a_deliverer_that_died_is_taken_over_and_arrives_once(convened):
    dead = Deliverer(convened.db)
    with opened(dead.db) as (app, manager):
        committed(manager, lambda: dead._claim(app, "desk"))
    transaction.begin()
    assert convened.desk.jobs("sending")
    assert convened.deliver() == 0  # it may be alive: its lease counts
    assert convened.deliver(clock=lambda: time() + LEASE + 1) == 2
    assert convened.published(convened.item).revision == 1


def test_a_job_whose_end_was_not_noted_is_sent_again_and_published_once(convened):
    slow = Deliverer(convened.db)
    slow._note = lambda site, id, result: None  # killed between the answer and its note
    slow._deliver_next("desk")
    transaction.begin()
    assert convened.published(convened.desk.meeting).revision == 1
    assert convened.deliver(clock=lambda: time() + LEASE + 1) == 2
    meeting = convened.published(convened.desk.meeting)
    assert (meeting.revision, meeting.history) == (1, ())


def test_a_name_that_entered_the_register_since_stops_the_delivery_at_the_gate(convened):
    register, _entry = register_of(convened.item).add("person", "Moulin")
    convened.item.register = tuple(register.to_json())  # without the event that would make a job
    transaction.commit()
    convened.deliver()
    job = convened.desk.jobs("parked")[0]
    assert job.uid == convened.item.UID()
    assert job.reason == "publishing_gate_hit"
    assert job.reason.mapping["fields"] in ("Titre", "Title")
    assert "Moulin" not in str(job.reason.mapping)
    assert convened.published(convened.item) is None


def test_a_name_in_an_annex_that_entered_the_register_since_stops_the_delivery(convened):
    register, _entry = register_of(convened.item).add("person", "Ernest Vanbever")
    convened.item.register = tuple(register.to_json())  # without the event that would make a job
    transaction.commit()
    convened.deliver()
    job = convened.desk.jobs("parked")[0]
    assert job.uid == convened.item.UID()
    assert job.reason == "publishing_annex_hit"
    assert job.reason.mapping["number"] == "1"
    assert "page 1" in job.reason.mapping["why"]
    assert "Vanbever" not in str(job.reason.mapping)
    assert convened.published(convened.item) is None


def test_a_desk_restored_from_a_backup_is_told_that_the_portal_is_newer(convened):
    convened.deliver()
    known = peek(convened.desk.site).objects[convened.item.UID()]
    institution = convened.app["portal"]["valbourg"]
    entries = received(institution).entries
    entries[convened.item.UID()] = entries[convened.item.UID()]._replace(revision=9)
    transaction.commit()
    convened.item.title = "Autre"
    notify(ObjectModifiedEvent(convened.item))
    transaction.commit()
    convened.deliver()
    assert str(convened.desk.jobs("parked")[0].reason) == "publishing_portal_is_newer"
    assert known.revision == 9


def test_what_is_committed_in_this_process_is_public_within_a_second(convened):
    stop = Event()
    thread = Thread(target=Deliverer(convened.db).run, args=(stop, WAKE), daemon=True)
    thread.start()
    try:
        deadline = monotonic() + 20
        while convened.desk.jobs("waiting", "sending") and monotonic() < deadline:
            Event().wait(0.05)
            transaction.begin()
        convened.item.title = "Autre titre"
        notify(ObjectModifiedEvent(convened.item))
        begun = monotonic()
        transaction.commit()
        while not _is_public(convened, convened.item, 2) and monotonic() < begun + 5:
            Event().wait(0.05)
        assert _is_public(convened, convened.item, 2)
        assert monotonic() - begun < 5
    finally:
        stop.set()
        WAKE.set()
        thread.join(10)
    assert not thread.is_alive()


def _is_public(sites, content, revision):
    published = sites.published(content)
    return published is not None and published.revision == revision
