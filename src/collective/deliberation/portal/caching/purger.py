"""Send purges to caches: one request with the method ``PURGE`` and the keys in ``Surrogate-Key``.

It is sent at once, and again two seconds later: a cache may just then have been receiving the answer of
before. While a cache can't be reached it is tried again, for as long as this process lives.
"""

import atexit
import logging
import os
import requests
from collections.abc import Callable
from collections.abc import Iterable
from collective.deliberation.portal.caching import keys
from threading import Condition
from threading import Thread
from time import monotonic


logger = logging.getLogger(__name__)

AGAIN = 2.0  # seconds
PAUSE = (0.5, 15.0)  # seconds between two tries, the least and the most
TIMEOUT = (2, 5)  # seconds to connect and to be answered
MOST_KEYS = 500  # waiting for one cache; over that all of it is thrown away at once
BATCH = 40  # keys in one request: a header has a limit


class Ticket:
    """One purge: ``told()`` is called once each cache took it twice."""

    def __init__(self, stale: Iterable[str], told: Callable[[], None]):
        self.stale = frozenset(stale)
        self.told = told
        self.servers: set[str] = set()


class Waiting:
    """The keys that one cache has to be told, each with the times at which it is due. Pure."""

    def __init__(self) -> None:
        self.due: dict[str, list[float]] = {}
        self.tickets: dict[
            Ticket, tuple[float, set[str]]
        ] = {}  # second time due; keys not told then
        self.pause = PAUSE[0]

    def add(self, stale: Iterable[str], now: float, ticket: Ticket | None = None) -> None:
        for key in stale:
            self.due[key] = [now, now + AGAIN]
        if ticket is not None:
            self.tickets[ticket] = (now + AGAIN, set(ticket.stale))
        if len(self.due) > MOST_KEYS:
            self.due = {keys.ALL: [now, now + AGAIN]}

    def next(self, now: float) -> list[str]:
        """The keys that are due."""
        return sorted(key for key, times in self.due.items() if times[0] <= now)[:BATCH]

    def done(self, told: Iterable[str], asked_at: float) -> list[Ticket]:
        """These were told, in a request sent at ``asked_at``; return the tickets that ends."""
        self.pause = PAUSE[0]
        for key in told:
            left = [when for when in self.due.get(key, ()) if when > asked_at]
            if left:
                self.due[key] = left
            else:
                self.due.pop(key, None)
        ended = []
        for ticket, (second, left) in self.tickets.items():
            if asked_at >= second:
                left.difference_update(left if keys.ALL in told else told)
                if not left:
                    ended.append(ticket)
        for ticket in ended:
            del self.tickets[ticket]
        return ended

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
        self.begin()

    def begin(self) -> None:
        """With nothing to tell, and no thread yet: in a forked process there is none, whatever there was before."""
        self.waiting: dict[str, Waiting] = {}
        self.sent = self.failures = 0
        self.stopped = False
        self.changed = Condition()

    def purge(
        self, servers: Iterable[str], stale: Iterable[str], ticket: Ticket | None = None
    ) -> None:
        with self.changed:
            for server in servers:
                if server not in self.waiting:
                    self.waiting[server] = Waiting()
                    Thread(target=self._run, args=(server,), name="purger", daemon=True).start()
                self.waiting[server].add(stale, monotonic(), ticket)
                if ticket is not None:
                    ticket.servers.add(server)
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
            ended = []
            with self.changed:
                if good:
                    for ticket in waiting.done(told, now):
                        ticket.servers.discard(server)
                        if not ticket.servers:
                            ended.append(ticket)
                    self.sent += 1
                else:
                    waiting.failed(told, monotonic())
                    self.failures += 1
            for ticket in ended:
                ticket.told()


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
os.register_at_fork(after_in_child=PURGER.begin)
