"""Number the items of a meeting: 1 to n in their order, each time the order changes."""

from plone import api
from zope.event import notify
from zope.interface import Attribute
from zope.interface import implementer
from zope.interface.interfaces import IObjectEvent
from zope.interface.interfaces import ObjectEvent


class IItemRenumberedEvent(IObjectEvent):
    """An item has got another number or place; its text is the same."""

    old = Attribute("The number before, as shown")


@implementer(IItemRenumberedEvent)
class ItemRenumberedEvent(ObjectEvent):
    def __init__(self, object, old):
        super().__init__(object)
        self.old = old


def numbers(count: int) -> list[str]:
    """The numbers of ``count`` items in their order."""
    return [str(number) for number in range(1, count + 1)]


def items_of(meeting):
    """The items of a meeting, in the order of its agenda."""
    return [item for item in meeting.objectValues() if item.portal_type == "Item"]


def renumber(meeting) -> None:
    """Give every item its number; tell those whose number has changed."""
    items = items_of(meeting)
    for item, number in zip(items, numbers(len(items)), strict=True):
        if item.number != number:
            old, item.number = item.number, number
            item.reindexObject(idxs=["number"])
            notify(ItemRenumberedEvent(item, old))


def move(meeting, item_id: str, position: int) -> None:
    """Put an item at a position (from 0) of the agenda and number all anew.

    :raises KeyError: when the meeting has no such item
    """
    items = [item.getId() for item in items_of(meeting)]
    if item_id not in items:
        raise KeyError(item_id)
    items.remove(item_id)
    items.insert(max(0, min(position, len(items))), item_id)
    meeting.moveObjectsToTop(items)
    for content in meeting.objectValues():
        content.reindexObject(idxs=["getObjPositionInParent"])
    renumber(meeting)


def number_on_arrival(item, event):
    """An item added or moved here goes to the end and gets the next number, unless it brings one."""
    meeting = item.__parent__
    if not item.number:
        item.number = str(len(items_of(meeting)))
        item.reindexObject(idxs=["number"])


def renumber_on_departure(item, event):
    """An item has left a meeting that stays."""
    meeting = event.oldParent
    if meeting is not None and api.portal.get_tool("portal_catalog"):
        renumber(meeting)
