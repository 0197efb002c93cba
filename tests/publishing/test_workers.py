"""Many jobs at once: by several workers, by several deliverers; each job once, and none behind a slow portal."""

import pytest
import transaction
from collective.deliberation.publishing.deliverer import Deliverer
from collective.deliberation.publishing.outbox import LEASE
from collective.deliberation.publishing.outbox import peek
from collective.deliberation.publishing.resting import Portals
from collective.deliberation.publishing.workers import configured
from collective.deliberation.publishing.workers import Workers
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from plone import api
from threading import Event
from threading import Lock
from threading import Thread
from time import time


class Portal:
    """A portal that takes all, and remembers what came and how much of it at once."""

    def __init__(self):
        self.calls, self.now, self.most = [], 0, 0
        self.lock, self.held = (
            Lock(),
            Event(),
        )  # clear ``held``: nothing is answered until it is set
        self.held.set()
        self.waits_for_two = False  # set: from its second call on it answers once two are there
        self.code, self.headers = 201, {}
        self.arrived = Event()
        portal = self

        class Handler(BaseHTTPRequestHandler):
            def do_PUT(self):  # noqa: N802
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                with portal.lock:
                    portal.calls.append(self.path)
                    portal.now += 1
                    portal.most = max(portal.most, portal.now)
                portal.arrived.set()
                portal.held.wait(20)
                if portal.waits_for_two and len(portal.calls) > 1:
                    _until(lambda: portal.most > 1, 10)
                with portal.lock:
                    portal.now -= 1
                self.send_response(portal.code)
                body = b'{"result": "created", "message": "Plus tard"}'
                for name, value in portal.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.http.server_port}/portal"
        Thread(target=self.http.serve_forever, daemon=True).start()

    def end(self):
        self.held.set()
        self.http.shutdown()
        self.http.server_close()


@contextmanager
def portals(number):
    made = [Portal() for _ in range(number)]
    try:
        yield made
    finally:
        for portal in made:
            portal.end()


def queue(desk, institution, uids, after=""):
    """Jobs as a transition would queue them."""
    box = peek(desk.site)
    for uid in uids:
        known = box.known(uid, institution.getId())
        known.revision += 1
        box.add(
            known,
            uid=uid,
            kind="item",
            action="put",
            institution=institution.getId(),
            revision=known.revision,
            after=after,
            snapshot=Document(uid),
        )
    transaction.commit()


def Document(uid):  # noqa: N802
    from collective.deliberation.publishing.records import Snapshot

    return Snapshot({"uid": uid, "record": {}, "forget": False})


@pytest.fixture()
def busy(sites):
    """A desk whose meeting was convened; its institution's portal is the first of two."""
    with portals(2) as made:
        sites.desk.institution.portalUrl = made[0].address
        transaction.commit()
        sites.desk.do(sites.desk.meeting, "convene")
        sites.portals = made
        yield sites


def uids(number, prefix="a"):
    return [f"{prefix}{n:031x}" for n in range(number)]


def test_several_deliverers_of_several_workers_send_each_job_once_and_several_at_a_time(busy):
    busy.portals[0].waits_for_two = True
    meeting = busy.desk.meeting.UID()
    queue(busy.desk, busy.desk.institution, uids(30), after=meeting)
    deliverers = [Deliverer(busy.db, workers=3) for _ in range(3)]
    threads = [Thread(target=each.run_once) for each in deliverers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    transaction.begin()
    portal = busy.portals[0]
    assert busy.desk.jobs("waiting", "sending", "failed", "parked") == []
    assert sorted(portal.calls) == sorted(
        f"/portal/@published/{uid}" for uid in [meeting, *uids(30)]
    )
    assert portal.calls[0].endswith(meeting)  # and only then what is in it
    assert portal.most > 1


def test_a_portal_that_is_slow_or_down_does_not_keep_others_waiting(busy):
    other = api.content.create(busy.desk.site, "Institution", title="Autre", slug="autre")
    slow, quick = busy.portals
    other.portalUrl = quick.address
    slow.held.clear()
    queue(busy.desk, busy.desk.institution, uids(20, "a"))
    queue(busy.desk, other, uids(5, "b"))
    thread = Thread(target=Deliverer(busy.db, workers=3).run_once)
    thread.start()
    try:
        assert _until(lambda: len(quick.calls) == 5 and len(slow.calls) > 1)
        assert len(slow.calls) == 2  # of three workers, one stays for the others
    finally:
        slow.held.set()
        thread.join(30)
    assert len(slow.calls) == 21  # the meeting, too


def test_a_portal_that_is_down_is_not_asked_again_for_each_job(busy):
    busy.portals[0].code = 503
    busy.portals[0].headers = {"Retry-After": "300"}
    queue(busy.desk, busy.desk.institution, uids(20))
    deliverer = Deliverer(busy.db)
    deliverer.run_once()
    assert len(busy.portals[0].calls) == 1
    transaction.begin()
    assert busy.desk.jobs("failed")[0].next_attempt > time() + 290  # as long as it asked for
    deliverer.clock = lambda: time() + 301
    busy.portals[0].code = 201
    deliverer.run_once()
    transaction.begin()
    assert busy.desk.jobs("waiting", "failed") == []


def test_a_job_that_takes_longer_than_a_lease_is_not_taken_by_another(busy):
    portal = busy.portals[0]
    portal.held.clear()
    slow = Deliverer(busy.db)
    thread = Thread(target=slow.run_once)
    thread.start()
    try:
        assert portal.arrived.wait(20)
        slow.clock = lambda: time() + LEASE - 1
        from collective.deliberation.publishing.transactions import committed
        from collective.deliberation.publishing.transactions import opened

        with opened(busy.db) as (app, manager):  # what its own thread does every third of a lease
            committed(manager, lambda: slow._renew(app))
        assert Deliverer(busy.db, clock=lambda: time() + LEASE + 1).run_once() == 0
    finally:
        portal.held.set()
        thread.join(30)
    assert len(portal.calls) == 1


def test_after_a_failure_one_job_at_a_time_finds_out_whether_a_portal_is_back():
    known = Portals(4)
    known.failed("a", 0.0, wait=5)
    assert not known.free("a", 4.9)
    assert known.free("a", 5.0)
    known.begin("a")
    assert not known.free("a", 5.0)
    assert known.free("b", 5.0)
    known.end("a")
    known.worked("a")
    for _ in range(3):
        assert known.free("a", 5.0)
        known.begin("a")
    assert not known.free("a", 5.0)  # the fourth worker is for others


def test_a_step_that_fails_ends_the_round_for_all_and_is_told():
    def step():
        raise RuntimeError("x")

    with pytest.raises(RuntimeError):
        Workers(3, 30).work(step, Event())


@pytest.mark.parametrize("asked", ["0", "-1", "33", "two", "1.5"])
def test_a_number_of_workers_that_is_none_is_refused_by_name(asked):
    with pytest.raises(ValueError, match="DELIBERATION_DELIVERER_WORKERS"):
        configured(2, {"DELIBERATION_DELIVERER_WORKERS": asked})


def test_the_number_of_workers_comes_from_the_environment():
    assert configured(2, {"DELIBERATION_DELIVERER_WORKERS": " 8 "}) == 8
    assert configured(2, {}) == 2


def _until(condition, seconds=20):
    deadline = time() + seconds
    while not condition() and time() < deadline:
        Event().wait(0.02)
    return condition()
