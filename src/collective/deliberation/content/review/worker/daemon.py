"""The worker as a thread of the process that serves the desk: the embedded default.

Started when the database is opened, ``DELIBERATION_DETECTOR=on`` and a language model is there; production
runs ``bin/instance detect`` instead. Without either the rules work alone.
"""

import atexit
import logging
import os
from collective.deliberation.content.review.worker.process import DetectionProcess
from collective.deliberation.content.review.worker.worker import Worker
from collective.deliberation.pseudonym.detection import language_model
from importlib.util import find_spec
from threading import Event
from threading import Thread


logger = logging.getLogger(__name__)

SWITCH = "DELIBERATION_DETECTOR"
_stop = Event()


def has_model() -> bool:
    """Whether a language model was chosen or is installed."""
    chosen = os.environ.get(language_model.VARIABLE, "")
    return bool(chosen) or find_spec(language_model.DEFAULT) is not None


def start_with_the_database(event) -> None:
    if os.environ.get(SWITCH, "").lower() not in ("on", "1", "true", "yes"):
        return
    if has_model():
        start(event.database)
    else:
        logger.info("No language model is installed: personal data is proposed by rules alone.")


def start(db) -> Thread:
    worker = Worker(db, DetectionProcess())
    thread = Thread(target=worker.run, args=(_stop,), name="detector", daemon=True)
    thread.start()
    atexit.register(stop, thread)
    return thread


def stop(thread: Thread) -> None:
    _stop.set()
    thread.join(5)
