"""Finished dumps, kept as temporary files of this process under a name that says what is in them.

A name is a hash of all that a dump is made from, so that none is ever out of date: what was withdrawn changes the
name. Only one is made at a time, and few are kept: dumps can't fill the disk or take all threads.
"""

import atexit
import hashlib
import shutil
import tempfile
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any
from typing import BinaryIO


MOST = 24  # files
MOST_BYTES = 2_000_000_000  # of all
PATIENCE = 10.0  # seconds to wait for the making of another dump


class Busy(Exception):
    """Another dump is being made: ask again."""


class Shelf:
    def __init__(self) -> None:
        self._folder: Path | None = None
        self._names: OrderedDict[str, int] = OrderedDict()  # name: size, the latest used last
        self._making = Lock()
        self._changing = Lock()

    def get(self, name: str, write: Callable[[BinaryIO], None]) -> tuple[BinaryIO, int]:
        """The dump of this name, open for reading, and its size; ``write`` makes it when it isn't there.

        :raises Busy: when others are being made and don't end soon
        """
        found = self._open(name)
        if found is not None:
            return found
        if not self._making.acquire(timeout=PATIENCE):
            raise Busy
        try:
            found = self._open(name)
            if found is not None:
                return found
            path = self._path(name)
            with path.with_suffix(".part").open("wb") as file:
                write(file)
            path.with_suffix(".part").rename(path)
            with self._changing:
                self._names[name] = path.stat().st_size
                self._make_room()
            return path.open("rb"), path.stat().st_size
        finally:
            self._making.release()

    def _open(self, name: str) -> tuple[BinaryIO, int] | None:
        with self._changing:
            if name not in self._names:
                return None
            self._names.move_to_end(name)
            return self._path(name).open("rb"), self._names[name]

    def _path(self, name: str) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="deliberation-dumps-"))
            atexit.register(shutil.rmtree, self._folder, ignore_errors=True)
        return self._folder / name

    def _make_room(self) -> None:
        """Take the files away that were not used for longest; who reads one reads it to its end."""
        while len(self._names) > 1 and (
            len(self._names) > MOST or sum(self._names.values()) > MOST_BYTES
        ):
            name, _size = self._names.popitem(last=False)
            self._path(name).unlink(missing_ok=True)


SHELF = Shelf()


def name_of(parts: Any) -> str:
    return hashlib.sha256(repr(parts).encode("utf-8", "replace")).hexdigest()
