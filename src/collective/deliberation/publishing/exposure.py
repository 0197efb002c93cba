"""What may have been read before it was hidden: which entry, in which fields, since when. Kept in the audit log.

A portal has no readers' names: whoever came by may have read it, and search engines too.
"""

from collective.deliberation import _
from collective.deliberation.content.french_dates import long_date
from collective.deliberation.content.register import register_of
from collective.deliberation.content.review.decisions import exempted
from collective.deliberation.pseudonym import gate
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


def note(known: Known, content, now: datetime) -> None:
    """Write down what the revisions on the portal show of what the register hides now."""
    if not known.sent_revision:
        return  # nothing has arrived there yet
    found = _exposures(known, content, now)
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


def _exposures(known: Known, content, now: datetime) -> list[Exposure]:
    register, exempt = register_of(content), exempted(content)
    found: dict[str, Exposure] = {}
    for snapshot in known.snapshots:
        since = datetime.fromisoformat(snapshot.document["published"])
        since = since.isoformat(timespec="seconds")
        texts = payload.texts_in(snapshot.document["record"])
        for hit in gate.search(texts, register, exempt):
            if not hit.entry_id:
                continue
            field = hit.path.split(".")[0]
            known_one = found.get(hit.entry_id)
            if known_one is None:
                fields, first = (field,), since
            else:
                fields = tuple(dict.fromkeys((*known_one.fields, field)))
                first = min(known_one.since, since, key=datetime.fromisoformat)
            found[hit.entry_id] = Exposure(
                hit.entry_id, hit.category, fields, first, now.isoformat(timespec="seconds")
            )
    return list(found.values())
