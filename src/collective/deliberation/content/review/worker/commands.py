"""``bin/instance detect``: the worker of the language model in the foreground, until SIGTERM or SIGINT."""

import logging
import os
import signal
from collective.deliberation.content.review.worker.daemon import SWITCH
from collective.deliberation.content.review.worker.process import DetectionProcess
from collective.deliberation.content.review.worker.worker import Worker
from collective.deliberation.publishing.daemon import SWITCH as DELIVERER
from threading import Event


def detect(self, arg):
    """Have a language model read what agents save, until told to stop."""
    module = "collective.deliberation.content.review.worker.commands"
    command = self.get_startup_cmd(self.options.python, f"from {module} import main; main(app)")
    os.environ[SWITCH] = os.environ[DELIVERER] = "off"  # no threads beside it
    os.execv("/bin/sh", ["sh", "-c", f"exec {command}"])


def main(app) -> None:
    form = "%(asctime)s %(levelname)s %(message)s"
    logging.basicConfig(level=logging.INFO, format=form, force=True)
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, frame: stop.set())
    db = app._p_jar.db()
    app._p_jar.close()
    Worker(db, DetectionProcess()).run(stop)
    db.close()
