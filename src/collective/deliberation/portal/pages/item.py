"""An item: what was decided first, then why, and how the text came about."""

from Acquisition import aq_parent
from collective.deliberation import _
from collective.deliberation.portal.pages import french
from collective.deliberation.portal.pages import listing
from collective.deliberation.portal.pages import presented
from collective.deliberation.portal.pages import rendering
from collective.deliberation.portal.pages.annexes import annex_links
from collective.deliberation.portal.pages.meeting import meeting_title
from collective.deliberation.portal.pages.page import Crumb
from collective.deliberation.portal.pages.page import Page
from collective.deliberation.publishing import wire
from dataclasses import dataclass
from functools import cached_property
from zope.i18nmessageid import Message


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an item's history."""

    words: Message
    day: str
    hour: str
    current: bool


def history(documents: list[dict]) -> list[Step]:
    """The steps of an item, oldest first. ``documents``: its wire documents, the current one last."""
    steps = []
    before = None
    for index, document in enumerate(documents):
        stage = document["record"].get("stage")
        if stage == "decision":
            first = _("portal_history_decision", default="Decision published")
            again = _("portal_history_decision_again", default="Decision corrected")
        else:
            first = _("portal_history_draft", default="Draft decision published")
            again = _("portal_history_draft_again", default="Draft decision changed")
        when = french.moment(document["published"])
        steps.append(
            Step(
                words=again if stage == before else first,
                day=french.day(when),
                hour=french.hour(when),
                current=index == len(documents) - 1,
            )
        )
        before = stage
    return steps


class ItemPage(Page):
    template = "item"

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

    @property
    def report_link(self) -> str:
        """A message to the institution about personal data on this page, with its address."""
        return self.contact.mail_link(
            rendering.french(
                _("portal_report_subject", default="Personal data on a published page")
            ),
            f"{self.url}\n\n",
        )

    def names(self) -> dict:
        record = self.publication.record
        pseudonyms = presented.holds_pseudonyms(record)
        if pseudonyms:
            self.robots = "noindex"
        is_decision = record.stage == "decision"
        proposed = self.rich(record.draftDecision)
        decided = self.rich(record.resolutionText) if is_decision else ""
        meeting = self.meeting_record
        previous, following = listing.neighbours(self.context)
        documents = [step["document"] for step in self.context.history if step.get("document")]
        return {
            "record": record,
            "is_decision": is_decision,
            "decided": decided or ("" if is_decision else proposed),
            "proposed": proposed if is_decision and proposed != decided else "",
            "motivation": self.rich(record.motivation),
            "votes": self.plain(record.votes) if is_decision else "",
            "representatives": [self.plain(name) for name in record.representatives],
            "category": self.plain(record.category),
            "published": french.moment(self.publication.published),
            "meeting": meeting,
            "start": french.moment(meeting.start) if meeting else None,
            "annexes": annex_links(record.annexes, self.url, self.plain),
            "steps": history([*documents, self.context.document]),
            "pseudonyms": pseudonyms,
            "example": presented.example(
                (record.resolutionText or record.draftDecision, record.motivation), self.policy
            )
            if pseudonyms
            else "",
            "previous": previous,
            "next": following,
        }
