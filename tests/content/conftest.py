"""An invented institution with one meeting, in process or over HTTP."""

import pytest
import transaction
from datetime import datetime
from datetime import timezone
from plone import api


def add_meeting(site):
    institution = api.content.create(
        site,
        "Institution",
        title="Valbourg",
        slug="valbourg",
        categories=("Mobilité", "Finances"),
        representatives=("Colette Renson",),
    )
    start = datetime(2026, 12, 14, 18, tzinfo=timezone.utc)
    return api.content.create(institution, "Meeting", title="-", body="conseil", start=start)


@pytest.fixture()
def meeting(desk):
    return add_meeting(desk)


@pytest.fixture()
def live_meeting(live_desk):
    """A client of the meeting, as agent; its object is ``live_meeting.object``."""
    meeting = add_meeting(live_desk.site)
    transaction.commit()
    http = live_desk.as_user("agent")
    http.base += "/valbourg/" + meeting.getId()
    http.object = meeting
    return http
