"""Numbers of persons on the desk: each item for itself, alike in a meeting where the institution wants it."""

import pytest
from collective.deliberation.content.pseudonym_numbers import KEY
from collective.deliberation.content.pseudonym_numbers import key
from collective.deliberation.content.register import register_of
from plone import api
from plone.app.textfield.value import RichTextValue


SECRET = "a key that is only for the tests"
NAMES = [f"Josette Wautelet{letter}" for letter in "abcdef"]


def _ordinals(meeting):
    html = "".join(f'<p><span data-pm-cat="person">{name}</span></p>' for name in NAMES)
    text = RichTextValue(html, "text/html", "text/x-html-safe")
    item = api.content.create(meeting, "Item", title="Point", motivation=text)
    return item, [entry.ordinal for entry in register_of(item).entries]


@pytest.fixture()
def wanted(meeting):
    meeting.__parent__.samePseudonyms = True
    return meeting


def test_each_item_has_pseudonyms_of_its_own(meeting):
    assert _ordinals(meeting)[1] != _ordinals(meeting)[1]


def test_a_name_is_alike_in_a_meeting_when_there_is_a_key(wanted, monkeypatch):
    monkeypatch.setenv(KEY, SECRET)
    assert _ordinals(wanted)[1] == _ordinals(wanted)[1]


@pytest.mark.parametrize("value", ["", "short"])
def test_without_a_key_each_item_is_for_itself(wanted, monkeypatch, value):
    monkeypatch.setenv(KEY, value)
    assert key() is None
    assert _ordinals(wanted)[1] != _ordinals(wanted)[1]


def test_a_copy_has_other_pseudonyms_than_its_source(meeting):
    item, ordinals = _ordinals(meeting)
    copy = api.content.copy(item, meeting)
    assert [entry.ordinal for entry in register_of(copy).entries] != ordinals
