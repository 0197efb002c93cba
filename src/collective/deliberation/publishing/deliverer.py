"""Take jobs from the outboxes of all desks of a database and carry them out, several at a time.

Transactions are short: one takes a job, one notes its end; nothing is held while a portal is spoken to.
Killed at any point, it leaves a job that is sent again, and the portal takes the same revision as one.
Any number of deliverers, on any number of machines, share the work: each job is one's by a lease.
"""

import logging
import os
import random
import socket
import time
from collections.abc import Callable
from collective.deliberation import _
from collective.deliberation.publishing import planning
from collective.deliberation.publishing.client import Later
from collective.deliberation.publishing.client import Refused
from collective.deliberation.publishing.client import Result
from collective.deliberation.publishing.delivery import carry_out
from collective.deliberation.publishing.log import desk as log
from collective.deliberation.publishing.outbox import LEASE
from collective.deliberation.publishing.outbox import peek
from collective.deliberation.publishing.resting import Portals
from collective.deliberation.publishing.transactions import committed
from collective.deliberation.publishing.transactions import opened
from collective.deliberation.publishing.workers import Workers
from plone.base.interfaces import IPloneSiteRoot
from secrets import token_hex
from threading import Event
from threading import Lock
from threading import Thread
from transaction.interfaces import TransientError
from ZODB.DB import DB


logger = logging.getLogger(__name__)

POLL = 1.0  # seconds; a job added in this process doesn't wait for it
HEARTBEAT = 60.0  # seconds between two notes in the database that this deliverer lives
SITES = ("Plone Site", "ZODB Mount Point")  # a site can have a database of its own
_LIVING: set[str] = set()  # the deliverers of this process


class Deliverer:
    """``workers`` is how many jobs are under way at once."""

    def __init__(self, db: DB, clock: Callable[[], float] = time.time, workers: int = 1):
        self.db = db
        self.clock = clock
        self.workers = Workers(workers, POLL)
        self.portals = Portals(workers)
        self.owner = f"{socket.gethostname()}:{os.getpid()}:{token_hex(4)}"
        self._claiming = Lock()  # workers of one process needn't meet in the database
        self._held: set[tuple[str, str]] = set()  # (desk, id of a job) under way here
        self._postponed: dict[str, float] = {}  # UID of a plan that failed: not again before
        _LIVING.add(self.owner)

    def run(self, stop: Event, bell: Event) -> None:
        """Deliver until ``stop`` is set; ``bell`` says that there is something new."""
        logger.info("Deliverer %s starts, %s at a time.", self.owner, self.workers.number)
        while not stop.is_set():
            bell.clear()
            try:
                self.run_once(stop)
            except Exception as error:  # what is wrong in one round may be right in the next
                logger.error("A round of deliveries failed: %s.", type(error).__name__)
            bell.wait(POLL)
        logger.info("Deliverer %s stops.", self.owner)

    def run_once(self, stop: Event | None = None) -> int:
        """Carry out all that is due now; return how many jobs were tried."""
        desks = self._desks()
        if not desks:
            return 0
        ended = Event()
        keeper = Thread(target=self._keep_leases, args=(ended, desks), daemon=True, name="leases")
        keeper.start()
        try:
            return self.workers.work(lambda: self._deliver_any(desks), stop or Event())
        finally:
            ended.set()
            for desk in desks:
                self._seal(desk)

    def _seal(self, desk: str) -> None:
        """Chain what was noted in the publication logs; what can't be now is at the next occasion."""
        try:
            with opened(self.db) as (app, manager):
                while log.waits(app[desk]):
                    committed(manager, lambda: log.seal(app[desk]))
        except Exception as error:
            logger.warning("The publication logs were not sealed: %s.", type(error).__name__)

    def _desks(self) -> list[str]:
        with opened(self.db) as (app, manager):
            found = []
            for site_id, site in app.objectItems(SITES):
                box = peek(site) if IPloneSiteRoot.providedBy(site) else None
                if box is not None:
                    found.append(site_id)
                    if self.clock() - box.heartbeat > HEARTBEAT:
                        box.heartbeat = self.clock()
                        box.forget_old()
                    if box.ids("sending"):
                        box.release(self._is_dead, self.clock())
            try:
                manager.commit()
            except TransientError:
                manager.abort()  # another deliverer says the same
            for desk in found:
                self._follow_plans(app, desk, manager)
            return found

    def _follow_plans(self, app, desk: str, manager) -> None:
        """Queue what was planned for now, each in a transaction of its own."""
        manager.begin()
        now = self.clock()
        for uid in peek(app[desk]).planned(now):
            if self._postponed.get(uid, 0.0) > now:
                continue
            try:
                committed(manager, lambda uid=uid: planning.carry_out(app[desk], uid, now))
            except Exception as error:
                self._postponed[uid] = now + HEARTBEAT
                logger.exception("A planned publication failed: %s.", type(error).__name__)

    def _deliver_any(self, desks: list[str]) -> bool:
        return any(self._deliver_next(desk) for desk in random.sample(desks, len(desks)))

    def _deliver_next(self, desk: str) -> bool:
        with opened(self.db) as (app, manager):
            with self._claiming:
                id = committed(manager, lambda: self._claim(app, desk))
                if id is None:
                    return False
                manager.begin()
                site = app[desk]
                job = peek(site).jobs[id]
                portal = (desk, job.institution)
                self.portals.begin(portal)
            self._held.add((desk, id))
            try:
                name = f"{job.action} of {job.kind} {job.uid[:8]} revision {job.revision}"
                result = carry_out(site, job)
                committed(manager, lambda: self._note(app[desk], id, result))
            finally:
                self._held.discard((desk, id))
                self.portals.end(portal)
            if isinstance(result, Later) and result.portal:
                self.portals.failed(portal, self.clock(), result.wait)
            else:
                self.portals.worked(portal)
            logger.info("%s: %s.", name, type(result).__name__)
            return True

    def _claim(self, app, desk: str) -> str | None:
        job = peek(app[desk]).claim(
            self.owner, self.clock(), lambda found: self._in_order(desk, found)
        )
        return job.id if job is not None else None

    def _in_order(self, desk: str, institutions: list[str]) -> list[str]:
        """Those whose portal takes more now: the least busy first, else at random."""
        now = self.clock()
        free = [each for each in institutions if self.portals.free((desk, each), now)]
        random.shuffle(free)
        return sorted(free, key=lambda each: self.portals.load((desk, each)))

    def _keep_leases(self, ended: Event, desks: list[str]) -> None:
        """Renew the leases of what is under way: a large file takes longer than one; and seal the logs."""
        while not ended.wait(LEASE / 3):
            try:
                with opened(self.db) as (app, manager):
                    committed(manager, lambda: self._renew(app))
            except Exception as error:
                logger.warning("Leases were not renewed: %s.", type(error).__name__)
            for desk in desks:
                self._seal(desk)

    def _renew(self, app) -> None:
        for desk, id in list(self._held):
            box = peek(app[desk])
            job = box.holds(id, self.owner)
            if job is not None:
                box.renew(job, self.clock())

    def _note(self, site, id: str, result: Result) -> None:
        box = peek(site)
        job = box.holds(id, self.owner)
        if job is None:
            return  # the lease went to another deliverer, which notes its own end
        now = self.clock()
        if isinstance(result, Later):
            box.later(job, result.reason, now, result.wait)
        elif isinstance(result, Refused):
            box.park(job, result.reason, now)
        elif result.answer.get("result") == "older":
            known = box.objects[job.uid]
            known.revision = max(known.revision, int(result.answer.get("revision") or 0))
            message = _(
                "publishing_portal_is_newer",
                default="The portal already has a newer revision of this. Retry to publish it anew.",
            )
            box.park(job, message, now)
        else:
            known = box.objects[job.uid]
            known.url = str(result.answer.get("url") or known.url)
            log.note_confirmation(site, job, result.answer)
            box.sent(job, now)

    def _is_dead(self, owner: str) -> bool:
        """Whether a deliverer of this machine is known to be gone; of another one only its lease tells."""
        host, pid, _nonce = owner.rsplit(":", 2)
        if owner == self.owner or host != socket.gethostname():
            return False
        if int(pid) == os.getpid():
            return owner not in _LIVING  # else a process before this one had the same number
        try:
            os.kill(int(pid), 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            return False
        return False
