"""Have a language model read what was saved since, and keep what it found with the item.

What is to be done is what the database says: an item whose texts aren't those that a model has read. So
nothing is queued by a save, nothing is lost by a crash, and an agent waits for nothing. A transaction is
short: one reads the texts, one writes what was found, if they still are what they were.
"""

import logging
import time
import transaction
from collections.abc import Callable
from collections.abc import Iterator
from collective.deliberation.content.review import suggestions
from collective.deliberation.content.review.texts import texts_of
from collective.deliberation.content.review.worker.process import DetectionProcess
from collective.deliberation.content.review.worker.process import NoAnswer
from collective.deliberation.pseudonym.detection.command import CATEGORIES
from collective.deliberation.pseudonym.register import Category
from contextlib import contextmanager
from DateTime import DateTime
from plone.base.interfaces import IPloneSiteRoot
from threading import Event
from transaction.interfaces import TransientError
from typing import Any
from typing import NamedTuple
from ZODB.DB import DB
from zope.component.hooks import getSite
from zope.component.hooks import setSite


logger = logging.getLogger(__name__)

POLL = 2.0  # seconds between two looks at what was saved
OVERLAP = 180.0  # seconds: the catalog knows the minute of a change
WHOLE = 3600.0  # seconds between two looks at everything
TRIES = 3  # of a text that the model doesn't survive
SITES = ("Plone Site", "ZODB Mount Point")
OPEN = ("draft", "proposed", "approved", "decided", "preparation", "convened", "held", "pending")
_CATEGORY = {name: category for category, name in CATEGORIES.items()}


class _Task(NamedTuple):
    """What a model is to read, as plain values."""

    site: str
    uid: str
    digest: str
    texts: dict[str, str]
    roster: list[dict[str, str]]
    on: str


class Worker:
    def __init__(self, db: DB, process: DetectionProcess, clock: Callable[[], float] = time.time):
        self.db = db
        self.process = process
        self.clock = clock
        self._failed: dict[str, int] = {}  # digests, and how often
        self._since = 0.0
        self._whole = 0.0

    def run(self, stop: Event) -> None:
        """Read until ``stop`` is set."""
        logger.info("The worker of the language model starts.")
        while not stop.is_set():
            try:
                self.run_once(stop)
            except Exception as error:  # what is wrong in one round may be right in the next
                logger.error("A round of the language model failed: %s.", type(error).__name__)
            stop.wait(POLL)
        self.process.end()
        logger.info("The worker of the language model stops.")

    def run_once(self, stop: Event | None = None) -> int:
        """Read all that was changed since the last time; return of how many items finds were kept."""
        now = self.clock()
        if now - self._whole > WHOLE:
            self._since, self._whole = 0.0, now
            self._failed.clear()
        kept = 0
        for site, uid in self._changed():
            if stop is not None and stop.is_set():
                return kept
            task = self._task(site, uid)
            if task is not None and self._failed.get(task.digest, 0) < TRIES:
                kept += self._perform(task)
        self._since = now - OVERLAP
        return kept

    def _perform(self, task: _Task) -> int:
        begun = self.clock()
        try:
            spans = self.process.ask(task.texts, task.roster, task.on)
        except NoAnswer as error:
            self._failed[task.digest] = self._failed.get(task.digest, 0) + 1
            logger.warning("No answer of the language model for %s: %s.", task.uid[:8], error)
            return 0
        found = [each for field in task.texts for each in _read(task, field, spans[field])]
        if not self._store(task, found):
            return 0
        logger.info("Read %s in %.1f s.", task.uid[:8], self.clock() - begun)
        return 1

    def _changed(self) -> list[tuple[str, str]]:
        """What may have to be read: site and UID of items and meetings, each once, the latest first."""
        with self._open() as (app, manager):
            found: dict[tuple[str, str], None] = {}
            for id, site in app.objectItems(SITES):
                if not IPloneSiteRoot.providedBy(site) or "Item" not in site.portal_types:
                    continue
                setSite(site)
                suggestions.note_worker(site, self.clock())
                brains = site.portal_catalog.unrestrictedSearchResults(
                    portal_type=("Item", "Meeting", "Annex"),
                    review_state=OPEN,
                    modified={"query": DateTime(self._since), "range": "min"},
                    sort_on="modified",
                    sort_order="reverse",
                )
                for brain in brains:
                    uid = brain.UID
                    if brain.portal_type == "Annex":  # its title is one of its holder's texts
                        holder = _content(site, uid)
                        uid = holder.__parent__.UID() if holder is not None else None
                    if uid:
                        found[(id, uid)] = None
            try:
                manager.commit()
            except TransientError:
                manager.abort()  # another worker says the same
            return list(found)

    def _task(self, site_id: str, uid: str) -> _Task | None:
        with self._open() as (app, _manager):
            content = _content(app[site_id], uid)
            if content is None:
                return None
            texts = texts_of(content)
            digest = suggestions.digest(texts)
            if not texts or suggestions.is_read(content, texts):
                return None
            roster, day = suggestions.roster_and_day(content)
            on = day.isoformat() if day is not None else ""
            return _Task(site_id, uid, digest, texts, roster.to_json(), on)

    def _store(self, task: _Task, found: list[dict[str, Any]]) -> bool:
        """Keep what was found; False when the item is gone or says something else meanwhile."""
        for _ in range(10):
            with self._open() as (app, manager):
                content = _content(app[task.site], task.uid)
                if content is None or suggestions.digest(texts_of(content)) != task.digest:
                    return False
                suggestions.store(content, task.digest, found)
                try:
                    manager.commit()
                    return True
                except TransientError:
                    manager.abort()  # somebody saves it: look at it again
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


def _content(site, uid: str):
    setSite(site)
    brains = site.portal_catalog.unrestrictedSearchResults(UID=uid)
    try:
        return brains[0]._unrestrictedGetObject() if brains else None
    except (KeyError, AttributeError):
        return None  # deleted since


def _read(task: _Task, field: str, spans: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Spans as suggestions in plain values; one that isn't in the text is no find."""
    text = task.texts[field]
    for span in spans:
        category = _CATEGORY.get(span.get("category"), Category.OTHER)
        start, end = span.get("start", -1), span.get("end", -1)
        if 0 <= start < end <= len(text) and text[start:end] == span.get("text"):
            yield {
                "field": field,
                "start": start,
                "end": end,
                "text": text[start:end],
                "category": category.value,
                "confidence": min(1.0, max(0.0, float(span.get("confidence", 0)))),
                "reason": str(span.get("reason", "")),
            }
