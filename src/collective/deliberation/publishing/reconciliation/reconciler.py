"""Compares each desk with its portals every night, and when somebody asked; a thread beside a deliverer.

``DELIBERATION_RECONCILE_AT`` is the hour, ``03:00`` in Brussels unless it says another one; ``off`` for never.
"""

import logging
import os
import time
from collections.abc import Callable
from collections.abc import Mapping
from collective.deliberation.content.french_dates import BRUSSELS
from collective.deliberation.publishing.outbox import peek as outbox_of
from collective.deliberation.publishing.reconciliation.kept import kept
from collective.deliberation.publishing.reconciliation.kept import peek
from collective.deliberation.publishing.reconciliation.kept import SHOWN
from collective.deliberation.publishing.reconciliation.reconcile import reconcile
from collective.deliberation.publishing.reconciliation.report import Compared
from collective.deliberation.publishing.reconciliation.report import Report
from collective.deliberation.publishing.transactions import committed
from collective.deliberation.publishing.transactions import opened
from dataclasses import replace
from datetime import datetime
from datetime import time as clock_time
from plone.base.interfaces import IPloneSiteRoot
from threading import Event
from threading import Thread
from ZODB.DB import DB


logger = logging.getLogger(__name__)

VARIABLE = "DELIBERATION_RECONCILE_AT"
POLL = 5.0  # seconds
SITES = ("Plone Site", "ZODB Mount Point")


def configured(environment: Mapping[str, str] = os.environ) -> clock_time | None:
    """The hour of the nightly comparison, ``None`` for never.

    :raises ValueError: when it is no hour
    """
    asked = environment.get(VARIABLE, "").strip() or "03:00"
    if asked.lower() == "off":
        return None
    try:
        return clock_time.fromisoformat(asked)
    except ValueError:
        raise ValueError(f"{VARIABLE}: must be an hour like 03:00, or off") from None


class Reconciler:
    def __init__(self, db: DB, hour: clock_time | None, clock: Callable[[], float] = time.time):
        self.db, self.hour, self.clock = db, hour, clock

    def start(self, stop: Event) -> Thread:
        thread = Thread(target=self.run, args=(stop,), name="reconciler", daemon=True)
        thread.start()
        return thread

    def run(self, stop: Event) -> None:
        while not stop.wait(POLL):
            try:
                self.run_once()
            except Exception as error:
                logger.error("A comparison with the portals failed: %s.", type(error).__name__)

    def run_once(self) -> int:
        """Compare the desks whose turn it is; return how many."""
        done = 0
        with opened(self.db) as (app, manager):
            desks = [
                site_id
                for site_id, site in app.objectItems(SITES)
                if IPloneSiteRoot.providedBy(site) and outbox_of(site) is not None
            ]
        for desk in desks:
            with opened(self.db) as (app, manager):
                wanted, repair = committed(
                    manager, lambda app=app, desk=desk: self._claim(app[desk])
                )
                if wanted:
                    report = reconcile(app, manager, desk, repair=repair)
                    committed(
                        manager,
                        lambda app=app, desk=desk, report=report: kept(app[desk]).done(
                            _short(report)
                        ),
                    )
                    self._tell(desk, report)
                    done += 1
        return done

    def _claim(self, site) -> tuple[bool, bool]:
        now = self.clock()
        here = datetime.fromtimestamp(now, BRUSSELS)
        nightly = self.hour is not None and here.time() >= self.hour
        if not peek(site).asked and not (nightly and peek(site).day < here.date()):
            return False, False
        return kept(site).claim(now, here.date(), nightly)

    def _tell(self, desk: str, report: Report) -> None:
        say = logger.warning if report.differences or report.problems else logger.info
        say(
            "Desk %s compared with its portals in %.1f s: %s entries, %s differ, %s institutions not compared.",
            desk,
            report.seconds,
            report.compared,
            report.differences,
            report.problems,
        )


def _short(report: Report) -> Report:
    def cut(each: Compared) -> Compared:
        return replace(each, differences=each.differences[:SHOWN])

    return replace(report, institutions=tuple(map(cut, report.institutions)))
