"""The portal's home: search, institutions, meetings to come, what is new."""

from collective.deliberation import _
from collective.deliberation.content.vocabularies import INSTITUTION_KINDS
from collective.deliberation.portal.pages import atlas
from collective.deliberation.portal.pages import listing
from collective.deliberation.portal.pages.meeting import meeting_title
from collective.deliberation.portal.pages.page import Page
from DateTime import DateTime


COMING = 6
LATEST = 8


class HomePage(Page):
    template = "home"
    title = _("portal_home_title", default="What your council decides")
    crumbs = ()
    meeting_title = staticmethod(meeting_title)

    def names(self) -> dict:
        coming = listing.search(
            limit=COMING,
            deliberation_kind="meeting",
            deliberation_start={"query": DateTime(self.now.isoformat()), "range": "min"},
            sort_on="deliberation_start",
        )
        latest = listing.entries(
            listing.search(
                limit=LATEST,
                deliberation_kind="item",
                sort_on="deliberation_published",
                sort_order="descending",
            )[:LATEST]
        )
        institutions = listing.institutions()
        return {
            "institutions": institutions,
            "dots": atlas.dots_of(institutions),
            "atlas": atlas,
            "kinds": INSTITUTION_KINDS,
            "coming": listing.entries(coming[:COMING]),
            "latest": latest,
            "meetings": listing.meetings_of(latest),
        }
