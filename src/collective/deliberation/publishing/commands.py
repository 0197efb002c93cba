"""``bin/instance deliver``: a deliverer in the foreground, until SIGTERM or SIGINT."""

import logging
import os
import signal
from collective.deliberation.publishing.daemon import SWITCH
from collective.deliberation.publishing.deliverer import Deliverer
from collective.deliberation.publishing.events import DelivererStarts
from collective.deliberation.publishing.reconciliation.reconciler import configured as nightly
from collective.deliberation.publishing.reconciliation.reconciler import POLL
from collective.deliberation.publishing.reconciliation.reconciler import Reconciler
from collective.deliberation.publishing.wake import WAKE
from collective.deliberation.publishing.workers import configured
from threading import Event
from zope.event import notify


WORKERS = 4  # jobs under way at once, unless the environment says another number


def deliver(self, arg):
    """Deliver publications to the portals until told to stop."""
    code = "from collective.deliberation.publishing.commands import main; main(app)"
    command = self.get_startup_cmd(self.options.python, code)
    os.environ[SWITCH] = "off"  # no second one as a thread
    os.execv("/bin/sh", ["sh", "-c", f"exec {command}"])


def main(app) -> None:
    form = "%(asctime)s %(levelname)s %(message)s"
    logging.basicConfig(level=logging.INFO, format=form, force=True)
    try:
        workers, hour = configured(WORKERS), nightly()
    except ValueError as error:
        raise SystemExit(str(error)) from None
    stop = Event()

    def end(number, frame):
        stop.set()
        WAKE.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    db = app._p_jar.db()
    app._p_jar.close()
    comparing = Reconciler(db, hour).start(stop)
    notify(DelivererStarts(db, stop))
    Deliverer(db, workers=workers).run(stop, WAKE)
    comparing.join(POLL)
    db.close()
