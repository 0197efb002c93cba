"""Tell the caches in front of the portal what a transaction made stale, once it is committed.

The caches are those of ``DELIBERATION_PURGE`` (addresses, separated by spaces; set it in the environment
or in zope.conf's ``<environment>``), or else the caching proxies of Plone's own settings when purging is
enabled there. A purge is one request with the method ``PURGE`` and the keys in ``Surrogate-Key``.

It is sent at once, and again two seconds later: a cache may just then have been receiving the answer of
before. While a cache can't be reached it is tried again, for as long as it may keep what is stale.
"""

import atexit
import logging
import os
import requests
import transaction
from collections.abc import Callable
from collections.abc import Iterable
from collective.deliberation.portal.caching import keys
from plone.cachepurging.interfaces import ICachePurgingSettings
from plone.cachepurging.utils import isCachePurgingEnabled
from plone.registry.interfaces import IRegistry
from threading import Condition
from threading import Thread
from time import monotonic
from zope.component import queryUtility


logger = logging.getLogger(__name__)

SERVERS = "DELIBERATION_PURGE"
SECONDS = "DELIBERATION_SHARED_SECONDS"
USUAL_SECONDS = 300
AGAIN = 2.0  # seconds
PAUSE = (0.5, 15.0)  # seconds between two tries, the least and the most
TIMEOUT = (2, 5)  # seconds to connect and to be answered
MOST_KEYS = 500  # waiting for one cache; over that all of it is thrown away at once
BATCH = 40  # keys in one request: a header has a limit
_PENDING = "collective.deliberation.purge"


def servers() -> tuple[str, ...]:
    """The addresses of the caches to tell."""
    named = os.environ.get(SERVERS, "").split()
    if not named:
        registry = queryUtility(IRegistry)
        if registry is None or not isCachePurgingEnabled(registry):
            return ()
        named = registry.forInterface(ICachePurgingSettings, check=False).cachingProxies or ()
    return tuple(dict.fromkeys(name.rstrip("/") for name in named))


def shared_seconds() -> int:
    """How long a cache that is told may keep an answer; 0 when none is."""
    if not servers():
        return 0
    given = os.environ.get(SECONDS, "")
    return min(int(given), 86_400) if given.isdigit() else USUAL_SECONDS


def after_commit(stale: Iterable[str], transactions=transaction.manager) -> None:
    """Purge these keys when the current transaction is committed; not when it isn't.

    :param transactions: whose current one; that of this thread unless said
    """
    told = servers()
    if not told:
        return
    current = transactions.get()
    try:
        current.data(_PENDING).update(stale)
    except KeyError:
        pending = set(stale)
        current.set_data(_PENDING, pending)
        current.addAfterCommitHook(_committed, (told, pending))


def _committed(success: bool, told: tuple[str, ...], pending: set[str]) -> None:
    if success:
        PURGER.purge(told, pending)


def start_with_the_database(event) -> None:
    """A new version of the software may answer otherwise: caches forget what an older one said."""
    if os.environ.get(SERVERS):
        PURGER.purge(servers(), (keys.ALL,))


class Waiting:
    """The keys that one cache has to be told, each with the times at which it is due. Pure."""

    def __init__(self) -> None:
        self.due: dict[str, list[float]] = {}
        self.pause = PAUSE[0]

    def add(self, stale: Iterable[str], now: float) -> None:
        for key in stale:
            self.due[key] = [now, now + AGAIN]
        if len(self.due) > MOST_KEYS:
            self.due = {keys.ALL: [now, now + AGAIN]}

    def next(self, now: float) -> list[str]:
        """The keys that are due."""
        return sorted(key for key, times in self.due.items() if times[0] <= now)[:BATCH]

    def done(self, told: Iterable[str], asked_at: float) -> None:
        """These were told, in a request sent at ``asked_at``."""
        self.pause = PAUSE[0]
        for key in told:
            left = [when for when in self.due.get(key, ()) if when > asked_at]
            if left:
                self.due[key] = left
            else:
                self.due.pop(key, None)

    def failed(self, told: Iterable[str], now: float) -> None:
        for key in told:
            if key in self.due:
                self.due[key] = [now + self.pause, now + self.pause + AGAIN]
        self.pause = min(self.pause * 2, PAUSE[1])

    def soonest(self) -> float:
        return min((times[0] for times in self.due.values()), default=float("inf"))


class Purger:
    """One thread for each cache, started with the first purge."""

    def __init__(self, ask: Callable[[str, list[str]], bool]):
        self.ask = ask
        self.waiting: dict[str, Waiting] = {}
        self.sent = self.failures = 0
        self.stopped = False
        self.changed = Condition()

    def purge(self, told: Iterable[str], stale: Iterable[str]) -> None:
        with self.changed:
            for server in told:
                if server not in self.waiting:
                    self.waiting[server] = Waiting()
                    Thread(target=self._run, args=(server,), name="purger", daemon=True).start()
                self.waiting[server].add(stale, monotonic())
            self.changed.notify_all()

    def stop(self) -> None:
        with self.changed:
            self.stopped = True
            self.changed.notify_all()

    def _run(self, server: str) -> None:
        waiting = self.waiting[server]
        while True:
            with self.changed:
                while not self.stopped and waiting.soonest() > monotonic():
                    wait = waiting.soonest() - monotonic()
                    self.changed.wait(None if wait == float("inf") else max(wait, 0))
                if self.stopped:
                    return
                now = monotonic()
                told = waiting.next(now)
            good = self.ask(server, told)
            with self.changed:
                if good:
                    waiting.done(told, now)
                    self.sent += 1
                else:
                    waiting.failed(told, monotonic())
                    self.failures += 1


def ask(server: str, told: list[str]) -> bool:
    """Send one purge; whether the cache took it."""
    try:
        answer = requests.request(
            "PURGE", server, headers={keys.HEADER: " ".join(told)}, timeout=TIMEOUT
        )
    except requests.RequestException as error:
        logger.warning("A cache can't be told what changed: %s.", type(error).__name__)
        return False
    if answer.status_code not in (200, 204):
        logger.warning("A cache answers %d to a purge.", answer.status_code)
        return False
    return True


PURGER = Purger(ask)
atexit.register(PURGER.stop)
