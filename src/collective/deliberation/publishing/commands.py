"""``bin/instance deliver``: a deliverer in the foreground, until SIGTERM or SIGINT."""

import logging
import os
import signal
from collective.deliberation.publishing.daemon import SWITCH
from collective.deliberation.publishing.deliverer import Deliverer
from collective.deliberation.publishing.wake import WAKE
from threading import Event


def deliver(self, arg):
    """Deliver publications to the portals until told to stop."""
    code = "from collective.deliberation.publishing.commands import main; main(app)"
    command = self.get_startup_cmd(self.options.python, code)
    os.environ[SWITCH] = "off"  # no second one as a thread
    os.execv("/bin/sh", ["sh", "-c", f"exec {command}"])


def main(app) -> None:
    form = "%(asctime)s %(levelname)s %(message)s"
    logging.basicConfig(level=logging.INFO, format=form, force=True)
    stop = Event()

    def end(number, frame):
        stop.set()
        WAKE.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    db = app._p_jar.db()
    app._p_jar.close()
    Deliverer(db).run(stop, WAKE)
    db.close()
