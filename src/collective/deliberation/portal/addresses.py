"""Addresses of published objects: they say where, never what, and stay as they are.

A meeting is at ``{date}-{body}``, an item at its short UID; a suffix ``-2``, ``-3`` … when that is taken.
"""

from Acquisition import aq_base
from Acquisition import aq_inner
from Acquisition import aq_parent
from collective.deliberation.content.addresses import short_uid
from collective.deliberation.publishing import wire
from itertools import count
from OFS.event import ObjectWillBeMovedEvent
from zope.container.contained import notifyContainerModified
from zope.event import notify
from zope.lifecycleevent import ObjectMovedEvent


def wish(publication: wire.Publication) -> str:
    """The id that an object gets when it is free."""
    if isinstance(publication.record, wire.MeetingRecord):
        return f"{publication.record.start[:10]}-{publication.record.body}"
    return short_uid(publication.uid)


def free(container, wanted: str) -> str:
    if wanted not in container:
        return wanted
    return next(name for n in count(2) if (name := f"{wanted}-{n}") not in container)


def move(obj, container, new_id: str):
    """Put an object into another container, as when an item is put off to a later meeting.

    The old address then leads to the new one: ``plone.app.redirector`` listens to the event.
    """
    old_id, old = obj.getId(), aq_parent(aq_inner(obj))
    notify(ObjectWillBeMovedEvent(obj, old, old_id, container, new_id))
    old._delObject(old_id, suppress_events=True)
    obj = aq_base(obj)
    obj._setId(new_id)
    container._setObject(new_id, obj, set_owner=0, suppress_events=True)
    obj = container[new_id]
    notify(ObjectMovedEvent(obj, old, old_id, container, new_id))
    notifyContainerModified(old)
    notifyContainerModified(container)
    return obj
