"""The form that adds a meeting: it warns when the meeting is in the past, and adds it all the same."""

from collective.deliberation import _
from collective.deliberation.content.french_dates import local
from collective.deliberation.content.french_dates import long_date
from datetime import datetime
from datetime import timezone
from plone import api
from plone.dexterity.browser.add import DefaultAddForm
from plone.dexterity.browser.add import DefaultAddView


class AddForm(DefaultAddForm):
    portal_type = "Meeting"

    def add(self, content):
        super().add(content)
        if local(content.start) < datetime.now(timezone.utc):
            api.portal.show_message(
                _(
                    "warning_meeting_past",
                    default="This meeting is in the past (${date}). If that isn't meant, correct the "
                    "field “Begins”.",
                    mapping={"date": long_date(content.start)},
                ),
                self.request,
                type="warning",
            )


class AddView(DefaultAddView):
    form = AddForm
