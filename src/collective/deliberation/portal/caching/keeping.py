"""Keep the journals of purges short: take out what caches were told, and tell what a process left that died.

One thread for each database, started when the database is opened or with the first purge. An entry that is older than
half a minute, of whichever process, is told by the one that sees it first: a second time does no harm.
"""

import atexit
import logging
import os
import time
from collections.abc import Callable
from collections.abc import Iterable
from collective.deliberation.content.sites import sites
from collective.deliberation.portal.caching import journal
from collective.deliberation.portal.caching import purger
from collective.deliberation.publishing.transactions import committed
from collective.deliberation.publishing.transactions import opened
from threading import Event
from threading import Lock
from threading import Thread
from ZODB.DB import DB
from zope.component.hooks import setSite


logger = logging.getLogger(__name__)

LOOK = 5.0  # seconds between two looks
LEFT = 30.0  # seconds after which an entry was left behind
_keepers: dict[int, "Keeper"] = {}
_lock = Lock()


class Keeper:
    """:param servers: the caches of the current site"""

    def __init__(
        self,
        db: DB,
        servers: Callable[[], tuple[str, ...]],
        clock: Callable[[], float] = time.time,
    ):
        self.db = db
        self.servers = servers
        self.clock = clock
        self.under_way: set[str] = set()  # entries that this process is telling
        self.told: set[str] = set()
        self.lock = Lock()
        self.stopped = Event()

    def ticket(self, id: str, stale: Iterable[str]) -> purger.Ticket:
        """For the purge of an entry: it will be taken out when the caches took it."""
        with self.lock:
            self.under_way.add(id)
        return purger.Ticket(stale, lambda: self._is_told((id,)))

    def run(self) -> None:
        while not self.stopped.wait(LOOK):
            try:
                self.look()
            except Exception as error:  # what is wrong in one round may be right in the next
                logger.error("A round of keeping purges failed: %s.", type(error).__name__)

    def look(self) -> None:
        """Once: take out, and tell what was left behind."""
        with opened(self.db) as (app, manager):
            for name, site in list(sites(app)):
                kept = journal.peek(site)
                if kept is None:
                    continue
                setSite(site)
                self._tell(kept)
                with self.lock:
                    told = kept.held(self.told)
                if told:
                    committed(manager, lambda name=name, told=told: _remove(app[name], told))
                    self._forget(told)

    def _tell(self, kept: journal.Journal) -> None:
        left = [
            (id, stale)
            for id, stale in kept.entries(self.clock() - LEFT)
            if id not in self.under_way
        ]
        servers = self.servers()
        for id, stale in left:
            if servers:
                purger.PURGER.purge(servers, stale, self.ticket(id, stale))
            else:
                self._is_told((id,))
        if left:
            logger.info("%d purges were left behind, and are made up for.", len(left))

    def _is_told(self, ids: Iterable[str]) -> None:
        with self.lock:
            self.told.update(ids)

    def _forget(self, ids: Iterable[str]) -> None:
        with self.lock:
            self.told.difference_update(ids)
            self.under_way.difference_update(ids)


def of(db: DB, servers: Callable[[], tuple[str, ...]]) -> Keeper:
    """This process's keeper for a database, at work."""
    with _lock:
        if id(db) not in _keepers:
            keeper = _keepers[id(db)] = Keeper(db, servers)
            Thread(target=keeper.run, name="purge-keeper", daemon=True).start()
        return _keepers[id(db)]


def stop() -> None:
    with _lock:
        for keeper in _keepers.values():
            keeper.stopped.set()
        _keepers.clear()


def _remove(site, ids: list[str]) -> None:
    kept = journal.peek(site)
    if kept is not None:
        kept.remove(ids)


def _begin() -> None:
    """In a forked process no keeper is at work, and nobody holds the lock."""
    global _lock
    _lock = Lock()
    _keepers.clear()


atexit.register(stop)
os.register_at_fork(after_in_child=_begin)
