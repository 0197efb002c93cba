"""An item: what was decided first, then why, and how the text came about."""

from Acquisition import aq_parent
from collective.deliberation import _
from collective.deliberation.portal.pages import asking
from collective.deliberation.portal.pages import french
from collective.deliberation.portal.pages import indexing
from collective.deliberation.portal.pages import listing
from collective.deliberation.portal.pages import presented
from collective.deliberation.portal.pages.annexes import annex_links
from collective.deliberation.portal.pages.citation import citation
from collective.deliberation.portal.pages.history import documents_of
from collective.deliberation.portal.pages.history import publication_days
from collective.deliberation.portal.pages.history import steps_of
from collective.deliberation.portal.pages.meeting import meeting_title
from collective.deliberation.portal.pages.page import Crumb
from collective.deliberation.portal.pages.page import Page
from collective.deliberation.publishing import wire
from functools import cached_property


class ItemPage(Page):
    template = "item"
    scopes = ("meeting",)

    @cached_property
    def publication(self) -> wire.Publication:
        return self.context.publication

    @cached_property
    def title(self) -> str:
        return self.plain(self.publication.record.title)

    @cached_property
    def meeting(self):
        return aq_parent(self.context)

    @cached_property
    def meeting_record(self) -> wire.MeetingRecord | None:
        return self.meeting.publication.record if self.meeting.document is not None else None

    @cached_property
    def meeting_url(self) -> str:
        return self.meeting.absolute_url()

    @cached_property
    def crumbs(self) -> list[Crumb]:
        crumbs = [*super().crumbs, Crumb(self.institution_title, self.institution_url)]
        if self.meeting_record is not None:
            title = meeting_title(self.meeting_record)
            crumbs.append(Crumb(title, self.meeting_url))
        return crumbs

    @cached_property
    def crumb(self):
        number = self.publication.record.number
        if not number:
            return self.title
        return _("portal_item_number", default="Item ${number}", mapping={"number": number})

    def ask_link(self, matter: asking.Matter) -> str:
        """A message to the institution about this item, to be completed by who sends it."""
        return self.contact.mail_link(*asking.message(matter, self.url))

    def names(self) -> dict:
        record = self.publication.record
        pseudonyms = presented.holds_pseudonyms(record)
        self.robots = indexing.robots(self.institution, pseudonyms)
        is_decision = record.stage == "decision"
        proposed = self.rich(record.draftDecision)
        decided = self.rich(record.resolutionText) if is_decision else ""
        meeting = self.meeting_record
        previous, following = listing.neighbours(self.context)
        documents = documents_of(self.context)
        first, last = publication_days(documents)
        return {
            "record": record,
            "is_decision": is_decision,
            "decided": decided or ("" if is_decision else proposed),
            "proposed": proposed if is_decision and proposed != decided else "",
            "motivation": self.rich(record.motivation),
            "votes": self.plain(record.votes) if is_decision else "",
            "representatives": [self.plain(name) for name in record.representatives],
            "category": self.plain(record.category),
            "published": first,
            "corrected": last if last.date() != first.date() else None,
            "meeting": meeting,
            "start": french.moment(meeting.start) if meeting else None,
            "annexes": annex_links(record.annexes, self.url, self.plain),
            "steps": steps_of(documents, self.url),
            "citation": citation(
                self.institution_title, meeting, record, self.title, last, self.url
            ),
            "pseudonyms": pseudonyms,
            "example": presented.example(
                (record.resolutionText or record.draftDecision, record.motivation), self.policy
            )
            if pseudonyms
            else "",
            "previous": previous,
            "next": following,
        }
