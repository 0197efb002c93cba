"""The outbox: what is to be said to portals, kept in the desk's database beside what it is about.

A job is added in the transaction that makes it necessary. Jobs of one object go in their order; a newer
one replaces those that were not yet begun. Whoever sends a job holds it by a lease, so a job whose
deliverer died is taken over, and sent again: the portal takes the same revision twice as once.
"""

import random
import time
import transaction
from BTrees.OOBTree import OOBTree
from BTrees.OOBTree import OOTreeSet
from collections.abc import Callable
from collections.abc import Iterator
from collective.deliberation.publishing import backoff
from collective.deliberation.publishing import wake
from collective.deliberation.publishing import wire
from collective.deliberation.publishing.records import Job
from collective.deliberation.publishing.records import Known
from collective.deliberation.publishing.records import Planned
from collective.deliberation.publishing.records import State
from collective.deliberation.publishing.records import STATES
from collective.deliberation.publishing.tally import Result
from collective.deliberation.publishing.tally import shard
from collective.deliberation.publishing.tally import SHARDS
from collective.deliberation.publishing.tally import Tally
from persistent import Persistent
from secrets import token_hex
from typing import Any
from zope.annotation.interfaces import IAnnotations


KEY = "collective.deliberation.outbox"
LEASE = 60.0  # seconds; renewed by a deliverer that lives
SENT_KEPT = 2_000  # sent jobs that stay visible
# Each set has a first and a last entry that never leave: a set that becomes empty can't be merged, nor can
# one that loses its first key, and then a deliverer at work would make an agent's transaction begin anew.
FIRST_ID, LAST_ID = "", "~"
ALWAYS, NEVER = float("-inf"), float("inf")
NEXT = "\0"  # after an institution's id, this is before the next one
CHOICE = 8  # jobs of one institution among which a deliverer takes one at random


class Outbox(Persistent):
    heartbeat = 0.0  # when a deliverer was last heard of, to about a minute
    tallies: tuple[Tally, ...] = ()  # of the ends of tries; made with the first

    def __init__(self):
        self.jobs = OOBTree()  # id: Job
        # (institution, when, id) of jobs that are waiting, failed or being sent
        self.due = OOTreeSet([(FIRST_ID, ALWAYS, FIRST_ID), (LAST_ID, NEVER, LAST_ID)])
        self.by_state = OOBTree({state: OOTreeSet([FIRST_ID, LAST_ID]) for state in STATES})
        self.objects = OOBTree()  # UID: Known
        # (when, UID) of what is to be published later
        self.plans = OOTreeSet([(ALWAYS, FIRST_ID), (NEVER, LAST_ID)])

    def known(self, uid: str, institution: str) -> Known:
        if uid not in self.objects:
            self.objects[uid] = Known(institution)
        return self.objects[uid]

    def add(self, known: Known, reason: str = "", **fields: Any) -> Job:
        """Queue a job for an object; parked at once when there is a ``reason``."""
        now = time.time()
        job = Job(f"{int(now * 1e6):017d}-{token_hex(4)}", created=now, **fields)
        for id in known.pending:
            if self.jobs[id].state != "sending":
                self._remove(self.jobs[id])
        known.pending = (*(id for id in known.pending if id in self.jobs), job.id)
        job.reason = reason
        job.state = "parked" if reason else "waiting"
        self.jobs[job.id] = job
        self._enter(job)
        # Nobody waits for the next poll where a deliverer is in this process.
        transaction.get().addAfterCommitHook(_wake)
        return job

    def plan(self, uid: str, planned: Planned) -> None:
        """Note that something is to be published later; until then there is no job for it."""
        known = self.objects[uid]
        if known.planned != planned:
            self.unplan(uid)
            known.planned = planned
            self.plans.insert((planned.when, uid))

    def unplan(self, uid: str) -> None:
        known = self.objects[uid]
        if known.planned is not None:
            self.plans.remove((known.planned.when, uid))
            known.planned = None

    def planned(self, until: float = NEVER) -> list[str]:
        """UIDs of what is planned until then, in the order of their moments, meetings before items."""
        entries = self.plans.keys((ALWAYS, LAST_ID), (until, LAST_ID), excludemax=True)
        return [
            uid
            for _w, _k, uid in sorted(
                (when, self.objects[uid].planned.stage != "meeting", uid) for when, uid in entries
            )
        ]

    def recall(self, known: Known) -> None:
        """Take back what was queued of an object of which nothing has left yet."""
        for id in known.pending:
            self._remove(self.jobs[id])
        known.pending, known.stage, known.digest, known.snapshots = (), "", "", ()

    def claim(
        self,
        owner: str,
        now: float,
        order: Callable[[list[str]], list[str]] = list,
    ) -> Job | None:
        """A job that may be sent now, leased to ``owner``; ``None`` when there is none.

        One of the first, at random: several deliverers at once then seldom want the same one, and those
        that do meet in the database, where one of them loses.

        :param order: the institutions to look at, and in which order, of all that have something due
        """
        for institution in order(list(self.institutions(now))):
            job = self._candidate(institution, now)
            if job is not None:
                job.claimed, job.waited = now, max(0.0, now - job.next_attempt)
                self._move(job, "sending", now + LEASE)
                job.leased_by, job.leased_until = owner, now + LEASE
                job.attempts += 1
                if not self.objects[job.uid].left:
                    self.objects[job.uid].left = True
                return job
        return None

    def institutions(self, now: float) -> Iterator[str]:
        """The institutions for which something is due."""
        found = ""
        while True:
            found, when, _id = self.due.minKey((found + NEXT,))
            if found == LAST_ID:
                return
            if when <= now:
                yield found

    def _candidate(self, institution: str, now: float) -> Job | None:
        free, meetings = [], {}
        for _institution, _when, id in self.due.keys((institution,), (institution, now, LAST_ID)):
            job = self.jobs[id]
            if not self._blocked(job, meetings):
                free.append(job)
                if len(free) == CHOICE:
                    break
        return random.choice(free) if free else None

    def renew(self, job: Job, now: float) -> None:
        self._move(job, "sending", now + LEASE)
        job.leased_until = now + LEASE

    def holds(self, id: str, owner: str) -> Job | None:
        """The job, when this owner still has it."""
        job = self.jobs.get(id)
        return job if job and job.state == "sending" and job.leased_by == owner else None

    def _count(self, job: Job, result: Result, now: float) -> None:
        """Count the end of a try."""
        if not self.tallies:
            self.tallies = tuple(Tally() for _shard in range(SHARDS))
        tally = self.tallies[shard(job.leased_by)]
        tally.count(result)
        tally.measure("waiting", job.waited)
        if result == "sent":
            tally.measure("sending", max(0.0, now - job.claimed))

    def sent(self, job: Job, now: float) -> None:
        self._count(job, "sent", now)
        known = self.objects[job.uid]
        known.pending = tuple(id for id in known.pending if id != job.id)
        known.sent_revision, known.sent_at = job.revision, now
        known.sent_hash = wire.content_hash(job.snapshot.document) if job.snapshot else ""
        job.snapshot, job.files, job.reason = None, (), ""
        self._move(job, "sent", now)

    def forget_old(self) -> None:
        """Drop the oldest of the jobs that were sent; not at each end of a job, where all would meet."""
        done = self.ids("sent")
        for id in done[: max(0, len(done) - SENT_KEPT)]:
            self._remove(self.jobs[id])

    def later(self, job: Job, reason: str, now: float, wait: float | None = None) -> None:
        """Try again after the usual pause, and not before the ``wait`` that the portal asked for."""
        self._count(job, "failed", now)
        job.reason = reason
        self._move(job, "failed", now + max(backoff.delay(job.attempts), wait or 0.0))

    def park(self, job: Job, reason: str, now: float) -> None:
        self._count(job, "parked", now)
        job.reason = reason
        self._move(job, "parked", now)

    def again(self, job: Job, now: float) -> None:
        """Try a failed or parked job at once."""
        job.attempts = 0
        self._move(job, "waiting", now)
        transaction.get().addAfterCommitHook(_wake)

    def release(self, owner_is_dead: Any, now: float) -> None:
        """Give back the jobs of deliverers that are known to be dead, without waiting for their lease."""
        for id in self.ids("sending"):
            if owner_is_dead(self.jobs[id].leased_by):
                self._move(self.jobs[id], "waiting", now)

    def counts(self) -> dict[State, int]:
        return {state: len(self._ids(state)) for state in STATES}

    def ids(self, state: State) -> list[str]:
        """The ids of the jobs in one state, oldest first."""
        return list(self._ids(state))

    def _ids(self, state: State):
        return self.by_state[state].keys(FIRST_ID, LAST_ID, excludemin=True, excludemax=True)

    def _blocked(self, job: Job, meetings: dict[str, bool]) -> bool:
        """Whether another job must go first; ``meetings`` remembers the answer for each meeting."""
        if self.objects[job.uid].pending[0] != job.id:
            return True
        if not job.after:
            return False
        if job.after not in meetings:
            meeting = self.objects.get(job.after)
            meetings[job.after] = meeting is not None and any(
                self.jobs[id].state != "parked" and self.jobs[id].action == "put"
                for id in meeting.pending
            )
        return meetings[job.after]

    def _move(self, job: Job, state: State, when: float) -> None:
        self._leave(job)
        job.state, job.next_attempt, job.updated = state, when, time.time()
        self._enter(job)

    def _enter(self, job: Job) -> None:
        self.by_state[job.state].insert(job.id)
        if job.state in ("waiting", "failed", "sending"):
            self.due.insert((job.institution, job.next_attempt, job.id))

    def _leave(self, job: Job) -> None:
        self.by_state[job.state].remove(job.id)
        if job.state in ("waiting", "failed", "sending"):
            self.due.remove((job.institution, job.next_attempt, job.id))

    def _remove(self, job: Job) -> None:
        self._leave(job)
        del self.jobs[job.id]


def _wake(committed: bool) -> None:
    if committed:
        wake.WAKE.set()


def outbox(site) -> Outbox:
    """The desk's outbox, for writing: made when there is none."""
    annotations = IAnnotations(site)
    if KEY not in annotations:
        annotations[KEY] = Outbox()
    return annotations[KEY]


def peek(site) -> Outbox | None:
    """The desk's outbox, for reading."""
    return IAnnotations(site).get(KEY)
