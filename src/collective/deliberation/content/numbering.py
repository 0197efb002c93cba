"""Number the items of a meeting: 1 to n in their order, each time the order changes.

Numbers that an import brings stay until then. Whoever depends on a number listens to
``IItemRenumberedEvent``: a renumbered item is not modified otherwise.
"""

import re
from Acquisition import aq_base
from collections.abc import Iterable
from collections.abc import Sequence
from plone.uuid.interfaces import IUUID
from zope.event import notify
from zope.interface import Attribute
from zope.interface import implementer
from zope.interface.interfaces import IObjectEvent
from zope.interface.interfaces import ObjectEvent


class IItemRenumberedEvent(IObjectEvent):
    """An item has got another number; its text is the same."""

    old = Attribute("The number before, as shown")


@implementer(IItemRenumberedEvent)
class ItemRenumberedEvent(ObjectEvent):
    def __init__(self, object, old):
        super().__init__(object)
        self.old = old


def numbers(count: int) -> list[str]:
    """The numbers of ``count`` items in their order."""
    return [str(number) for number in range(1, count + 1)]


def next_number(taken: Iterable[str]) -> str:
    """One more than the highest; of imported numbers such as ``7.1`` or ``7bis`` the 7 counts."""
    leading = (re.match(r"\d{1,6}", number or "") for number in taken)
    return str(max((int(found[0]) for found in leading if found), default=0) + 1)


def order_changed(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether what was there is no longer there, or stands in another order. Additions don't count."""
    known = set(before)
    return list(before) != [each for each in after if each in known]


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
    """Put an item at a position of the agenda, counted from 0; beyond the ends is at the end.

    :raises KeyError: when the meeting has no such item
    """
    order = [item.getId() for item in items_of(meeting)]
    if item_id not in order:
        raise KeyError(item_id)
    order.remove(item_id)
    order.insert(max(0, min(position, len(order))), item_id)
    meeting.moveObjectsToTop(order)


def number_on_arrival(item, event):
    """An item that is added or moved here gets the next number; an added one may bring its own."""
    meeting = event.newParent
    if event.object is not item or meeting is None or meeting is event.oldParent:
        return
    if not item.number or event.oldParent is not None:
        others = (
            other.number for other in items_of(meeting) if aq_base(other) is not aq_base(item)
        )
        item.number = next_number(others)
        item.reindexObject(idxs=["number"])


def follow_order(meeting, event):
    """However the order changed (drag, keyboard, REST, an item gone): the numbers follow."""
    order = [IUUID(item) for item in items_of(meeting)]  # UIDs: a new id is no new order
    before = getattr(aq_base(meeting), "agenda_order", ())
    if order_changed(before, order):
        renumber(meeting)
    if tuple(order) != before:
        meeting.agenda_order = tuple(order)


def forget_source(item, event):
    """A copy gets a number of its own, and the next import doesn't take it for the original."""
    item.number = ""
    item.sourceUid = None
