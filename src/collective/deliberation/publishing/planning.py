"""Choose the plan of a meeting or an item, and carry it out when its moment comes.

Until then nothing is queued, so nothing can leave early: the job is made then, from the object as it is
then. A moment that was missed, as no deliverer ran, is made up for, and the job says by how much.
"""

import logging
from collective.deliberation.content.numbering import items_of
from collective.deliberation.publishing.announce import announce
from collective.deliberation.publishing.outbox import peek
from collective.deliberation.publishing.plan import Plan
from collective.deliberation.publishing.schedule import KEY
from collective.deliberation.workflow import audit
from datetime import datetime
from datetime import timezone
from plone import api
from zope.annotation.interfaces import IAnnotations
from zope.component.hooks import setSite


logger = logging.getLogger(__name__)

ACTION = "planned"
LATE = 60.0  # seconds after which a publication is late


def set_plan(content, plan: Plan) -> None:
    """Choose, note who did it, and let what is waiting follow. What is public stays so."""
    IAnnotations(content)[KEY] = (plan.drafts, plan.decisions)
    audit.record(content, ACTION, f"{plan.drafts or '-'}|{plan.decisions or '-'}")
    announce(content)
    if content.portal_type == "Meeting":
        for item in items_of(content):
            announce(item)


def carry_out(site, uid: str, now: float) -> None:
    """Make the job of a plan whose moment has come; in the transaction of a deliverer.

    :param now: seconds since 1970
    """
    setSite(site)
    box = peek(site)
    known = box.objects[uid]
    planned = known.planned
    found = api.portal.get_tool("portal_catalog").unrestrictedSearchResults(UID=uid)
    if not found or planned is None:
        box.unplan(uid)
        return
    announce(found[0]._unrestrictedGetObject(), now=datetime.fromtimestamp(now, timezone.utc))
    if known.planned == planned:  # nothing is to be published any more
        box.unplan(uid)
    late = now - planned.when
    if known.planned is None and known.pending:
        job = box.jobs[known.pending[-1]]
        job.planned = planned.when
        if late > LATE:
            logger.warning("%s %s: published %d s after its time.", job.kind, uid[:8], late)
