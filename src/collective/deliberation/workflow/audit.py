"""The audit log of a site: who did what to which object and when. It outlives the object.

It is append-only: there is a function that adds and one that reads. Titles aren't in it.
"""

from BTrees.IOBTree import IOBTree
from datetime import datetime
from datetime import timezone
from persistent.mapping import PersistentMapping
from plone import api
from plone.uuid.interfaces import IUUID
from zope.annotation.interfaces import IAnnotations


KEY = "collective.deliberation.audit"


def record(content, action: str, comment: str = "") -> None:
    """Add an entry for an action of the current user.

    :param comment: the reason given; it stays on the desk
    """
    log = _log()
    number = log.maxKey() + 1 if log else 1
    log[number] = PersistentMapping(
        at=datetime.now(timezone.utc).isoformat(timespec="seconds"),
        actor=api.user.get_current().getId() or "",
        action=action,
        type=content.portal_type,
        uid=IUUID(content, ""),
        path="/".join(content.getPhysicalPath()),
        comment=comment,
    )


def entries(uid: str | None = None) -> list[dict[str, str]]:
    """The log, oldest first; of one object when ``uid`` is given."""
    return [dict(entry) for entry in _log().values() if uid in (None, entry["uid"])]


def _log() -> IOBTree:
    annotations = IAnnotations(api.portal.get())
    if KEY not in annotations:
        annotations[KEY] = IOBTree()
    return annotations[KEY]


def on_transition(content, event) -> None:
    if event.transition is not None:
        record(content, event.transition.id, event.kwargs.get("comment", ""))


def on_review(event) -> None:
    record(event.object, event.action, event.detail)


def on_register(event) -> None:
    record(event.object, "register", event.detail)
