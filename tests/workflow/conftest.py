"""A meeting of Valbourg with one complete item, written by the agent."""

import pytest
from datetime import datetime
from datetime import timezone
from plone import api
from plone.app.textfield.value import RichTextValue
from plone.dexterity.utils import createContentInContainer


def rich(source):
    return RichTextValue(source, "text/html", "text/x-html-safe")


@pytest.fixture()
def meeting(desk):
    institution = api.content.create(desk, "Institution", title="Valbourg", slug="valbourg")
    start = datetime(2026, 12, 14, 18, tzinfo=timezone.utc)
    return api.content.create(institution, "Meeting", title="-", body="conseil", start=start)


@pytest.fixture()
def item(meeting, as_user):
    with as_user("agent"):
        return createContentInContainer(
            meeting,
            "Item",
            title="Concession de sépulture",
            motivation=rich("<p>Vu la demande du 3 mai ;</p>"),
            draftDecision=rich("<p>Article 1er. La concession est accordée.</p>"),
        )
