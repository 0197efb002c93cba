"""Logs as one JSON object a line, without personal data; ``DELIBERATION_LOG=json`` turns them on.

A message keeps its words, but no address of a machine or a person, no number that could be one's own, and no
question of a search. Of an exception it keeps the type and the places in the code: its text may quote what
somebody wrote.
"""

import json
import logging
import os
import re
import traceback
from datetime import datetime
from datetime import timezone


SWITCH = "DELIBERATION_LOG"
PLACES = 12  # of an exception, the innermost
_HIDDEN = (
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"), "[e-mail]"),
    (re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])"), "[address]"),
    (re.compile(r"(?<![\w:])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{1,4}(?![\w:])", re.I), "[address]"),
    (re.compile(r"\?[^\s\"')>]+"), "?[question]"),
    (re.compile(r"(?<!\d)\d{2}[.\s]?\d{2}[.\s]?\d{2}[-\s]\d{3}[.\s]\d{2}(?!\d)"), "[number]"),
    (re.compile(r"\b[A-Z]{2}\d{2}(?:[ ]?\d{4}){3}\b"), "[number]"),
)


class JsonFormatter(logging.Formatter):
    """``{"time", "level", "logger", "message"}``, with ``"exception"`` and ``"at"`` when there is one."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, timezone.utc)
        line = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "process": record.process,
            "message": hidden(record.getMessage()),
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["exception"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])[-PLACES:]
            line["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        return json.dumps(line, ensure_ascii=False)


def hidden(message: str) -> str:
    """A message without what could say who."""
    for pattern, word in _HIDDEN:
        message = pattern.sub(word, message)
    return message


def configure() -> None:
    """Give all handlers of this process this format, when the environment says so."""
    if os.environ.get(SWITCH, "").lower() != "json":
        return
    loggers = [logging.getLogger(), *map(logging.getLogger, list(logging.root.manager.loggerDict))]
    for logger in loggers:
        for handler in logger.handlers:
            handler.setFormatter(JsonFormatter())


def configure_with_the_database(event) -> None:
    """When a server or a deliverer begins: its handlers are there by then."""
    configure()
