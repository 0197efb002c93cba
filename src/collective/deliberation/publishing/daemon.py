"""A deliverer as a thread of the process that serves the desk: the embedded default.

Started when the database is opened and ``DELIBERATION_DELIVERER=on``; production runs
``bin/instance deliver`` instead.
"""

import atexit
import os
from collective.deliberation.publishing.deliverer import Deliverer
from collective.deliberation.publishing.events import DelivererStarts
from collective.deliberation.publishing.reconciliation.reconciler import configured as nightly
from collective.deliberation.publishing.reconciliation.reconciler import Reconciler
from collective.deliberation.publishing.wake import WAKE
from collective.deliberation.publishing.workers import configured
from threading import Event
from threading import Thread
from zope.event import notify


WORKERS = 2  # jobs under way at once, unless the environment says another number
SWITCH = "DELIBERATION_DELIVERER"
_stop = Event()


def start_with_the_database(event) -> None:
    if os.environ.get(SWITCH, "").lower() in ("on", "1", "true", "yes"):
        start(event.database)


def start(db) -> Thread:
    Reconciler(db, nightly()).start(_stop)
    notify(DelivererStarts(db, _stop))
    deliverer = Deliverer(db, workers=configured(WORKERS))
    thread = Thread(target=deliverer.run, args=(_stop, WAKE), name="deliverer", daemon=True)
    thread.start()
    atexit.register(stop, thread)
    return thread


def stop(thread: Thread) -> None:
    _stop.set()
    WAKE.set()
    thread.join(5)
