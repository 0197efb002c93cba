"""Hypothesis plays the people, the network and the crashes: no publication is lost, doubled, early or reverted.

The desk, its outbox, the deliverer and the portal's store are the real ones, on a real ZODB; what is injected
is what happens between them. Faults that are planted in them show that the machine notices.

``DELIBERATION_EXAMPLES`` (``make fault-test``: 200) chooses how many lives are played.
"""

import os
import pytest
import transaction
from collective.deliberation.portal import store
from collective.deliberation.portal.content import Published
from collective.deliberation.portal.received import received
from collective.deliberation.portal.store import Outcome
from collective.deliberation.publishing import deliverer as module
from collective.deliberation.publishing import outbox as outbox_module
from collective.deliberation.publishing import schedule as schedule_module
from collective.deliberation.publishing.client import Done
from collective.deliberation.publishing.client import Later
from collective.deliberation.publishing.client import PortalClient
from collective.deliberation.publishing.deliverer import Deliverer
from collective.deliberation.publishing.outbox import Outbox
from collective.deliberation.publishing.outbox import peek
from collective.deliberation.publishing.plan import Plan
from collective.deliberation.publishing.planning import set_plan
from collective.deliberation.publishing.reconciliation.reconcile import reconcile
from collective.deliberation.publishing.transactions import opened
from contextlib import suppress
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from functools import wraps
from hypothesis import HealthCheck
from hypothesis import Phase
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.errors import Flaky
from hypothesis.stateful import initialize
from hypothesis.stateful import invariant
from hypothesis.stateful import rule
from hypothesis.stateful import RuleBasedStateMachine
from hypothesis.stateful import run_state_machine_as_test
from plone import api
from time import time
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent


EXAMPLES, STEPS = int(os.environ.get("DELIBERATION_EXAMPLES", "10")), 20
UNTIL_NOTICED = 200  # lives at most until the machine must have noticed a planted fault
ITEMS = st.sampled_from([0, 1])
FAULTS = st.lists(st.sampled_from(["none", "unheard", "unanswered"]), max_size=4)


def noticing(check):
    """Note that a check failed, whatever becomes of its exception."""

    @wraps(check)
    def noted(machine, *arguments):
        try:
            return check(machine, *arguments)
        except AssertionError:
            machine.network.noticed = True
            raise

    return noted


class Crash(BaseException):
    """The deliverer's process ends here: no handler runs."""


def machine_for(sites, network):
    class Machine(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.ahead = 0.0  # seconds by which the deliverers' clock is ahead
            self.planned = [0.0, 0.0]  # of each item, 0 for at once
            self.due = {}  # UID: when it may be public at the earliest
            self.revisions = {}
            self.days = getattr(sites, "days", 0) + 1
            sites.days = self.days
            desk = sites.desk
            start = datetime(2027, 1, 1, 18, tzinfo=timezone.utc) + timedelta(days=self.days)
            desk.meeting = api.content.create(
                desk.institution, "Meeting", title="-", body="conseil", start=start
            )
            self.items = [desk.item(f"Point {number} version 1") for number in range(2)]
            transaction.commit()
            desk.do(desk.meeting, "convene")
            self.uids = [item.UID() for item in self.items]
            self.network = network
            network.machine = self
            network.faults = []

        def clock(self):
            return time() + self.ahead

        def state(self, number):
            transaction.begin()
            return api.content.get_state(self.items[number])

        @initialize(approved=st.lists(ITEMS, unique=True))
        def begin(self, approved):
            for number in approved:
                self.approve(number)
            self.run_deliverer()

        # What people do

        @rule(number=ITEMS)
        def approve(self, number):
            state, item = self.state(number), self.items[number]
            if state == "withdrawn":
                sites.desk.do(item, "reopen", "clerk", "Motif")
            if state in ("withdrawn", "draft"):
                sites.desk.do(item, "propose", "agent")
                sites.desk.do(item, "approve", "clerk")
                self.due[self.uids[number]] = self.planned[number]

        @rule(number=ITEMS)
        def revise(self, number):
            transaction.begin()
            item = self.items[number]
            version = int(item.title.rpartition(" ")[2]) + 1
            item.title = f"Point {number} version {version}"
            notify(ObjectModifiedEvent(item))
            transaction.commit()

        @rule(number=ITEMS)
        def withdraw(self, number):
            if self.state(number) == "approved":
                sites.desk.do(self.items[number], "withdraw", "clerk", "Motif")

        @rule(number=ITEMS, hours=st.sampled_from([0, 1, 3]))
        def schedule(self, number, hours):
            transaction.begin()
            item, uid = self.items[number], self.uids[number]
            moment = datetime.fromtimestamp(self.clock() + hours * 3600, timezone.utc)
            set_plan(item, Plan(drafts=moment.isoformat() if hours else "once"))
            transaction.commit()
            self.planned[number] = moment.timestamp() if hours else 0.0
            known = peek(sites.desk.site).objects.get(uid)
            on_its_way = known is not None and known.stage and known.left
            if self.state(number) == "approved" and not on_its_way:
                self.due[uid] = self.planned[number]

        # What happens to machines

        @rule(hours=st.sampled_from([0.5, 1, 4]))
        def time_passes(self, hours):
            self.ahead += hours * 3600

        @rule(faults=FAULTS)
        def deliver(self, faults):
            network.faults = list(faults)
            self.run_deliverer()

        @rule(point=st.sampled_from(["before", "after"]), calls=st.integers(0, 2))
        def crash(self, point, calls):
            network.faults = ["none"] * calls + [f"crash {point}"]
            self.run_deliverer()

        @rule(point=st.sampled_from(["before", "after"]), calls=st.integers(0, 2))
        def lose_a_machine(self, point, calls):
            """Nobody sees that its deliverer is dead: only the lease tells."""
            network.faults = ["none"] * calls + [f"crash {point}"]
            self.run_deliverer("elsewhere:1:a")

        # What must be

        @rule()
        @noticing
        def reconcile(self):
            network.faults = []
            with opened(sites.db) as (app, manager):
                report = reconcile(app, manager, "desk", pause=lambda seconds: None)
            assert (report.differences, report.problems) == (0, 0)

        @rule()
        @noticing
        def settle(self):
            """All faults end: what the desk says is what the portal shows."""
            network.faults = []
            for _ in range(3):
                self.ahead += 700
                self.run_deliverer()
            transaction.begin()
            box, now = peek(sites.desk.site), self.clock()
            ours = [*self.uids, sites.desk.meeting.UID()]
            assert [
                job for job in box.jobs.values() if job.uid in ours and job.state != "sent"
            ] == []
            for number, uid in enumerate(self.uids):
                entry = received(sites.app["portal"]["valbourg"]).entries.get(uid)
                shown = entry is not None and not entry.withdrawn
                approved = self.state(number) == "approved"
                wanted = approved and self.due.get(uid, 0.0) <= now
                assert shown == wanted, (number, approved, self.due.get(uid), now, entry)
                if shown:
                    assert sites.published(self.items[number]).title == self.items[number].title

        @noticing
        def nothing_is_early(self, uid):
            assert self.due.get(uid, 0.0) <= self.clock()

        @invariant()
        @noticing
        def nothing_is_reverted_or_doubled(self):
            transaction.begin()
            institution = sites.app["portal"]["valbourg"]
            entries = received(institution).entries
            for uid in self.uids:
                entry = entries.get(uid)
                if entry is not None:
                    assert entry.revision >= self.revisions.get(uid, 0)
                    self.revisions[uid] = entry.revision
            held = [
                child.source_uid
                for meeting in institution.objectValues()
                for child in meeting.objectValues()
                if isinstance(child, Published)
            ]
            assert len(held) == len(set(held))

        def teardown(self):
            self.settle()
            self.nothing_is_reverted_or_doubled()

        def run_deliverer(self, owner=None):
            one = Deliverer(sites.db, clock=self.clock)
            own, one.owner = one.owner, owner or one.owner
            try:
                one.run_once()
            except Crash:
                pass
            finally:
                module._LIVING.discard(own)
                transaction.begin()

    return Machine


class Network:
    """Between deliverer and portal: each call takes the next fault."""

    def __init__(self, monkeypatch):
        self.faults, self.machine, self.noticed = [], None, False
        whole = PortalClient._call
        network = self

        def call(client, method, path, **arguments):
            fault = network.faults.pop(0) if network.faults else "none"
            if fault == "unheard":
                return Later("publishing_unreachable", portal=True)
            if fault == "crash before":
                raise Crash
            if method == "PUT":
                network.machine.nothing_is_early(path.split("/")[2])
            answer = whole(client, method, path, **arguments)
            if fault == "crash after":
                raise Crash
            return answer if fault == "none" else Later("publishing_unreachable", portal=True)

        monkeypatch.setattr(PortalClient, "_call", call)


def play(sites, network, examples, **more):
    run_state_machine_as_test(
        machine_for(sites, network),
        settings=settings(
            max_examples=examples,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            **more,
        ),
    )


def test_no_publication_is_lost_doubled_early_or_reverted(sites, monkeypatch):
    play(sites, Network(monkeypatch), EXAMPLES)


def no_lease_ends(monkeypatch):
    """What a deliverer had in hand when it died stays there."""
    monkeypatch.setattr(outbox_module, "LEASE", 1e9)
    monkeypatch.setattr(Outbox, "release", lambda *arguments: None)


def unheard_is_done(monkeypatch):
    """A call that the portal never heard counts as carried out."""
    whole = module.carry_out

    def carry_out(site, job):
        result = whole(site, job)
        return Done({}) if isinstance(result, Later) else result

    monkeypatch.setattr(module, "carry_out", carry_out)


def plans_are_ignored(monkeypatch):
    monkeypatch.setattr(schedule_module, "due", lambda *arguments: None)


def order_is_not_kept(monkeypatch):
    """A newer revision goes before the older one, whose sending was cut."""
    monkeypatch.setattr(Outbox, "_blocked", lambda *arguments: False)


def every_revision_is_new(monkeypatch):
    """The portal makes an object anew for each revision."""
    monkeypatch.setattr(store, "_object", lambda institution, entry: None)


def withdrawals_are_only_answered(monkeypatch):
    def withdraw(institution, uid, **asked):
        return Outcome("withdrawn", uid, received(institution).entries[uid])

    monkeypatch.setattr(store, "withdraw", withdraw)


def older_replaces_newer(monkeypatch):
    """The portal takes what comes last; and the desk doesn't keep the order."""
    order_is_not_kept(monkeypatch)
    whole = store.upsert

    def upsert(institution, document, now):
        entries, uid = received(institution).entries, document["uid"]
        if uid in entries:
            entries[uid] = entries[uid]._replace(revision=0)
        return whole(institution, document, now)

    monkeypatch.setattr(store, "upsert", upsert)


PLANTED = [
    no_lease_ends,
    unheard_is_done,
    plans_are_ignored,
    order_is_not_kept,
    every_revision_is_new,
    withdrawals_are_only_answered,
    older_replaces_newer,
]


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_the_machine_notices(plant, sites, monkeypatch):
    network = Network(monkeypatch)
    plant(monkeypatch)
    with suppress(AssertionError, Flaky):  # a second life in the same database can be another one
        play(
            sites,
            network,
            UNTIL_NOTICED,
            phases=(Phase.generate,),
            derandomize=True,
            database=None,
            report_multiple_bugs=False,
        )
    assert network.noticed
