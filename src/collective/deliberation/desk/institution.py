"""An institution on the desk: its meetings by year, the latest first."""

from collective.deliberation.content.french_dates import local
from collective.deliberation.desk.screen import Screen
from itertools import groupby


class InstitutionView(Screen):
    def years(self):
        """``[(year, [meeting, …]), …]``."""
        meetings = [each for each in self.context.objectValues() if each.portal_type == "Meeting"]
        meetings.sort(key=lambda meeting: local(meeting.start), reverse=True)
        return [
            (year, list(group))
            for year, group in groupby(meetings, key=lambda meeting: local(meeting.start).year)
        ]

    def may_add(self):
        return self.may("collective.deliberation: Add Meeting")
