"""Look each minute for what needs a person, and tell of each cause once. Runs beside a deliverer.

What was told is noted in the desk's database before it is sent, so that two deliverers tell it once; where
sending fails the note is taken back, and the next round tries again.
"""

import logging
import time
from BTrees.OOBTree import OOBTree
from collections.abc import Callable
from collective.deliberation.content.french_dates import local
from collective.deliberation.content.sites import sites
from collective.deliberation.content.vocabularies import institution_of
from collective.deliberation.desk.deadlines import deadlines
from collective.deliberation.desk.deadlines import today
from collective.deliberation.operations.notices import address
from collective.deliberation.operations.notices import Cause
from collective.deliberation.operations.notices import receivers
from collective.deliberation.operations.notices import send
from collective.deliberation.publishing.outbox import peek
from collective.deliberation.publishing.transactions import committed
from collective.deliberation.publishing.transactions import opened
from threading import Event
from threading import Thread
from ZODB.DB import DB
from zope.annotation.interfaces import IAnnotations
from zope.component.hooks import setSite


logger = logging.getLogger(__name__)

KEY = "collective.deliberation.notices"
ROUND = 60.0  # seconds between two rounds
MOST = 50  # causes in one message; the others come with the next
KEPT = 180 * 86_400.0  # seconds that a cause is remembered after it was told
LAST = "~"  # a last key that never leaves: a tree that becomes empty can't be merged


class Watch:
    def __init__(self, db: DB, clock: Callable[[], float] = time.time):
        self.db = db
        self.clock = clock

    def start(self, stop: Event) -> Thread | None:
        """A thread that watches until ``stop``; none when nobody wants to be told."""
        if not any(receivers()):
            return None
        thread = Thread(target=self.run, args=(stop,), name="watch", daemon=True)
        thread.start()
        return thread

    def run(self, stop: Event) -> None:
        while not stop.wait(ROUND):
            try:
                self.run_once()
            except Exception as error:  # what is wrong in one round may be right in the next
                logger.error("Notices could not be sent: %s.", type(error).__name__)

    def run_once(self) -> int:
        """Tell of what is new; return how many causes that were."""
        with opened(self.db) as (app, manager):
            desks = [name for name, site in sites(app) if peek(site) is not None]
            return sum(self._tell(app, manager, name) for name in desks)

    def _tell(self, app, manager, name: str) -> int:
        new = committed(manager, lambda: self._claim(_entered(app, name)))
        if new:
            manager.begin()
            site = _entered(app, name)
            try:
                send(new, *receivers())
            except Exception:
                committed(manager, lambda: _take_back(site, new))
                raise
        return len(new)

    def _claim(self, site) -> list[Cause]:
        """The causes nobody was told of, noted as told."""
        annotations = IAnnotations(site)
        known = annotations.get(KEY, {})
        now = self.clock()
        new = [cause for cause in causes(site) if cause.key not in known][:MOST]
        if new and KEY not in annotations:
            known = annotations[KEY] = OOBTree({LAST: float("inf")})
        for cause in new:
            known[cause.key] = now
        for key in [key for key, when in known.items() if when < now - KEPT] if new else ():
            del known[key]
        return new


def start_with_the_deliverer(event) -> None:
    Watch(event.db).start(event.stop)


def causes(site) -> list[Cause]:
    """What needs a person now, in the current site."""
    queue = address("@@publishing-queue")
    above = len(site.getPhysicalPath())
    box = peek(site)
    found = []
    for id in box.ids("parked"):
        institution = site.get(box.jobs[id].institution)
        title = institution.Title() if institution is not None else box.jobs[id].institution
        found.append(Cause(f"parked {id}", "parked", title, queue))
    brains = site.portal_catalog.unrestrictedSearchResults(
        portal_type="Meeting", review_state="preparation"
    )
    for brain in brains:
        meeting = brain._unrestrictedGetObject()
        if local(meeting.start).date() < today():
            continue  # nobody convenes it any more
        drafts = deadlines(meeting)[1]
        if drafts.urgency in ("soon", "late"):
            key = f"{drafts.urgency} {brain.UID} {drafts.day}"
            title = institution_of(meeting).Title()
            where = address("/".join(meeting.getPhysicalPath()[above:]))
            found.append(Cause(key, drafts.urgency, title, where, drafts.words))
    return found


def _entered(app, name: str):
    site = app[name]
    setSite(site)
    return site


def _take_back(site, told: list[Cause]) -> None:
    known = IAnnotations(site)[KEY]
    for cause in told:
        known.pop(cause.key, None)
