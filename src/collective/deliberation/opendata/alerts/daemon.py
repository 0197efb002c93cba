"""Alerts as a thread of the process that serves the portal: the embedded default.

Started when the database is opened and ``DELIBERATION_ALERTS=on``; production runs ``bin/instance alerts``.
"""

import atexit
import os
from collective.deliberation.opendata.alerts import settings
from collective.deliberation.opendata.alerts.worker import Alerts
from threading import Event
from threading import Thread


SWITCH = "DELIBERATION_ALERTS"
_stop = Event()


def start_with_the_database(event) -> None:
    """:raises ValueError: when alerts are on and their settings can't be used"""
    if os.environ.get(SWITCH, "").lower() in ("on", "1", "true", "yes"):
        known = settings.read()
        if known is not None:
            start(event.database, known)


def start(db, known: settings.Settings) -> Thread:
    thread = Thread(target=Alerts(db, known).run, args=(_stop,), name="alerts", daemon=True)
    thread.start()
    atexit.register(stop, thread)
    return thread


def stop(thread: Thread) -> None:
    _stop.set()
    thread.join(5)
