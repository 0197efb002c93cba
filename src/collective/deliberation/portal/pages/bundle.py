"""What an archive holds: one page per item, its annexes beside it, and a table of contents.

Names of files say where, never what: titles stand in the pages, in the words of today's policy.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from collective.deliberation.portal import files
from collective.deliberation.portal.content import PublishedItem
from collective.deliberation.portal.pages import rendering
from collective.deliberation.portal.pages.archive import Member
from collective.deliberation.portal.pages.reading import File
from collective.deliberation.portal.pages.reading import Reading
from collective.deliberation.portal.pages.reading import reading_of
from collective.deliberation.pseudonym.present import Policy
from dataclasses import dataclass
from typing import Any


CONTENTS = "sommaire.html"
MAX_SIZE = 2 * 1000**3  # bytes of annexes in one archive


@dataclass(frozen=True, slots=True)
class Entry:
    """An item in an archive; ``place`` is its name without the ending, and the folder of its annexes."""

    place: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class Sitting:
    """The items of one meeting that an archive holds, and the meeting's own annexes."""

    folder: str
    institution: Any
    institution_title: str
    title: str
    url: str
    files: tuple[File, ...]
    entries: tuple[Entry, ...]


def entries_of(items: Iterable[PublishedItem], policy: Policy) -> tuple[Entry, ...]:
    return tuple(
        Entry(f"{position:03}-{item.getId()}", reading_of(item, policy))
        for position, item in enumerate(items, 1)
    )


def members(title: str, url: str, sittings: list[Sitting]) -> Iterator[Member]:
    """The files of an archive, the table of contents first."""
    yield Member(
        CONTENTS, rendering.render("file_contents", title=title, url=url, sittings=sittings)
    )
    for sitting in sittings:
        for file in sitting.files:
            yield from _file(sitting, "annexes", file)
        for entry in sitting.entries:
            page = rendering.render("file_item", sitting=sitting, entry=entry, item=entry.reading)
            yield Member(f"{sitting.folder}/{entry.place}.html", page)
            for file in entry.reading.files:
                yield from _file(sitting, entry.place, file)


def size(sittings: Iterable[Sitting]) -> int:
    """Bytes of all annexes."""
    total = 0
    for sitting in sittings:
        own = [*sitting.files, *(file for entry in sitting.entries for file in entry.reading.files)]
        stored = (files.stored(sitting.institution, file.sha256) for file in own)
        total += sum(each.size for each in stored if each is not None)
    return total


def _file(sitting: Sitting, place: str, file: File) -> Iterator[Member]:
    stored = files.stored(sitting.institution, file.sha256)
    if stored is not None:
        path = stored.blob.committed()
        yield Member(f"{sitting.folder}/{place}/{file.name}", path=path, sha256=file.sha256)
