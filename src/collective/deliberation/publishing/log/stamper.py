"""Has the ends of publication logs time-stamped, when something new is in them: a thread that never stops publishing.

The authority is asked outside any transaction. Whoever asks says so in the database first, so that the clients of a
site don't ask twice; who dies meanwhile, or gets no answer, is followed by a later try.
"""

import logging
import time
from collections.abc import Callable
from collections.abc import Iterator
from collective.deliberation.content.sites import sites
from collective.deliberation.publishing.log import authority
from collective.deliberation.publishing.log.authority import Settings
from collective.deliberation.publishing.log.entries import STAMP
from collective.deliberation.publishing.log.kept import PublicationLog
from collective.deliberation.publishing.log.lines import Line
from collective.deliberation.publishing.log.stamps import LEASE
from collective.deliberation.publishing.log.stamps import Stamps
from collective.deliberation.publishing.log.timestamps import NoTimestamp
from collective.deliberation.publishing.transactions import committed
from collective.deliberation.publishing.transactions import opened
from datetime import datetime
from datetime import timezone
from threading import Event
from ZODB.DB import DB


logger = logging.getLogger(__name__)

LOOK = 15.0  # seconds


class Stamper:
    """:param logs: all the logs of a site"""

    def __init__(
        self,
        db: DB,
        settings: Settings,
        logs: Callable[..., Iterator[PublicationLog]],
        clock: Callable[[], float] = time.time,
    ):
        self.db = db
        self.settings = settings
        self.logs = logs
        self.clock = clock

    def run(self, stop: Event) -> None:
        """Work until ``stop`` is set."""
        while not stop.wait(LOOK):
            try:
                self.run_once(stop)
            except Exception as error:  # what is wrong in one round may be right in the next
                logger.error("A round of time-stamps failed: %s.", type(error).__name__)

    def run_once(self, stop: Event | None = None) -> int:
        """Have stamped what is due now; return how many time-stamps came."""
        came = 0
        with opened(self.db) as (app, manager):
            for log in [log for _name, site in sites(app) for log in self.logs(site)]:
                if stop is not None and stop.is_set():
                    break
                if due(log, self.clock()):
                    try:
                        came += self._stamp(log, manager)
                    except NoTimestamp:
                        break  # the next log would fare no better now
        return came

    def _stamp(self, log: PublicationLog, manager) -> bool:
        line = committed(manager, lambda: self._claim(log))
        if line is None:
            return False
        pause = self.settings.minutes * 60.0
        try:
            reply, moment = authority.ask(self.settings, line.entry.canonical, line.hash)
        except NoTimestamp as error:
            problem = str(error)
            committed(manager, lambda: log.stamps.failed(problem, self.clock(), pause))
            logger.warning("No time-stamp for the log of %s: %s.", log.institution, problem)
            raise

        def keep() -> None:
            log.stamp(line.entry.number, reply, moment, datetime.now(timezone.utc))
            log.stamps.succeeded(self.clock(), pause)

        committed(manager, keep)
        logger.info("The log of %s is time-stamped up to %d.", log.institution, line.entry.number)
        return True

    def _claim(self, log: PublicationLog) -> Line | None:
        """The entry to have stamped; ``None`` when another one was first."""
        if not due(log, self.clock()):
            return None
        if log.stamps is None:
            log.stamps = Stamps()
        log.stamps.next = self.clock() + LEASE
        return log.line(log.length)


def due(log: PublicationLog, now: float) -> bool:
    """Whether a log has entries that no time-stamp covers, other than time-stamps, and may be stamped now."""
    stamps = log.stamps
    if stamps is None:
        return log.length > 0
    return now >= stamps.next and any(
        log.line(number).entry.what.action != STAMP
        for number in range(stamps.covered + 1, log.length + 1)
    )
