"""What a portal notes in an institution's publication log: on line, replaced, withdrawn, removed.

In the transaction of what it notes, so there is no publication without its entry, nor the reverse.
"""

from AccessControl import getSecurityManager
from Acquisition import aq_inner
from Acquisition import aq_parent
from collective.deliberation.content.institution import IInstitution
from collective.deliberation.portal.content import Published
from collective.deliberation.portal.received import Entry
from collective.deliberation.publishing.log.entries import gone
from collective.deliberation.publishing.log.entries import put
from collective.deliberation.publishing.log.kept import PublicationLog
from datetime import datetime
from datetime import timezone
from typing import Any
from zope.annotation.interfaces import IAnnotations


KEY = "collective.deliberation.publication_log"
ON_LINE = ("publish", "replace")


def log_of(institution) -> PublicationLog | None:
    """The institution's log, for reading; ``None`` while nothing was published."""
    return IAnnotations(institution).get(KEY)


def note_published(institution, document: dict[str, Any], hash: str, now: datetime) -> None:
    log = _log(institution)
    last = log.last_of(document["uid"])
    on_line = last is not None and last.entry.what.action in ON_LINE
    log.append(put("replace" if on_line else "publish", document, hash), now, _who())


def note_withdrawn(
    institution, uid: str, entry: Entry | None, revision: int, reason: str, now: datetime
) -> None:
    """What never was on line has nothing to prove, and its very existence isn't public."""
    if entry is None or not entry.kind:
        return
    _log(institution).append(gone("withdraw", uid, entry.kind, revision), now, _who(), reason)


def removed(obj: Published, event) -> None:
    """Somebody took an object out of the portal by hand: it isn't on line any more."""
    if event.newParent is not None or not isinstance(event.object, Published):
        return  # it moved; or the whole institution goes, and its log with it
    institution = _institution(event.oldParent)
    log = log_of(institution) if institution is not None else None
    last = log.last_of(obj.source_uid) if log is not None else None
    if last is not None and last.entry.what.action in ON_LINE:
        kind = last.entry.what.kind
        what = gone("remove", obj.source_uid, kind, obj.revision)
        log.append(what, datetime.now(timezone.utc), _who())


def receipt(institution, uid: str) -> dict[str, Any] | None:
    """What a desk is told: number and hash of the last entry about an object."""
    log = log_of(institution)
    last = log.last_of(uid) if log is not None else None
    return {"number": last.entry.number, "hash": last.hash} if last is not None else None


def _log(institution) -> PublicationLog:
    annotations = IAnnotations(institution)
    if KEY not in annotations:
        annotations[KEY] = PublicationLog("portal", institution.getId())
    return annotations[KEY]


def _who() -> str:
    return getSecurityManager().getUser().getId() or ""


def _institution(parent):
    while parent is not None and not IInstitution.providedBy(parent):
        parent = aq_parent(aq_inner(parent))
    return parent
