"""The plan of a meeting or an item, kept with it, and the moment that follows from it."""

from collective.deliberation.content.french_dates import local
from collective.deliberation.content.legal_calendar import delays_of
from collective.deliberation.content.legal_calendar import legal_dates
from collective.deliberation.content.legal_calendar import LegalDates
from collective.deliberation.content.vocabularies import institution_of
from collective.deliberation.publishing.outbox import Outbox
from collective.deliberation.publishing.plan import AS_MEETING
from collective.deliberation.publishing.plan import moment
from collective.deliberation.publishing.plan import Plan
from datetime import datetime
from plone.uuid.interfaces import IUUID
from zope.annotation.interfaces import IAnnotations


KEY = "collective.deliberation.plan"


def plan_of(content) -> Plan:
    """What was chosen for this very object."""
    return Plan(*IAnnotations(content).get(KEY, ()))


def dates_of(content) -> LegalDates:
    meeting = content if content.portal_type == "Meeting" else content.__parent__
    return legal_dates(local(meeting.start).date(), delays_of(institution_of(meeting)))


def due(content, stage: str, box: Outbox | None) -> datetime | None:
    """When this object may be public at this stage, ``None`` for at once. An item never before its meeting."""
    if content.portal_type == "Meeting":
        return moment(plan_of(content).choice(stage), dates_of(content), stage)
    meeting = content.__parent__
    choice = plan_of(content).choice(stage)
    if choice == AS_MEETING:
        choice = plan_of(meeting).choice(stage)
    own = moment(choice, dates_of(content), stage)
    known = box.objects.get(IUUID(meeting)) if box is not None else None
    first = due(meeting, "meeting", box) if known is None or not known.stage else None
    return max(filter(None, (own, first)), default=None)
