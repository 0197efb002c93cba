"""Hypothesis plays the people, the network and the crashes: no publication is lost, doubled, early or reverted.

The desk, its outbox, the deliverer and the portal's store are the real ones, on a real ZODB; what is injected
is what happens between them.
"""

import transaction
from collective.deliberation.portal.content import Published
from collective.deliberation.portal.received import received
from collective.deliberation.publishing import deliverer as module
from collective.deliberation.publishing.client import Later
from collective.deliberation.publishing.client import PortalClient
from collective.deliberation.publishing.deliverer import Deliverer
from collective.deliberation.publishing.outbox import peek
from collective.deliberation.publishing.plan import Plan
from collective.deliberation.publishing.planning import set_plan
from collective.deliberation.publishing.reconciliation.reconcile import reconcile
from collective.deliberation.publishing.transactions import opened
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant
from hypothesis.stateful import rule
from hypothesis.stateful import RuleBasedStateMachine
from hypothesis.stateful import run_state_machine_as_test
from plone import api
from time import time
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent


EXAMPLES, STEPS = 10, 20
ITEMS = st.sampled_from([0, 1])
FAULTS = st.lists(st.sampled_from(["none", "unheard", "unanswered"]), max_size=4)


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
            network.machine = self
            network.faults = []

        def clock(self):
            return time() + self.ahead

        def state(self, number):
            transaction.begin()
            return api.content.get_state(self.items[number])

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

        # What must be

        @rule()
        def reconcile(self):
            network.faults = []
            with opened(sites.db) as (app, manager):
                report = reconcile(app, manager, "desk", pause=lambda seconds: None)
            assert (report.differences, report.problems) == (0, 0)

        @rule()
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

        @invariant()
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

        def run_deliverer(self):
            one = Deliverer(sites.db, clock=self.clock)
            try:
                one.run_once()
            except Crash:
                pass
            finally:
                module._LIVING.discard(one.owner)
                transaction.begin()

    return Machine


class Network:
    """Between deliverer and portal: each call takes the next fault."""

    def __init__(self, monkeypatch):
        self.faults, self.machine = [], None
        whole = PortalClient._call
        network = self

        def call(client, method, path, **arguments):
            fault = network.faults.pop(0) if network.faults else "none"
            if fault == "unheard":
                return Later("publishing_unreachable", portal=True)
            if fault == "crash before":
                raise Crash
            if method == "PUT":
                network.must_not_be_early(path)
            answer = whole(client, method, path, **arguments)
            if fault == "crash after":
                raise Crash
            return answer if fault == "none" else Later("publishing_unreachable", portal=True)

        monkeypatch.setattr(PortalClient, "_call", call)

    def must_not_be_early(self, path):
        uid = path.split("/")[2]
        assert self.machine.due.get(uid, 0.0) <= self.machine.clock()


def test_no_publication_is_lost_doubled_early_or_reverted(sites, monkeypatch):
    machine = machine_for(sites, Network(monkeypatch))
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
