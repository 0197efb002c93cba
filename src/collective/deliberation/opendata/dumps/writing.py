"""Writes dumps into files: one publication in memory at a time, whatever their number."""

import html
import json
import zipfile
from Acquisition import aq_parent
from collections.abc import Iterable
from collections.abc import Iterator
from collective.deliberation.content.addresses import short_uid
from collective.deliberation.content.vocabularies import institution_of
from collective.deliberation.opendata import documents
from collective.deliberation.opendata.dumps import rows
from collective.deliberation.portal import files
from collective.deliberation.portal.content import Published
from collective.deliberation.portal.content import PublishedItem
from collective.deliberation.portal.pages import presented
from typing import Any
from typing import BinaryIO


OFTEN = 200  # publications after which memory is given back
MOST_BYTES = 400 * 1000 * 1000  # of annexes in one archive
PACKED = (".pdf", ".png", ".jpg", ".jpeg", ".odt", ".ods", ".docx", ".xlsx", ".zip")


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


def write_zip(file: BinaryIO, items: Iterable[Published], readme: str) -> None:
    """A table, each text as a page, and the annexes, in folders named as in addresses.

    Beyond ``MOST_BYTES`` annexes are left out, and listed with their addresses.
    """
    table, left_out, size = [rows.head()], [], 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for item in items:
            table.append(_row(item))
            found = as_json(item)
            folder = "/".join(item.getPhysicalPath()[-3:])
            archive.writestr(f"{folder}/texte.html", _page(found))
            institution = institution_of(item)
            for annex in item.publication.record.annexes:
                name = f"{short_uid(annex.uid)}.{annex.extension}"
                stored = files.stored(institution, annex.sha256)
                if stored is None or size + annex.size > MOST_BYTES:
                    left_out.append(f"{item.absolute_url()}/annexes/{name}")
                    continue
                size += annex.size
                kind = zipfile.ZIP_STORED if name.endswith(PACKED) else zipfile.ZIP_DEFLATED
                archive.write(stored.blob.committed(), f"{folder}/annexes/{name}", kind)
        archive.writestr("points.csv", b"".join(table))
        if left_out:
            listed = "\n".join(left_out)
            readme = f"{readme}\n\nAnnexes trop volumineuses pour cette archive :\n{listed}\n"
        archive.writestr("LISEZMOI.txt", readme)


def as_json(found: Published) -> dict[str, Any]:
    policy = presented.policy(institution_of(found))
    make = documents.item if isinstance(found, PublishedItem) else documents.meeting
    return make(found, policy)


def _row(item: Published) -> bytes:
    meeting = aq_parent(item)
    body = meeting.publication.record.bodyTitle if meeting.document is not None else ""
    return rows.row(as_json(item), body)


def _page(item: dict[str, Any]) -> str:
    title = html.escape(item["title"])
    is_decision = item["stage"] == "decision"
    mention = (
        "Décision"
        if is_decision
        else "Projet de délibération : ce texte peut encore changer et n’est pas adopté."
    )
    text = item["resolutionText"] if is_decision else item["draftDecision"]
    address = html.escape(item["@id"])
    return (
        f'<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><h1>{title}</h1><p>{mention}</p>{text}<h2>Motivation</h2>{item['motivation']}"
        f'<p><a href="{address}">{address}</a></p></body></html>\n'
    )
