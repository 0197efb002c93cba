"""The four types: ids, titles, containment and validation, as the REST API shows them."""

import pytest
from collective.deliberation.content.addresses import short_uid
from datetime import datetime
from datetime import timezone
from plone import api


@pytest.fixture()
def meeting(desk):
    institution = api.content.create(desk, "Institution", title="Valbourg", slug="valbourg")
    start = datetime(2026, 12, 14, 18, tzinfo=timezone.utc)
    return api.content.create(institution, "Meeting", title="-", body="conseil", start=start)


def test_a_meeting_is_named_after_its_day_and_body(meeting):
    assert meeting.getId() == "2026-12-14-conseil"
    assert meeting.title == "Conseil communal du 14 décembre 2026, 19\u00a0h\u00a000"


def test_no_word_of_a_title_is_in_the_id_of_an_item(meeting):
    item = api.content.create(meeting, "Item", title="Permis de Josette Wautelet")
    assert item.getId() == short_uid(item.UID())


def test_items_are_numbered_and_renumbered_when_one_goes(meeting):
    items = [api.content.create(meeting, "Item", title=f"Point {n}") for n in (1, 2, 3)]
    assert [item.number for item in items] == ["1", "2", "3"]
    api.content.delete(items[0])
    assert [item.number for item in items[1:]] == ["1", "2"]
