"""The four types: ids, titles, containment and validation, as the REST API shows them."""

import pytest
from collective.deliberation.content import vocabularies
from collective.deliberation.content.addresses import short_uid
from OFS.CopySupport import CopyError
from plone import api
from zExceptions import BadRequest


def test_a_meeting_is_named_after_its_day_and_body(meeting):
    assert meeting.getId() == "2026-12-14-conseil"
    assert meeting.title == "Conseil communal du 14 décembre 2026, 19\u00a0h\u00a000"


def test_a_second_meeting_of_the_day_has_a_number_in_its_id(meeting):
    second = api.content.create(
        meeting.__parent__, "Meeting", title="-", body="conseil", start=meeting.start
    )
    assert second.getId() == "2026-12-14-conseil-2"


@pytest.mark.parametrize("name", ["permis-wautelet", "Wautelet", "copy_of_0a1b2c3d"])
def test_an_id_with_a_word_is_refused_however_it_is_asked_for(meeting, name):
    item = api.content.create(meeting, "Item", title="Point")
    with pytest.raises(BadRequest):
        api.content.create(meeting, "Item", id=name, title="Point")
    with pytest.raises(CopyError):
        api.content.rename(item, new_id=name)


def test_the_categories_offered_are_the_institutions_and_the_items_own(meeting):
    item = api.content.create(meeting, "Item", title="Point", category="Importée")
    names = [term.value for term in vocabularies.categories(item)]
    assert names == ["Mobilité", "Finances", "Importée"]


def test_a_free_name_of_a_representative_is_its_own_token(meeting):
    item = api.content.create(
        meeting, "Item", title="Point", representatives=("Ursule Fontaine", "Colette Renson")
    )
    tokens = [term.token for term in vocabularies.representatives(item)]
    assert tokens == ["Colette Renson", "Ursule Fontaine"]


def test_no_word_of_a_title_is_in_the_id_of_an_item(meeting):
    item = api.content.create(meeting, "Item", title="Permis de Josette Wautelet")
    assert item.getId() == short_uid(item.UID())


def test_items_are_numbered_and_renumbered_when_one_goes(meeting):
    items = [api.content.create(meeting, "Item", title=f"Point {n}") for n in (1, 2, 3)]
    assert [item.number for item in items] == ["1", "2", "3"]
    api.content.delete(items[0])
    assert [item.number for item in items[1:]] == ["1", "2"]
