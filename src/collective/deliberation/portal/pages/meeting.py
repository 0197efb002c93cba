"""A meeting: its agenda, and how final it is, in plain words."""

from collective.deliberation import _
from collective.deliberation.portal.pages import french
from collective.deliberation.portal.pages import indexing
from collective.deliberation.portal.pages import listing
from collective.deliberation.portal.pages import presented
from collective.deliberation.portal.pages.annexes import annex_links
from collective.deliberation.portal.pages.page import Crumb
from collective.deliberation.portal.pages.page import Page
from collective.deliberation.publishing import wire
from dataclasses import dataclass
from DateTime import DateTime
from datetime import datetime
from functools import cached_property
from itertools import groupby
from zope.i18nmessageid import Message


def meeting_title(record) -> str:
    """``Conseil communal du lundi 14 décembre 2026``; of a record or of a card."""
    return f"{record.bodyTitle} du {french.weekday(french.moment(record.start))}"


def state_words(record, published: str, now: datetime) -> tuple[str, Message]:
    """How final the agenda is: the name of its style, and the words."""
    if record.state == "closed":
        day = french.day(french.moment(published))
        return "decision", _(
            "portal_meeting_closed", default="Decisions published on ${day}.", mapping={"day": day}
        )
    if record.state == "held" or french.moment(record.start) < now:
        return "draft", _(
            "portal_meeting_held",
            default="The meeting has taken place. Its decisions are published once they are validated; "
            "until then you read the draft decisions as they were submitted.",
        )
    return "draft", _(
        "portal_meeting_convened",
        default="Provisional agenda: these are draft decisions, which may still change.",
    )


@dataclass(frozen=True, slots=True)
class Section:
    """Items of an agenda that follow each other; ``title`` is neutralised, and empty when nothing joins them."""

    title: str
    late: bool
    entries: list[listing.Entry]


def sections_of(agenda: list[listing.Entry]) -> list[Section]:
    """An agenda by category, where it is ordered so; supplementary items at its end for themselves.

    An agenda that goes from one category to the other and back stays as it is: its order is official.
    """
    late = len(agenda)
    while late and agenda[late - 1].card.listType == "late":
        late -= 1
    if not late:  # all were added later: nothing to set apart
        late = len(agenda)
    planned, added = agenda[:late], agenda[late:]
    runs = [
        Section(category, False, list(entries))
        for category, entries in groupby(planned, key=lambda entry: entry.card.category)
    ]
    ordered = len({run.title for run in runs}) == len(runs) > 1 and all(run.title for run in runs)
    if not ordered or 2 * len(runs) > len(planned):
        runs = [Section("", False, planned)] if planned else []
    return [*runs, Section("", True, added)] if added else runs


class MeetingPage(Page):
    template = "meeting"
    scopes = ("meeting", "meetings")

    @cached_property
    def publication(self) -> wire.Publication:
        return self.context.publication

    @cached_property
    def title(self) -> str:
        return meeting_title(self.publication.record)

    @cached_property
    def crumbs(self) -> list[Crumb]:
        return [*super().crumbs, Crumb(self.institution_title, self.institution_url)]

    def names(self) -> dict:
        record = self.publication.record
        self.robots = indexing.robots(self.institution, presented.holds_pseudonyms(record))
        agenda = listing.agenda(self.context)
        kind, words = state_words(record, self.publication.published, self.now)
        return {
            "record": record,
            "start": french.moment(record.start),
            "end": french.moment(record.end) if record.end else None,
            "convocation": datetime.fromisoformat(record.convocation)
            if record.convocation
            else None,
            "kind": kind,
            "state": words,
            "agenda": agenda,
            "sections": sections_of(agenda),
            "has_late": any(entry.card.listType == "late" for entry in agenda),
            "annexes": annex_links(record.annexes, self.url, self.plain),
            "attendance": self.rich(record.attendance),
            "previous": self._neighbour("max", "descending"),
            "next": self._neighbour("min", "ascending"),
        }

    def _neighbour(self, side: str, order: str):
        """The meeting of the same body just before or after this one."""
        record = self.publication.record
        path = "/".join(self.context.getPhysicalPath())
        found = listing.entries(
            listing.search(
                limit=4,
                deliberation_kind="meeting",
                deliberation_body=record.body,
                path={"query": path.rpartition("/")[0], "depth": 1},
                deliberation_start={"query": DateTime(record.start), "range": side},
                sort_on="deliberation_start",
                sort_order=order,
            )
        )
        return next((entry for entry in found if entry.path != path), None)

    meeting_title = staticmethod(meeting_title)
