"""The work on files, done in another process: what a file does to it doesn't reach the server.

The functions take and give what those of the same names do in ``analysis``, ``cleaning``, ``redaction`` and
``page_pictures``. A process serves one caller at a time and is kept for the next one.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Collection
from collective.deliberation.pseudonym.files.child import HEAD
from collective.deliberation.pseudonym.files.child import send
from collective.deliberation.pseudonym.files.findings import Analysis
from collective.deliberation.pseudonym.files.passages import Box
from collective.deliberation.pseudonym.files.passages import SECONDS
from collective.deliberation.pseudonym.files.passages import Unreadable
from collective.deliberation.pseudonym.files.redaction import Boxes
from collective.deliberation.pseudonym.register import Register
from threading import Lock
from threading import Timer
from typing import Any


GRACE = 10.0  # seconds beyond those that the work may take: to start, and to end by itself
_KEPT = 2  # processes that wait for work
_ENVIRONMENT = ("PATH", "HOME", "LD_LIBRARY_PATH", "PYTHONHOME")
_idle: list[subprocess.Popen] = []
_lock = Lock()


def analyse(
    data: bytes,
    mime: str,
    register: Register,
    exempt: Collection[str] = (),
    seconds: float = SECONDS,
) -> Analysis:
    """See ``analysis.analyse``: never raises for what is in the file."""
    task = {**_sought(register, exempt), "seconds": seconds}
    try:
        value, _data = _ask("analyse", mime, data, task, seconds)
    except Unreadable as error:
        return Analysis(unreadable=error.reason)
    return Analysis.from_json(value)


def text(data: bytes, mime: str) -> str:
    """What a reader sees of a file, as text: see ``analysis.visible_text``."""
    return _ask("text", mime, data, {}, SECONDS)[0]["text"]


def public_copy(
    data: bytes, mime: str, register: Register, exempt: Collection[str] = ()
) -> tuple[bytes, Analysis]:
    """See ``cleaning.public_copy``."""
    value, copy = _ask("public_copy", mime, data, _sought(register, exempt), 3 * SECONDS)
    return copy, Analysis.from_json(value)


def page(data: bytes, mime: str, number: int) -> bytes:
    """See ``page_pictures.for_screen``."""
    return _ask("page", mime, data, {"page": number}, SECONDS)[1]


def burnt(data: bytes, mime: str, boxes: Boxes, first: int, last: int) -> bytes:
    """Pages ``first`` to ``last`` of a PDF with their boxes burnt in, as a PDF of their own."""
    task = {"boxes": _sides(boxes), "first": first, "last": last}
    return _ask("burnt", mime, data, task, SECONDS)[1]


def redact(data: bytes, mime: str, boxes: Boxes) -> tuple[bytes, str]:
    """See ``redaction.redact``."""
    value, copy = _ask("redact", mime, data, {"boxes": _sides(boxes)}, SECONDS)
    return copy, value["mime"]


def _ask(
    name: str, mime: str, data: bytes, task: dict[str, Any], seconds: float
) -> tuple[dict[str, Any], bytes]:
    """
    :raises Unreadable: also when the process ended ("corrupt") or was too slow
    """
    until = time.monotonic() + seconds + GRACE
    for child in _children():
        timer = Timer(max(0.1, until - time.monotonic()), child.kill)
        timer.start()
        try:
            send(child.stdin, {"task": name, "mime": mime, **task}, data)
            answer, made = _answer(child)
        except (OSError, EOFError):
            child.kill()
            child.communicate()
            if time.monotonic() >= until:
                raise Unreadable("too-slow") from None
            continue
        finally:
            timer.cancel()
        _put_back(child)
        if "refused" in answer:
            raise Unreadable(answer["refused"])
        if "failed" in answer:
            raise Unreadable("corrupt")
        return answer["value"], made
    raise Unreadable("corrupt")


def _children():
    """Those that wait, then a new one: one that waited may have ended since, of itself."""
    while True:
        with _lock:
            child = _idle.pop() if _idle else None
        if child is None:
            break
        if child.poll() is None:
            yield child
    yield subprocess.Popen(
        [sys.executable, "-m", "collective.deliberation.pseudonym.files.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # what a library says of a file can repeat a piece of it
        env=_environment(),
        start_new_session=True,
    )


def _answer(child: subprocess.Popen) -> tuple[dict[str, Any], bytes]:
    head = child.stdout.read(HEAD.size)
    if len(head) < HEAD.size:
        raise EOFError
    size, length = HEAD.unpack(head)
    text, data = child.stdout.read(size), child.stdout.read(length)
    if len(text) < size or len(data) < length:
        raise EOFError
    return json.loads(text), data


def _put_back(child: subprocess.Popen) -> None:
    with _lock:
        if len(_idle) < _KEPT:
            _idle.append(child)
            return
    child.communicate()


def _environment() -> dict[str, str]:
    """What Python needs to start, and none of the secrets that the server's environment may hold."""
    kept = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    return {**kept, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LANG": "C.UTF-8"}


def _sought(register: Register, exempt: Collection[str]) -> dict[str, Any]:
    return {"register": register.to_json(), "exempt": sorted(exempt)}


def _sides(boxes: Boxes) -> dict[str, list[tuple[float, ...]]]:
    return {str(page): [_tuple(box) for box in found] for page, found in boxes.items()}


def _tuple(box: Box) -> tuple[float, ...]:
    return box.left, box.top, box.right, box.bottom
