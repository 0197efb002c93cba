"""The legal calendar of a meeting, as plain dates: when drafts, convocation and decisions are due.

Pure but for ``defaults``, which reads the registry. Sources: Code de la démocratie locale et de la
décentralisation, art. L1122-13 (convocation, seven clear days) and the decree of 18 May 2022 (drafts
and explanatory notes, five clear days). A *clear day* (jour franc) counts neither its first nor its
last day.
"""

from dataclasses import dataclass
from datetime import date
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Delays:
    """An institution's delays, in days. The first two are clear days."""

    draft_clear_days: int
    convocation_clear_days: int
    decision_days: int


@dataclass(frozen=True, slots=True)
class LegalDates:
    """The last day for each step of one meeting."""

    drafts: date
    convocation: date
    decisions: date


def last_day_before(meeting: date, clear_days: int) -> date:
    """The last day that leaves ``clear_days`` whole days before the meeting.

    A meeting on the 20th with 5 clear days: the 14th.
    """
    return meeting - timedelta(days=clear_days + 1)


def legal_dates(meeting: date, delays: Delays) -> LegalDates:
    return LegalDates(
        drafts=last_day_before(meeting, delays.draft_clear_days),
        convocation=last_day_before(meeting, delays.convocation_clear_days),
        decisions=meeting + timedelta(days=delays.decision_days),
    )


def defaults() -> Delays:
    """The delays that a new institution gets: the registry's."""
    from plone import api

    return Delays(
        *(
            api.portal.get_registry_record(f"collective.deliberation.{name}")
            for name in ("draft_clear_days", "convocation_clear_days", "decision_days")
        )
    )


def delays_of(institution) -> Delays:
    """The delays that an Institution has set."""
    return Delays(
        institution.draftClearDays, institution.convocationClearDays, institution.decisionDays
    )
