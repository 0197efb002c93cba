"""The legal deadlines of a meeting, in words: what is due, when, and how urgent it is."""

from collective.deliberation import _
from collective.deliberation.content.french_dates import local
from collective.deliberation.content.french_dates import long_date
from collective.deliberation.content.legal_calendar import delays_of
from collective.deliberation.content.legal_calendar import legal_dates
from collective.deliberation.content.vocabularies import institution_of
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timezone
from plone import api
from typing import Any


SOON = 3  # days: from then on a deadline is shown as urgent


@dataclass(frozen=True, slots=True)
class Deadline:
    title: Any  # message id: what is due
    day: date
    left: int  # days from today; negative when it has passed
    done: bool

    @property
    def urgency(self) -> str:
        """``done``, ``late``, ``soon`` or ``ahead``."""
        if self.done:
            return "done"
        if self.left < 0:
            return "late"
        return "soon" if self.left <= SOON else "ahead"

    @property
    def words(self) -> str:
        return long_date(self.day)

    @property
    def remaining(self) -> Any:
        """How much time is left, as a message id."""
        if self.done:
            return _("deadline_done", default="done")
        if self.left == -1:
            return _("deadline_late_one", default="one day late")
        if self.left < 0:
            return _("deadline_late", default="${days} days late", mapping={"days": -self.left})
        if self.left == 0:
            return _("deadline_today", default="today is the last day")
        if self.left == 1:
            return _("deadline_left_one", default="one day left")
        return _("deadline_left", default="${days} days left", mapping={"days": self.left})


def today() -> date:
    return local(datetime.now(timezone.utc)).date()


def deadlines(meeting, now: date | None = None) -> list[Deadline]:
    """The deadlines of a meeting, in the order of their days."""
    now = now or today()
    state = api.content.get_state(meeting)
    dates = legal_dates(local(meeting.start).date(), delays_of(institution_of(meeting)))
    published = state in ("convened", "held", "closed")
    rows = [
        (
            _("deadline_convocation", default="Convocation"),
            dates.convocation,
            bool(meeting.convocation),
        ),
        (
            _("deadline_drafts", default="Drafts and explanatory notes on line"),
            dates.drafts,
            published,
        ),
        (_("deadline_decisions", default="Decisions on line"), dates.decisions, state == "closed"),
    ]
    return [Deadline(title, day, (day - now).days, done) for title, day, done in rows]


def missed_on_convening(meeting) -> Deadline | None:
    """The deadline for drafts, when it has passed and the meeting isn't convened yet."""
    return next(
        (each for each in deadlines(meeting)[1:2] if each.urgency == "late"),
        None,
    )
