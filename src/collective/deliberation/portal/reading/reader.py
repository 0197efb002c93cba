"""Reads the files that wait: takes one, has another process read it, keeps its words, indexes its items.

What goes wrong with a file only means that it has no words to search for.
"""

import logging
import time
from collections.abc import Callable
from collective.deliberation.portal import store
from collective.deliberation.portal.caching import keys
from collective.deliberation.portal.caching import purging
from collective.deliberation.portal.content import PublishedItem
from collective.deliberation.portal.reading import waiting
from collective.deliberation.portal.received import FileWords
from collective.deliberation.portal.received import peek
from collective.deliberation.portal.search.index import INDEX
from collective.deliberation.pseudonym.files import isolated
from collective.deliberation.pseudonym.files.passages import Unreadable
from collective.deliberation.publishing.transactions import committed
from collective.deliberation.publishing.transactions import opened
from plone.base.interfaces import IPloneSiteRoot
from threading import Event
from ZODB.DB import DB
from zope.component.hooks import setSite


logger = logging.getLogger(__name__)

POLL = 3.0  # seconds
SITES = ("Plone Site", "ZODB Mount Point")


class Reader:
    def __init__(self, db: DB, clock: Callable[[], float] = time.time):
        self.db = db
        self.clock = clock

    def run(self, stop: Event) -> None:
        """Read until ``stop`` is set."""
        while not stop.is_set():
            try:
                self.run_once(stop)
            except Exception as error:  # what is wrong in one round may be right in the next
                logger.error("A round of reading annexes failed: %s.", type(error).__name__)
            stop.wait(POLL)

    def run_once(self, stop: Event | None = None) -> int:
        """Read all that waits now; return how many files were taken."""
        taken = 0
        for name in self._portals():
            while (stop is None or not stop.is_set()) and self._read_next(name):
                taken += 1
        return taken

    def _portals(self) -> list[str]:
        with opened(self.db) as (app, _manager):
            return [
                name
                for name, site in app.objectItems(SITES)
                if IPloneSiteRoot.providedBy(site)
                and (found := waiting.waiting(site)) is not None
                and found.files
            ]

    def _read_next(self, name: str) -> bool:
        with opened(self.db) as (app, manager):
            file = committed(manager, lambda: waiting.waiting(app[name]).claim(self.clock()))
            if file is None:
                return False
            manager.begin()
            words = self._words(app[name], file)
            committed(manager, lambda: _keep(app[name], file, words))
            logger.info(
                "Annex %s of %s: %d characters.", file.sha256[:8], file.institution, len(words)
            )
            return True

    def _words(self, site, file: waiting.File) -> str:
        stored = _stored(site, file)
        if stored is None or file.tries > waiting.TRIES:
            return ""
        try:
            with stored.blob.open() as stream:
                return isolated.text(stream, file.mime)
        except Unreadable as error:
            logger.info("Annex %s can't be read: %s.", file.sha256[:8], error.reason)
            return ""


def _stored(site, file: waiting.File):
    institution = site.get(file.institution)
    return peek(institution).files.get(file.sha256) if institution is not None else None


def _keep(site, file: waiting.File, words: str) -> None:
    setSite(site)
    waiting.waiting(site).done(file)
    stored = _stored(site, file)
    if stored is None:
        return
    stored.words = FileWords(words)
    if not words:
        return
    catalog = site.portal_catalog
    for uid in stored.users:
        obj = store.published(site[file.institution], uid)
        if isinstance(obj, PublishedItem) and obj.withdrawn_by() is None:
            path = "/".join(obj.getPhysicalPath())
            # At once: the queue of CMFCore belongs to the thread's own transaction, and this is another one.
            catalog.catalog_object(obj, path, idxs=[INDEX], update_metadata=0)
    purging.after_commit((keys.PORTAL,), site._p_jar.transaction_manager)  # searches find more now
