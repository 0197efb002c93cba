"""The reader of annexes as a thread of the process that serves the portal, or ``bin/instance read_annexes``.

The thread starts when the database is opened and ``DELIBERATION_READER=on``.
"""

import atexit
import logging
import os
import signal
from collective.deliberation.portal.reading.reader import Reader
from threading import Event
from threading import Thread


SWITCH = "DELIBERATION_READER"
_stop = Event()


def start_with_the_database(event) -> None:
    if os.environ.get(SWITCH, "").lower() in ("on", "1", "true", "yes"):
        thread = Thread(
            target=Reader(event.database).run, args=(_stop,), name="annex-reader", daemon=True
        )
        thread.start()
        atexit.register(stop, thread)


def stop(thread: Thread) -> None:
    _stop.set()
    thread.join(5)


def read_annexes(self, arg):
    """Read the annexes that wait for the search until told to stop."""
    code = "from collective.deliberation.portal.reading.daemon import main; main(app)"
    command = self.get_startup_cmd(self.options.python, code)
    os.environ[SWITCH] = "off"  # no second one as a thread
    os.execv("/bin/sh", ["sh", "-c", f"exec {command}"])


def main(app) -> None:
    form = "%(asctime)s %(levelname)s %(message)s"
    logging.basicConfig(level=logging.INFO, format=form, force=True)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_arguments: _stop.set())
    db = app._p_jar.db()
    app._p_jar.close()
    Reader(db).run(_stop)
    db.close()
