"""Ask ``deliberation-detect``, in a process of its own: what breaks there breaks nothing here."""

import json
import subprocess
import sys
from collections.abc import Iterable
from collections.abc import Mapping
from html import escape
from queue import Empty
from queue import Queue
from threading import Thread
from time import monotonic
from typing import Any


MODULE = "collective.deliberation.pseudonym.detection.command"
COMMAND = (sys.executable, "-c", f"import sys; from {MODULE} import main; sys.exit(main())")
SECONDS = 60.0  # for the texts of one item, the start of the process included


class NoAnswer(Exception):
    """The process didn't answer; it was ended. The message repeats nothing of what was asked."""


class DetectionProcess:
    """One process, started at the first question and again after it failed. Not for several threads."""

    def __init__(self, command: Iterable[str] = COMMAND, seconds: float = SECONDS):
        self._command = tuple(command)
        self._seconds = seconds
        self._process: subprocess.Popen | None = None
        self._answers: Queue[bytes] = Queue()

    def ask(
        self, texts: Mapping[str, str], roster: list[dict[str, str]], on: str
    ) -> dict[str, list[dict[str, Any]]]:
        """The spans of each plain text, as the command gives them; none of one that it can't read.

        :param on: the day of the decision, ISO 8601, or empty
        :raises NoAnswer: when the process ends, says something else, or takes too long
        """
        try:
            return self._asked(texts, roster, on)
        except (OSError, ValueError, KeyError, TypeError, Empty) as error:
            self.end()
            raise NoAnswer(type(error).__name__) from None

    def end(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            process.stdin.close()

    def _asked(self, texts, roster, on):
        process, deadline = self._running(), monotonic() + self._seconds
        found = {}
        for field, text in texts.items():
            request = {"id": field, "html": escape(text), "roster": roster, "date": on}
            process.stdin.write(json.dumps(request).encode("ascii") + b"\n")
            process.stdin.flush()
            line = self._answers.get(timeout=max(0.0, deadline - monotonic()))
            answer = json.loads(line)
            if answer["id"] != field:
                raise ValueError(field)
            found[field] = answer.get("spans", [])
        return found

    def _running(self) -> subprocess.Popen:
        if self._process is None or self._process.poll() is not None:
            self.end()
            self._answers = Queue()
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # a library's message could repeat what it was given
            )
            Thread(target=_read, args=(self._process.stdout, self._answers), daemon=True).start()
        return self._process


def _read(stream, answers: Queue) -> None:
    with stream:
        for line in stream:
            answers.put(line)
    answers.put(b"")  # no JSON: whoever waits knows that nothing comes any more
