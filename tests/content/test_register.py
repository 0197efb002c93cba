"""The register of an item or a meeting: filled by marks on each save, changed by hand."""

import pytest
from collective.deliberation.content.register import change_category
from collective.deliberation.content.register import register_of
from collective.deliberation.content.register import remove_entry
from collective.deliberation.content.register import set_register
from collective.deliberation.pseudonym.register import Category
from plone import api
from plone.app.textfield.value import RichTextValue
from zope.component import adapter
from zope.component import getGlobalSiteManager
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent
from zope.lifecycleevent.interfaces import IObjectModifiedEvent


MARK = '<span data-pm-cat="person">{}</span>'


def rich(text):
    return RichTextValue(text, "text/html", "text/x-html-safe")


@pytest.fixture()
def item(meeting):
    text = f"<p>Vu {MARK.format('Josette Wautelet')}&nbsp;;</p>"
    return api.content.create(meeting, "Item", title="Point", motivation=rich(text))


def forms(content):
    return {entry.id: entry.forms for entry in register_of(content).entries}


def test_a_mark_makes_an_entry_when_the_item_is_added(item):
    assert forms(item) == {"p1": ("Josette Wautelet",)}
    assert 'data-pm-id="p1"' in item.motivation.raw


def test_the_same_words_in_another_field_are_the_same_person(item):
    item.draftDecision = rich(MARK.format("josette wautelet"))
    notify(ObjectModifiedEvent(item))
    assert list(forms(item)) == ["p1"]
    assert 'data-pm-id="p1"' in item.draftDecision.raw


def test_a_meeting_keeps_a_register_of_its_own(item, meeting):
    meeting.attendance = rich(MARK.format("Anselme Poncin"))
    notify(ObjectModifiedEvent(meeting))
    assert forms(meeting) == {"p1": ("Anselme Poncin",)}
    assert "Anselme Poncin" not in str(forms(item))


def test_an_annex_is_covered_by_what_holds_it(item):
    annex = api.content.create(item, "Annex", title="Lettre")
    assert register_of(annex) == register_of(item)


def test_a_save_without_new_marks_keeps_the_very_same_text(item):
    before = item.motivation
    notify(ObjectModifiedEvent(item))
    assert item.motivation is before


def test_a_text_that_cannot_be_read_is_kept_as_it_was_written(item):
    unreadable = "<div>" * 5000 + MARK.format("Jo")
    item.motivation = rich(unreadable)
    notify(ObjectModifiedEvent(item))
    assert item.motivation.raw == unreadable


def test_a_removed_entry_takes_its_marks_along_and_stays_away(item):
    remove_entry(item, "p1")
    notify(ObjectModifiedEvent(item))
    assert forms(item) == {}
    assert item.motivation.raw == "<p>Vu Josette Wautelet&nbsp;;</p>"


def test_a_changed_category_changes_the_marks_and_stays(item):
    change_category(item, "p1", Category.OTHER)
    notify(ObjectModifiedEvent(item))
    assert [(entry.id, entry.category) for entry in register_of(item).entries] == [
        ("p1", Category.OTHER)
    ]
    assert 'data-pm-cat="other"' in item.motivation.raw


def test_each_change_by_hand_is_told_once_so_that_it_can_be_published(item):
    told = []

    @adapter(IObjectModifiedEvent)
    def listen(event):
        told.append(event.object)

    getGlobalSiteManager().registerHandler(listen)
    try:
        register, _ = register_of(item).add("person", "Anselme Poncin")
        set_register(item, register)
        set_register(item, register)
    finally:
        getGlobalSiteManager().unregisterHandler(listen)
    assert told == [item]
