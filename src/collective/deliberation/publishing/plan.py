"""When something is to become public: at once, on its legal day, or at a moment that a clerk chose. Pure."""

from collective.deliberation.content.french_dates import BRUSSELS
from collective.deliberation.content.french_dates import local
from collective.deliberation.content.legal_calendar import LegalDates
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import time


AS_MEETING = ""  # of an item: what its meeting says; of a meeting: at once
ONCE = "once"
LEGAL = "legal"


@dataclass(frozen=True, slots=True)
class Plan:
    """Each is ``AS_MEETING``, ``ONCE``, ``LEGAL`` or a moment in ISO 8601 with its offset."""

    drafts: str = AS_MEETING  # of a meeting: of the meeting itself, too
    decisions: str = AS_MEETING

    def choice(self, stage: str) -> str:
        return self.decisions if stage == "decision" else self.drafts


def legal_day(dates: LegalDates, stage: str) -> date:
    """The last day that the law, or the institution, leaves for this stage."""
    return dates.decisions if stage == "decision" else dates.drafts


def moment(choice: str, dates: LegalDates, stage: str) -> datetime | None:
    """When that is, ``None`` for at once. A legal day is meant from its first minute, in Brussels."""
    if choice in (AS_MEETING, ONCE):
        return None
    if choice == LEGAL:
        return datetime.combine(legal_day(dates, stage), time(), BRUSSELS)
    return datetime.fromisoformat(choice)


def chosen(typed: str) -> str | None:
    """The choice for what a form's date and time field holds; ``None`` when it is no moment of Brussels."""
    try:
        return local(datetime.fromisoformat(typed)).isoformat(timespec="minutes")
    except ValueError:
        return None
