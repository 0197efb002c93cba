"""When to tell the outbox: transitions, changes of what is public already, removals."""

from collective.deliberation.content.numbering import items_of
from collective.deliberation.publishing.announce import announce
from collective.deliberation.publishing.announce import withdraw
from collective.deliberation.publishing.outbox import outbox
from collective.deliberation.publishing.outbox import peek
from plone import api
from plone.uuid.interfaces import IUUID


def item_transition(item, event):
    announce(item, _comment(event))


def meeting_transition(meeting, event):
    announce(meeting, _comment(event))
    for item in items_of(meeting):
        announce(item, _comment(event))


def item_modified(item, event):
    announce(item)


def meeting_modified(meeting, event):
    announce(meeting)
    box = peek(api.portal.get())
    for item in items_of(meeting) if box is not None else ():
        known = box.objects.get(IUUID(item))
        if known is not None and known.planned is not None:
            announce(item)  # its legal day may be another one


def item_moved(item, event):
    """To another place of the agenda, or to another meeting."""
    if event.newParent is not None and event.oldParent is not None:
        announce(item)


def item_renumbered(item, event):
    announce(item)


def annex_changed(annex, event):
    """Reviewed, replaced, added: what its item or meeting publishes may have changed."""
    announce(annex.__parent__)


def annex_removed(annex, event):
    if event.oldParent is not None and IUUID(event.oldParent, None):
        announce(event.oldParent)


def content_removed(content, event):
    """What is deleted on the desk is withdrawn from the portal."""
    site = api.portal.get()
    known = peek(site).objects.get(IUUID(content)) if peek(site) is not None else None
    if known is None:
        return
    box = outbox(site)
    box.unplan(IUUID(content))
    if known.stage:
        withdraw(box, known, content, "")
    known.deleted = True


def _comment(event) -> str:
    return (event.status or {}).get("comments") or (event.kwargs or {}).get("comment") or ""
