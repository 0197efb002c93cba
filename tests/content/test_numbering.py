"""Numbers of items: 1 to n in the order of the agenda; imported ones until the order changes."""

from collective.deliberation.content.numbering import IItemRenumberedEvent
from collective.deliberation.content.numbering import items_of
from collective.deliberation.content.numbering import move
from collective.deliberation.content.numbering import next_number
from collective.deliberation.content.numbering import order_changed
from hypothesis import given
from hypothesis import strategies as st
from plone import api
from zope.component import adapter
from zope.component import getGlobalSiteManager
from zope.component import provideHandler


IDS = st.lists(st.text("abc123", min_size=1, max_size=3), unique=True)


@given(order=IDS, added=IDS)
def test_additions_do_not_change_the_order(order, added):
    assert not order_changed(order, order + [each for each in added if each not in order])


@given(order=st.lists(st.integers().map(str), unique=True, min_size=1), data=st.data())
def test_a_removal_changes_the_order(order, data):
    gone = data.draw(st.sampled_from(order))
    assert order_changed(order, [each for each in order if each != gone])


@given(order=st.lists(st.integers().map(str), unique=True, min_size=2))
def test_another_order_is_noticed(order):
    assert order_changed(order, order[1:] + order[:1])


@given(count=st.integers(0, 50))
def test_the_next_number_comes_after_the_highest(count):
    assert next_number(str(number) for number in range(1, count + 1)) == str(count + 1)
    assert next_number([f"{count}.2", f"{count}bis", "", None]) == str(count + 1)


def add(meeting, *numbers):
    return [api.content.create(meeting, "Item", title=f"Point {n}", number=n) for n in numbers]


def shown(meeting):
    return [(item.title, item.number) for item in items_of(meeting)]


def test_imported_numbers_stay_while_items_are_added(meeting):
    add(meeting, "7", "7.1", "9")
    api.content.create(meeting, "Item", title="Nouveau")
    assert [number for _, number in shown(meeting)] == ["7", "7.1", "9", "10"]


def test_a_move_numbers_all_items_anew(meeting):
    items = add(meeting, "7", "7.1", "9")
    move(meeting, items[2].getId(), 0)
    assert shown(meeting) == [("Point 9", "1"), ("Point 7", "2"), ("Point 7.1", "3")]


def test_a_position_beyond_the_ends_is_an_end(meeting):
    items = add(meeting, "", "", "")
    move(meeting, items[0].getId(), 99)
    assert items_of(meeting)[-1] == items[0]


def test_plones_own_reordering_numbers_too(meeting):
    items = add(meeting, "", "")
    meeting.moveObjectsUp([items[1].getId()])
    assert (items[1].number, items[0].number) == ("1", "2")


def test_annexes_between_items_get_no_number(meeting):
    first = add(meeting, "")[0]
    api.content.create(meeting, "Annex", title="Convocation")
    second = add(meeting, "")[0]
    assert (first.number, second.number) == ("1", "2")


def test_a_copy_gets_a_number_of_its_own_and_no_source(meeting):
    (item,) = add(meeting, "3")
    item.sourceUid = "f" * 32
    copy = api.content.copy(item, meeting)
    assert copy.number == "4"
    assert copy.sourceUid is None
    assert copy.getId() != item.getId()


def test_an_item_moved_to_another_meeting_is_numbered_there(meeting):
    other = api.content.copy(meeting, meeting.__parent__)
    add(other, "", "")
    first, second = add(meeting, "", "")
    moved = api.content.move(first, other)
    assert moved.number == "3"
    assert second.number == "1"


def test_renumbering_is_told_with_the_number_before(meeting):
    told = []

    @adapter(IItemRenumberedEvent)
    def listen(event):
        told.append((event.object.title, event.old, event.object.number))

    provideHandler(listen)
    try:
        items = add(meeting, "", "", "")
        api.content.delete(items[1])
    finally:
        getGlobalSiteManager().unregisterHandler(listen)
    assert told == [("Point ", "3", "2")]
