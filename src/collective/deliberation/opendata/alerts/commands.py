"""``bin/instance alerts``: sends alerts in the foreground, until SIGTERM or SIGINT; ``--once`` for one round."""

import logging
import os
import signal
import sys
from collective.deliberation.opendata.alerts import settings
from collective.deliberation.opendata.alerts.daemon import SWITCH
from collective.deliberation.opendata.alerts.worker import Alerts
from threading import Event


def alerts(self, arg):
    """Send mail alerts until told to stop; with --once, what is due now."""
    once = "--once" in (arg or "")
    code = f"from collective.deliberation.opendata.alerts.commands import main; main(app, {once})"
    command = self.get_startup_cmd(self.options.python, code)
    os.environ[SWITCH] = "off"  # no second one as a thread
    os.execv("/bin/sh", ["sh", "-c", f"exec {command}"])


def main(app, once: bool) -> None:
    form = "%(asctime)s %(levelname)s %(message)s"
    logging.basicConfig(level=logging.INFO, format=form, force=True)
    try:
        known = settings.read()
    except ValueError as error:
        sys.exit(str(error))
    if known is None:
        sys.exit(f"Alerts are not set up: set {settings.KEY} and {settings.URL}.")
    stop = Event()

    def end(number, frame):
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    db = app._p_jar.db()
    app._p_jar.close()
    worker = Alerts(db, known)
    if once:
        worker.run_once(stop)
    else:
        worker.run(stop)
    db.close()
