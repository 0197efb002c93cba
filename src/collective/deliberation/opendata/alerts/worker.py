"""Sends what alerts have to say: the messages that ask to confirm soon, digests once a round.

A digest is noted as under way, in a transaction of its own, before it is sent, and as done after. A process that
dies between the two leaves it under way: it is not sent again, as it may have arrived, and the next one
says so. So nobody is told twice of one publication. One that the mail server refuses is tried again later.
"""

import logging
import smtplib
import time
from AccessControl.SecurityManagement import getSecurityManager
from AccessControl.SecurityManagement import noSecurityManager
from AccessControl.SecurityManagement import setSecurityManager
from collections.abc import Callable
from collective.deliberation.opendata.alerts import composing
from collective.deliberation.opendata.alerts import matching
from collective.deliberation.opendata.alerts.records import peek
from collective.deliberation.opendata.alerts.records import Subscription
from collective.deliberation.opendata.alerts.records import Subscriptions
from collective.deliberation.opendata.alerts.settings import Settings
from collective.deliberation.publishing.transactions import committed
from collective.deliberation.publishing.transactions import opened
from datetime import datetime
from datetime import timezone
from email.message import EmailMessage
from plone import api
from plone.base.interfaces import IPloneSiteRoot
from threading import Event
from ZODB.DB import DB
from zope.component.hooks import setSite


logger = logging.getLogger(__name__)

POLL = 5.0  # seconds
LEASE = 600.0  # seconds after which a digest under way has lost its process
SITES = ("Plone Site", "ZODB Mount Point")  # a site can have a database of its own
AT_ONCE = 200  # messages of one kind in one go: the others wait for the next
PATIENCE = 300.0  # seconds before the second attempt; each one waits twice as long
MOST_FAILURES = 8  # attempts, over about half a day, after which an address is given up


class Alerts:
    def __init__(
        self,
        db: DB,
        settings: Settings,
        clock: Callable[[], float] = time.time,
        settled: float = matching.SETTLED,
    ):
        self.db = db
        self.settings = settings
        self.clock = clock
        self.settled = settled
        self.has_complained = False  # that a site can't send mail: said once, not each five seconds

    def run(self, stop: Event) -> None:
        """Work until ``stop`` is set."""
        logger.info("Alerts start.")
        while not stop.is_set():
            try:
                self.run_once(stop)
            except Exception as error:  # never its text: it could hold an address
                logger.error("A round of alerts failed: %s.", type(error).__name__)
            stop.wait(POLL)
        logger.info("Alerts stop.")

    def run_once(self, stop: Event | None = None) -> int:
        """Do all that is due now; return how many messages were sent."""
        sent = 0
        before = getSecurityManager()
        noSecurityManager()  # sees what everybody sees
        try:
            with opened(self.db) as (app, manager):
                for _id, site in app.objectItems(SITES):
                    if IPloneSiteRoot.providedBy(site) and peek(site) is not None:
                        setSite(site)
                        sent += self._round(site, manager, stop or Event())
        finally:
            setSecurityManager(before)
        return sent

    def _round(self, site, manager, stop: Event) -> int:
        known = peek(site)
        committed(manager, lambda: self._prepare(site, known))
        who = composing.sender(site, self.settings)
        if who is None:
            if not self.has_complained:
                logger.warning("No alert is sent: the mail settings of the site are not complete.")
            self.has_complained = True
            return 0
        sent = 0
        for id in list(known.to_confirm)[:AT_ONCE]:
            if not stop.is_set():
                sent += self._confirm(site, known, id, who, manager)
        for id in list(known.due_at(self.clock()))[:AT_ONCE]:
            if not stop.is_set():
                sent += self._tell(site, known, id, who, manager)
        return sent

    def _prepare(self, site, known: Subscriptions) -> None:
        now = self.clock()
        known.purge(now)
        for id in list(known.under_way):
            found = known.all[id]
            if now - found.taken_at > LEASE:
                found.taken, found.interrupted = (), True
                known.under_way.remove(id)
        if now >= known.next_round:
            matching.collect(site, known, now, self.settled)
            known.next_round = now + self.settings.every

    def _confirm(self, site, known: Subscriptions, id: str, who, manager) -> int:
        def take() -> Subscription | None:
            found = known.all.get(id)
            if found is None or id not in known.to_confirm or found.not_before > self.clock():
                return None
            known.to_confirm.remove(id)
            return found

        found = committed(manager, take)
        if found is None:
            return 0
        manager.begin()
        message = composing.confirmation(site, self.settings, found, who, self._now())
        failed = self._send(message)
        if failed is not None:

            def retry() -> None:
                if id in known.all and not known.all[id].confirmed:
                    self._note_failure(known.all[id])
                    known.to_confirm.insert(id)

            committed(manager, retry)
        return int(failed is None)

    def _tell(self, site, known: Subscriptions, id: str, who, manager) -> int:
        def take() -> Subscription | None:
            found = known.all.get(id)
            if found is None or id not in known.due:
                return None  # another process has it, or it was taken back
            known.due.remove(id)
            known.under_way.insert(id)
            found.taken, found.pending, found.taken_at = found.pending, (), self.clock()
            return found

        found = committed(manager, take)
        if found is None:
            return 0
        manager.begin()
        message = composing.digest(site, self.settings, found, who, self._now())
        failed = self._send(message) if message is not None else None
        committed(manager, lambda: self._note(known, id, failed))
        return int(message is not None and failed is None)

    def _note(self, known: Subscriptions, id: str, failed: str | None) -> None:
        found = known.all.get(id)
        if found is None:
            return
        if id in known.under_way:
            known.under_way.remove(id)
        if failed is None:
            found.taken, found.more, found.failures, found.interrupted = (), 0, 0, False
            return
        found.pending, found.taken = (*found.taken, *found.pending), ()
        self._note_failure(found)
        if found.failures >= MOST_FAILURES:
            known.remove(id)
            logger.info("A subscription was given up after %s attempts.", MOST_FAILURES)
        else:
            known.due.insert(id)

    def _note_failure(self, found: Subscription) -> None:
        found.failures += 1
        found.not_before = self.clock() + PATIENCE * 2 ** (found.failures - 1)

    def _send(self, message: EmailMessage) -> str | None:
        """Hand one message to the mail server; the kind of failure, ``None`` when it took it."""
        try:
            api.portal.get_tool("MailHost").send(message, immediate=True)
        except (smtplib.SMTPException, OSError) as error:
            logger.warning("The mail server did not take an alert: %s.", type(error).__name__)
            return type(error).__name__
        return None

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self.clock(), timezone.utc)
