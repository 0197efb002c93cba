"""An institution: its next and past meetings, year by year, and how to reach it."""

from collective.deliberation.content.vocabularies import INSTITUTION_KINDS
from collective.deliberation.portal.pages import french
from collective.deliberation.portal.pages import listing
from collective.deliberation.portal.pages.meeting import meeting_title
from collective.deliberation.portal.pages.page import Page
from functools import cached_property


class InstitutionPage(Page):
    template = "institution"
    scopes = ("institution",)
    meeting_title = staticmethod(meeting_title)

    @cached_property
    def title(self) -> str:
        return self.context.Title()

    def names(self) -> dict:
        meetings = listing.meetings(self.context)
        coming = [entry for entry in meetings if french.moment(entry.card.start) >= self.now][::-1]
        past = [entry for entry in meetings if french.moment(entry.card.start) < self.now]
        years = sorted({french.moment(entry.card.start).year for entry in past}, reverse=True)
        asked = self.request.form.get("annee")
        year = next((year for year in years if str(year) == asked), years[0] if years else None)
        return {
            "kind": INSTITUTION_KINDS.get(self.context.kind),
            "coming": coming,
            "years": years,
            "year": year,
            "past": [entry for entry in past if french.moment(entry.card.start).year == year],
        }
