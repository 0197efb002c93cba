"""What may have been read before it was hidden: which entry, in which fields, since when. Kept in the audit log.

A portal has no readers' names: whoever came by may have read it, and search engines too.
"""

from collections.abc import Iterable
from collective.deliberation import _
from collective.deliberation.content.french_dates import long_date
from collective.deliberation.content.register import register_of
from collective.deliberation.content.review.decisions import exempted
from collective.deliberation.pseudonym import gate
from collective.deliberation.pseudonym.files.findings import FileHit
from collective.deliberation.publishing import payload
from collective.deliberation.publishing.labels import label
from collective.deliberation.publishing.records import Known
from collective.deliberation.workflow import audit
from datetime import datetime
from plone import api
from typing import NamedTuple
from zope.globalrequest import getRequest


ACTION = "exposed"
_BAR = "|"


class Exposure(NamedTuple):
    """One entry of the register and where it stood, unhidden, on the portal."""

    entry: str  # "p3"
    category: str
    fields: tuple[str, ...]  # as in the wire format
    since: str  # ISO 8601: when the first revision that shows it was validated
    until: str  # ISO 8601: when the revision that hides it was queued


def note(known: Known, content, now: datetime, in_files: Iterable[FileHit] = ()) -> None:
    """Write down what the revisions on the portal show of what the register hides now.

    :param in_files: finds in public annexes that are taken off the portal with this revision
    """
    if not known.sent_revision:
        return  # nothing has arrived there yet
    found = _exposures(known, content, now, in_files)
    for exposure in found:
        fields = (exposure.entry, exposure.category, ",".join(exposure.fields))
        audit.record(content, ACTION, _BAR.join((*fields, exposure.since, exposure.until)))
    request = getRequest()
    if found and request is not None:
        since = datetime.fromisoformat(min(each.since for each in found))
        message = _(
            "exposed_message",
            default="This was readable on the portal since ${day}, in: ${fields}. It is being replaced; the "
            "page “Proof” keeps what may have been read.",
            mapping={
                "day": long_date(since),
                "fields": ", ".join(
                    dict.fromkeys(label(field) for each in found for field in each.fields)
                ),
            },
        )
        api.portal.show_message(message, request, type="warning")


def read(comment: str) -> Exposure | None:
    """An exposure as the audit log keeps it; None when the text is none."""
    parts = comment.split(_BAR)
    if len(parts) != 5:
        return None
    entry, category, fields, since, until = parts
    return Exposure(entry, category, tuple(fields.split(",")), since, until)


def _exposures(known: Known, content, now: datetime, in_files: Iterable[FileHit]) -> list[Exposure]:
    register, exempt = register_of(content), exempted(content)
    found: dict[str, Exposure] = {}

    def add(entry: str, category: str, field: str, since: str) -> None:
        one = found.get(entry)
        fields = tuple(dict.fromkeys((*(one.fields if one else ()), field)))
        first = min(one.since, since, key=datetime.fromisoformat) if one else since
        found[entry] = Exposure(entry, category, fields, first, now.isoformat(timespec="seconds"))

    for snapshot in known.snapshots:
        record = snapshot.document["record"]
        since = datetime.fromisoformat(snapshot.document["published"])
        since = since.isoformat(timespec="seconds")
        for hit in gate.search(payload.texts_in(record), register, exempt):
            if hit.entry_id:
                add(hit.entry_id, hit.category, hit.path.split(".")[0], since)
        for file_hit in in_files if record["annexes"] else ():
            if file_hit.entry_id:
                add(file_hit.entry_id, file_hit.category, "annexes", since)
    return list(found.values())
