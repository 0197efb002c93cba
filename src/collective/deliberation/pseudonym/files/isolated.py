"""The work on files, done in another process: what a file does to it doesn't reach the server.

The functions take and give what those of the same names do in ``analysis``, ``cleaning``, ``redaction`` and
``page_pictures``, but a file may also be an open one with a descriptor: that goes to the process, and nothing of
the file is in this one's memory. A process serves one caller at a time and is kept for the next one.
"""

import io
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from collective.deliberation.pseudonym.files import cleaning
from collective.deliberation.pseudonym.files import line
from collective.deliberation.pseudonym.files.findings import Analysis
from collective.deliberation.pseudonym.files.passages import Box
from collective.deliberation.pseudonym.files.passages import MAX_FILE
from collective.deliberation.pseudonym.files.passages import SECONDS
from collective.deliberation.pseudonym.files.passages import Unreadable
from collective.deliberation.pseudonym.files.redaction import Boxes
from collective.deliberation.pseudonym.register import Register
from contextlib import contextmanager
from tempfile import TemporaryFile
from threading import Lock
from threading import Timer
from typing import Any
from typing import BinaryIO


GRACE = 10.0  # seconds beyond those that the work may take: to start, and to end by itself
_KEPT = 2  # processes that wait for work
_ENVIRONMENT = ("PATH", "HOME", "LD_LIBRARY_PATH", "PYTHONHOME")
_idle: list["_Child"] = []
_lock = Lock()
Source = bytes | BinaryIO


def analyse(
    file: Source,
    mime: str,
    register: Register,
    exempt: Collection[str] = (),
    seconds: float = SECONDS,
) -> Analysis:
    """See ``analysis.analyse``: never raises for what is in the file."""
    task = {"register": register.to_json(), "exempt": sorted(exempt), "seconds": seconds}
    try:
        return Analysis.from_json(_ask("analyse", mime, file, task, io.BytesIO(), seconds))
    except Unreadable as error:
        return Analysis(unreadable=error.reason)


def text(file: Source, mime: str) -> str:
    """What a reader sees of a file, as text: see ``analysis.visible_text``."""
    return _ask("text", mime, file, {}, io.BytesIO())["text"]


def public_copy(
    file: Source,
    mime: str,
    target: BinaryIO,
    register: Register,
    exempt: Collection[str] = (),
    known: BinaryIO | None = None,
) -> tuple[bool, Analysis]:
    """See ``cleaning.checked``; the copy is written to ``target``, an open file to write and to read.

    :param known: a copy of the same file that was made before, not a bare one: it is only searched again
    :returns: whether the copy is bare, and what is still read in it; it is ``known`` when that was given and suffices
    """

    def made(bare: bool) -> bool:
        if bare or known is None:
            _empty(target)
            _ask("clean", mime, file, {"bare": bare}, target)
            target.flush()
        return bare

    def searched(bare: bool) -> Analysis:
        copy = target if bare or known is None else known
        return analyse(copy, mime, register, exempt)

    return cleaning.checked(mime, made, searched)


def page(file: Source, mime: str, number: int) -> bytes:
    """See ``page_pictures.for_screen``."""
    out = io.BytesIO()
    _ask("page", mime, file, {"page": number}, out)
    return out.getvalue()


def burnt(file: Source, mime: str, boxes: Boxes, first: int, last: int) -> bytes:
    """See ``redaction.part``."""
    out = io.BytesIO()
    _ask("burnt", mime, file, {"boxes": _sides(boxes), "first": first, "last": last}, out)
    return out.getvalue()


def join(parts: Iterable[BinaryIO], target: BinaryIO) -> None:
    """See ``text_layer.join``; each part is read before the next one is asked for."""
    sizes = []
    with TemporaryFile() as stream:
        for part in parts:
            before = stream.tell()
            shutil.copyfileobj(part, stream)
            sizes.append(stream.tell() - before)
        stream.flush()
        _ask("joined", "application/pdf", stream, {"sizes": sizes}, target)


def redact(file: Source, mime: str, boxes: Boxes) -> tuple[bytes, str]:
    """See ``redaction.redact``."""
    out = io.BytesIO()
    value = _ask("redact", mime, file, {"boxes": _sides(boxes)}, out)
    return out.getvalue(), value["mime"]


def _ask(
    name: str,
    mime: str,
    file: Source,
    task: dict[str, Any],
    target: BinaryIO,
    seconds: float | None = None,
) -> dict[str, Any]:
    """
    :param target: gets what is made, if anything is
    :raises Unreadable: also when the process ended ("corrupt") or was too slow
    """
    seconds = SECONDS if seconds is None else seconds
    until = time.monotonic() + seconds + GRACE
    with _descriptor(file) as descriptor:
        for child in _children():
            timer = Timer(max(0.1, until - time.monotonic()), child.kill)
            timer.start()
            try:
                line.ask(child.line, {"task": name, "mime": mime, **task}, descriptor)
                answer = line.answered(child.line, target, MAX_FILE)
            except (ConnectionError, EOFError, ValueError):
                child.end()
                if time.monotonic() >= until:
                    raise Unreadable("too-slow") from None
                _empty(target)
                continue
            except BaseException:
                child.end()  # it would go on sending
                raise
            finally:
                timer.cancel()
            _put_back(child)
            if "refused" in answer:
                raise Unreadable(answer["refused"])
            if "failed" in answer:
                raise Unreadable("corrupt")
            return answer["value"]
    raise Unreadable("corrupt")


@contextmanager
def _descriptor(file: Source) -> Iterator[int]:
    if not isinstance(file, bytes):
        yield file.fileno()
        return
    with TemporaryFile() as stream:
        stream.write(file)
        stream.flush()
        yield stream.fileno()


def _empty(target: BinaryIO) -> None:
    target.seek(0)
    target.truncate()


class _Child(subprocess.Popen):
    """A process and this end of its line."""

    def __init__(self):
        self.line, theirs = socket.socketpair()
        with theirs:
            super().__init__(
                [sys.executable, "-m", "collective.deliberation.pseudonym.files.child"],
                stdin=theirs,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # what a library says of a file can repeat a piece of it
                env=_environment(),
                start_new_session=True,
            )

    def end(self) -> None:
        self.line.close()
        self.kill()
        self.wait()


def _children() -> Iterator[_Child]:
    """Those that wait, then a new one: one that waited may have ended since, of itself."""
    while True:
        with _lock:
            child = _idle.pop() if _idle else None
        if child is None:
            break
        if child.poll() is None:
            yield child
    yield _Child()


def _put_back(child: _Child) -> None:
    with _lock:
        if len(_idle) < _KEPT:
            _idle.append(child)
            return
    child.end()


def _environment() -> dict[str, str]:
    """What Python needs to start, and none of the secrets that the server's environment may hold."""
    kept = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    return {**kept, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LANG": "C.UTF-8"}


def _sides(boxes: Boxes) -> dict[str, list[tuple[float, ...]]]:
    return {str(page): [_tuple(box) for box in found] for page, found in boxes.items()}


def _tuple(box: Box) -> tuple[float, ...]:
    return box.left, box.top, box.right, box.bottom
