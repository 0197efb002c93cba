"""Read an import's files from disk: the one given, and the meeting's beside it. Pure."""

from collective.deliberation import _
from collective.deliberation.sources import iadelib
from collective.deliberation.sources.values import SourceError
from pathlib import Path
from typing import Any


def documents(path: Path, meeting: Path | None = None) -> tuple[Any, ...]:
    """The documents to import together.

    Without ``meeting``, when the file holds no meeting, the one beside it is taken:
    ``meeting_items_x.json`` goes with ``meeting_x.json``, any file with ``meeting.json``.

    :raises SourceError: when a file can't be read, or isn't JSON
    """
    found = [_load(path)]
    if meeting is not None:
        return (*found, _load(meeting))
    try:
        iadelib.read(*found)
    except SourceError as error:
        beside = _beside(path) if error.field == "meeting" else None
        if beside is not None:
            found.append(_load(beside))
    return tuple(found)


def _beside(path: Path) -> Path | None:
    names = (path.name.replace("_items", "").replace("items", "meeting"), "meeting.json")
    for name in names:
        if name != path.name and path.with_name(name).is_file():
            return path.with_name(name)
    return None


def _load(path: Path) -> Any:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise SourceError(
            str(path),
            _(
                "source_unreadable",
                default="can't be read: ${reason}.",
                mapping={"reason": error.strerror or type(error).__name__},
            ),
        ) from None
    return iadelib.parse(raw, path.name)
