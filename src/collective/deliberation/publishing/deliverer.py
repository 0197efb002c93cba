"""Take jobs from the outboxes of all desks of a database and carry them out.

Transactions are short: one takes a job, one notes its end; nothing is held while a portal is spoken to.
Killed at any point, it leaves a job that is sent again, and the portal takes the same revision as one.
"""

import logging
import os
import socket
import time
import transaction
from collections.abc import Callable
from collections.abc import Iterator
from collective.deliberation import _
from collective.deliberation.content.register import register_of
from collective.deliberation.content.review.decisions import exempted
from collective.deliberation.publishing import payload
from collective.deliberation.publishing.client import Done
from collective.deliberation.publishing.client import Later
from collective.deliberation.publishing.client import PortalClient
from collective.deliberation.publishing.client import Refused
from collective.deliberation.publishing.client import Result
from collective.deliberation.publishing.credentials import credentials
from collective.deliberation.publishing.outbox import Outbox
from collective.deliberation.publishing.outbox import peek
from collective.deliberation.publishing.records import Job
from contextlib import contextmanager
from plone.base.interfaces import IPloneSiteRoot
from secrets import token_hex
from threading import Event
from transaction.interfaces import TransientError
from ZODB.DB import DB
from zope.component.hooks import getSite
from zope.component.hooks import setSite


logger = logging.getLogger(__name__)

POLL = 1.0  # seconds; a job added in this process doesn't wait for it
HEARTBEAT = 60.0  # seconds between two notes in the database that this deliverer lives
SITES = ("Plone Site", "ZODB Mount Point")  # a site can have a database of its own
TRIES = 10  # of a transaction that meets another one
_LIVING: set[str] = set()  # the deliverers of this process


class Deliverer:
    def __init__(self, db: DB, clock: Callable[[], float] = time.time):
        self.db = db
        self.clock = clock
        self.owner = f"{socket.gethostname()}:{os.getpid()}:{token_hex(4)}"
        _LIVING.add(self.owner)

    def run(self, stop: Event, bell: Event) -> None:
        """Deliver until ``stop`` is set; ``bell`` says that there is something new."""
        logger.info("Deliverer %s starts.", self.owner)
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
        tried = 0
        for path in self._desks():
            while (stop is None or not stop.is_set()) and self._deliver_next(path):
                tried += 1
        return tried

    def _desks(self) -> list[str]:
        with self._open() as (app, manager):
            found = []
            for site_id, site in app.objectItems(SITES):
                box = peek(site) if IPloneSiteRoot.providedBy(site) else None
                if box is not None:
                    found.append(site_id)
                    if self.clock() - box.heartbeat > HEARTBEAT:
                        box.heartbeat = self.clock()
                    if box.ids("sending"):
                        box.release(self._is_dead, self.clock())
            try:
                manager.commit()
            except TransientError:
                manager.abort()  # another deliverer says the same
            return found

    def _deliver_next(self, desk: str) -> bool:
        with self._open() as (app, manager):
            id = self._in_transaction(manager, lambda: self._claim(app[desk]))
            if id is None:
                return False
            manager.begin()
            site = app[desk]
            job = peek(site).jobs[id]
            name = f"{job.kind} {job.uid[:8]} revision {job.revision}"
            result = self._carry_out(site, job, manager)
            self._in_transaction(manager, lambda: self._note(peek(app[desk]), id, result))
            logger.info("%s of %s: %s.", job.action, name, type(result).__name__)
            return True

    def _claim(self, site) -> str | None:
        job = peek(site).claim(self.owner, self.clock())
        return job.id if job is not None else None

    def _carry_out(self, site, job: Job, manager) -> Result:
        institution = site.get(job.institution)
        slug = getattr(institution, "portalInstitution", None) or job.institution
        base = getattr(institution, "portalUrl", None)
        auth = credentials(slug)
        if not base:
            return Refused(
                _(
                    "publishing_no_portal",
                    default="The institution has no address of its portal: fill it in, then retry.",
                )
            )
        if auth is None:
            return Refused(
                _(
                    "publishing_no_account",
                    default="No account for the portal is set in the environment of the deliverer.",
                )
            )
        client = PortalClient(base, slug, auth)
        try:
            if job.action == "delete":
                body = {**job.withdrawal, "revision": job.revision}
                return client.withdraw(job.uid, body)
            _search_again(site, job)
            for file in job.files:
                with file.blob.open("c") as stream:
                    result = client.send_file(job.uid, file.sha256, file.size, stream)
                if not isinstance(result, Done):
                    return result
                self._in_transaction(manager, lambda: self._renew(site, job.id))
            return client.publish(job.uid, job.snapshot.document)
        except payload.Unpublishable as refused:
            return Refused(refused.message)
        except Exception as error:
            logger.exception("A delivery failed: %s.", type(error).__name__)
            return Later(
                _(
                    "publishing_failed_here",
                    default="The delivery failed on this side (${error}).",
                    mapping={"error": type(error).__name__},
                )
            )
        finally:
            client.close()

    def _renew(self, site, id: str) -> None:
        job = peek(site).holds(id, self.owner)
        if job is not None:
            peek(site).renew(job, self.clock())

    def _note(self, box: Outbox, id: str, result: Result) -> None:
        job = box.holds(id, self.owner)
        if job is None:
            return  # the lease went to another deliverer, which notes its own end
        now = self.clock()
        if isinstance(result, Later):
            box.later(job, result.reason, now)
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
            box.sent(job, now)

    def _in_transaction(self, manager, call):
        for attempt in range(TRIES):
            manager.begin()
            try:
                answer = call()
                manager.commit()
                return answer
            except TransientError:
                manager.abort()
                if attempt == TRIES - 1:
                    raise

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

    @contextmanager
    def _open(self) -> Iterator[tuple]:
        """The application, in a connection and with transactions of its own."""
        manager = transaction.TransactionManager()
        manager.begin()
        connection = self.db.open(manager)
        before = getSite()
        try:
            yield connection.root()["Application"], manager
        finally:
            setSite(before)
            manager.abort()
            connection.close()


def _search_again(site, job: Job) -> None:
    """The gate, once more: the register may know more now than when the job was made."""
    setSite(site)
    brains = site.portal_catalog.unrestrictedSearchResults(UID=job.uid)
    if brains:
        content = brains[0]._unrestrictedGetObject()
        record = job.snapshot.document["record"]
        payload.refuse_originals(record, register_of(content), exempted(content))
        payload.refuse_annexes(content, record["annexes"], lambda sha256: _file(job, sha256))


def _file(job: Job, sha256: str) -> bytes:
    ref = next(file for file in job.files if file.sha256 == sha256)
    with ref.blob.open("c") as stream:
        return stream.read()
