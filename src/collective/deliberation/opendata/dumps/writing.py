"""Writes dumps into files: one publication in memory at a time, whatever their number."""

import json
from Acquisition import aq_parent
from collections.abc import Iterable
from collections.abc import Iterator
from collective.deliberation.content.vocabularies import institution_of
from collective.deliberation.opendata import documents
from collective.deliberation.opendata.dumps import rows
from collective.deliberation.portal.content import Published
from collective.deliberation.portal.content import PublishedItem
from collective.deliberation.portal.pages import presented
from typing import Any
from typing import BinaryIO


OFTEN = 200  # publications after which memory is given back


def published(site, paths: Iterable[str]) -> Iterator[Published]:
    """The publications at these paths, those that are still there; each leaves memory after the next."""
    for number, path in enumerate(paths, 1):
        found = site.unrestrictedTraverse(path, None)
        if isinstance(found, Published) and found.withdrawn_by() is None:
            yield found
        if number % OFTEN == 0 and site._p_jar is not None:
            site._p_jar.cacheGC()


def write_json(file: BinaryIO, head: dict[str, Any], meetings, items) -> None:
    """One JSON object: ``head``'s keys, ``meetings`` and ``items``."""
    start = json.dumps(head, ensure_ascii=False)[:-1]
    file.write(start.encode())
    for name, found in (("meetings", meetings), ("items", items)):
        file.write(f',\n"{name}": ['.encode())
        for number, each in enumerate(found):
            text = json.dumps(as_json(each), ensure_ascii=False)
            file.write((",\n" if number else "\n").encode() + text.encode())
        file.write(b"\n]")
    file.write(b"}\n")


def write_csv(file: BinaryIO, items: Iterable[Published]) -> None:
    file.write(rows.head())
    for item in items:
        file.write(_row(item))


def as_json(found: Published) -> dict[str, Any]:
    policy = presented.policy(institution_of(found))
    make = documents.item if isinstance(found, PublishedItem) else documents.meeting
    return make(found, policy)


def _row(item: Published) -> bytes:
    meeting = aq_parent(item)
    body = meeting.publication.record.bodyTitle if meeting.document is not None else ""
    return rows.row(as_json(item), body)
