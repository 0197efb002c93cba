"""What a portal does with what desks send: keep it, replace it, withdraw it, list it.

Plain functions of an institution's folder. Permissions are the services' business. Each is idempotent,
never lets an older revision replace a newer one, and checks all before it writes anything.
"""

from collections.abc import Iterator
from collective.deliberation import _
from collective.deliberation.portal import addresses
from collective.deliberation.portal import files
from collective.deliberation.portal.content import History
from collective.deliberation.portal.content import Published
from collective.deliberation.portal.content import PublishedItem
from collective.deliberation.portal.content import PublishedMeeting
from collective.deliberation.portal.log import record as log
from collective.deliberation.portal.reading import waiting
from collective.deliberation.portal.received import Entry
from collective.deliberation.portal.received import peek
from collective.deliberation.portal.received import received
from collective.deliberation.portal.refusal import Refusal
from collective.deliberation.publishing import wire
from dataclasses import dataclass
from DateTime import DateTime
from datetime import datetime
from itertools import islice
from typing import Any
from typing import Literal
from zope.event import notify
from zope.lifecycleevent import ObjectCreatedEvent
from zope.lifecycleevent import ObjectModifiedEvent


FACTORIES = {"meeting": PublishedMeeting, "item": PublishedItem}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a call. ``older``: ignored, the portal has a newer revision already."""

    result: Literal["created", "updated", "withdrawn", "unchanged", "older"]
    uid: str
    entry: Entry  # what the portal now has


def upsert(institution, document: dict[str, Any], now: datetime) -> Outcome:
    """Publish one meeting or item at one revision.

    :raises wire.WireError: when the document is not in the wire format.
    :raises Refusal: when it can't be taken.
    """
    publication = wire.from_dict(document)
    _refuse_marks(document)
    document_hash = wire.content_hash(document)
    uid = publication.uid
    entry = peek(institution).entries.get(uid)
    if entry is not None:
        if publication.revision < entry.revision:
            return Outcome("older", uid, entry)
        if publication.revision == entry.revision:
            if entry.withdrawn:
                return Outcome("older", uid, entry)
            if entry.hash == document_hash:
                return Outcome("unchanged", uid, entry)
            raise _same_revision()
        if entry.kind not in ("", publication.kind):
            message = _("publishing_kind_differs", default="This UID is published as another kind.")
            raise Refusal(422, "KindDiffers", message, field="kind")
    container = _container(institution, publication)
    wanted = {annex.sha256 for annex in publication.record.annexes}
    missing = files.missing(institution, wanted)
    if missing:
        message = _("publishing_files_missing", default="Files of annexes must be sent first.")
        raise Refusal(409, "FilesMissing", message, missing=missing, retry=True)

    index = received(institution)
    obj = _object(institution, entry)
    result: Literal["created", "updated"] = "updated" if obj is not None else "created"
    if obj is None:
        obj = _create(container, publication)
    elif obj.aq_parent.getPhysicalPath() != container.getPhysicalPath():
        obj = addresses.move(obj, container, addresses.free(container, addresses.wish(publication)))
    shown = _files_of(obj.document)
    # What the catalog knows of its items changes with it: whether they show, their date, their body.
    changes_items = obj.withdrawal is not None or _sitting(obj.document) != _sitting(document)
    if publication.forget:
        obj._history = None
    elif obj.document is not None:
        earlier = {"received": obj.received, "document": obj.document}
        obj._history = History((*obj.history, earlier))
    obj.source_uid = uid
    obj.revision = publication.revision
    obj.content_hash = document_hash
    obj.document = document
    obj.withdrawal = None
    obj.received = now.isoformat()
    obj.first_published = obj.first_published or obj.received
    obj.title = getattr(publication.record, "title", None) or publication.record.bodyTitle
    obj.setModificationDate(DateTime(now))
    path = "/".join(obj.getPhysicalPath()[len(institution.getPhysicalPath()) :])
    index.entries[uid] = Entry(publication.kind, path, publication.revision, document_hash, False)
    files.use(index, uid, shown, wanted, now.timestamp())
    waiting.add(institution, {annex.sha256: annex.mimeType for annex in publication.record.annexes})
    log.note_published(institution, document, document_hash, now)
    notify(ObjectModifiedEvent(obj))
    obj.reindexObject()
    if changes_items:
        for child in _children(obj):
            child.reindexObject()
    return Outcome(result, uid, index.entries[uid])


def withdraw(
    institution, uid: str, revision: int, reason: str, date: str, now: datetime
) -> Outcome:
    """Take one object off the portal; its address says why. What never came stays away, too.

    :raises Refusal: when the revision is the one that is published.
    """
    entry = peek(institution).entries.get(uid)
    if entry is not None:
        if revision < entry.revision:
            return Outcome("older", uid, entry)
        if revision == entry.revision:
            if entry.withdrawn:
                return Outcome("unchanged", uid, entry)
            raise _same_revision()
    index = received(institution)
    obj = _object(institution, entry)
    if obj is not None:
        for child in (*_children(obj), obj):
            child.unindexObject()
        files.use(index, uid, _files_of(obj.document), set(), now.timestamp())
        obj.document = None
        obj._history = None
        obj.title = ""
        obj.content_hash = ""
        obj.revision = revision
        obj.received = now.isoformat()
        obj.withdrawal = {"reason": reason, "date": date}
        obj.setModificationDate(DateTime(now))
    log.note_withdrawn(institution, uid, entry, revision, reason, now)
    kind, path = (entry.kind, entry.path) if entry is not None else ("", "")
    index.entries[uid] = Entry(kind, path, revision, "", True)
    return Outcome("withdrawn", uid, index.entries[uid])


def entries(
    institution, start: int, size: int, after: str = ""
) -> tuple[int, Iterator[tuple[str, Entry]]]:
    """How many UIDs this institution knows, and those of one batch, in the order of their UIDs.

    :param after: only those that follow this UID; unlike a number, it stands still while others come
    """
    index = peek(institution).entries
    found = index.items(min=after, excludemin=True) if after else index.items()
    return len(index), islice(found, start, start + size)


def verified(institution, entry: Entry) -> Entry:
    """An entry with the hash of what really stands there: none when the object is gone."""
    obj = _object(institution, entry)
    if entry.withdrawn:
        return entry
    if obj is None or obj.document is None or obj.revision != entry.revision:
        return entry._replace(hash="")
    found = entry._replace(hash=wire.content_hash(obj.document))
    obj._p_deactivate()
    return found


def published(institution, uid: str) -> Published | None:
    """The object of a UID, withdrawn ones included."""
    return _object(institution, peek(institution).entries.get(uid))


def _object(institution, entry: Entry | None) -> Published | None:
    if entry is None or not entry.path:
        return None
    obj = institution
    for name in entry.path.split("/"):
        if name not in obj:
            return None  # removed by hand: made anew, at the same address
        obj = obj[name]
    return obj


def _container(institution, publication: wire.Publication):
    if publication.kind == "meeting":
        return institution
    meeting = published(institution, publication.record.meeting)
    if meeting is None or not isinstance(meeting, PublishedMeeting):
        message = _("publishing_meeting_unknown", default="The item's meeting must be sent first.")
        raise Refusal(409, "MeetingUnknown", message, field="record.meeting", retry=True)
    return meeting


def _create(container, publication: wire.Publication) -> Published:
    object_id = addresses.free(container, addresses.wish(publication))
    obj = FACTORIES[publication.kind](object_id)
    obj.portal_type = type(obj).__name__
    obj.language = ""
    notify(ObjectCreatedEvent(obj))
    # Without an owner: a technical account has no right over what it sent but to send it again.
    container._setObject(object_id, obj, set_owner=0)
    return container[object_id]


def _children(obj: Published) -> list[Published]:
    return [child for child in obj.objectValues() if isinstance(child, Published)]


def _sitting(document: dict[str, Any] | None) -> tuple[Any, ...]:
    record = document["record"] if document else {}
    return tuple(record.get(name) for name in ("start", "body"))


def _files_of(document: dict[str, Any] | None) -> set[str]:
    return {annex["sha256"] for annex in document["record"]["annexes"]} if document else set()


def _refuse_marks(document: dict[str, Any]) -> None:
    """A mark names an original: a desk that neutralises never sends one, so something is wrong there."""
    for field, value in document["record"].items():
        if isinstance(value, str) and "data-pm-id" in value.lower():
            message = _("publishing_mark_found", default="A text holds a mark of the desk.")
            raise Refusal(422, "MarkFound", message, field=f"record.{field}")


def _same_revision() -> Refusal:
    message = _(
        "publishing_same_revision",
        default="Another content was published under this revision. Publish a newer one.",
    )
    return Refusal(422, "SameRevision", message, field="revision")
