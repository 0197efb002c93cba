"""Rows of the publishing queue: one typed value per job, for the screen and the REST service."""

import time
from collections.abc import Sequence
from collective.deliberation import _
from collective.deliberation.publishing.outbox import Outbox
from collective.deliberation.publishing.records import State
from collective.deliberation.publishing.records import STATES
from collective.deliberation.publishing.status import moment
from dataclasses import dataclass
from datetime import datetime
from plone import api


SILENCE = 180.0  # seconds after which a deliverer that says nothing is missed
STATE_TITLES = {
    "waiting": _("queue_waiting", default="Waiting"),
    "sending": _("queue_sending", default="Being sent"),
    "failed": _("queue_failed", default="Failed, will be tried again"),
    "parked": _("queue_parked", default="Refused, needs you"),
    "sent": _("queue_sent", default="Sent"),
}
ACTION_TITLES = {
    "put": _("queue_put", default="Publication"),
    "delete": _("queue_delete", default="Withdrawal"),
}
STAGE_TITLES = {
    "meeting": _("plan_stage_meeting", default="Meeting and agenda"),
    "draft": _("plan_stage_draft", default="Draft decision"),
    "decision": _("plan_stage_decision", default="Decision"),
}
KIND_TITLES = {
    "meeting": _("type_meeting", default="Meeting"),
    "item": _("type_item", default="Item"),
}


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    state: State
    action: str
    kind: str
    title: str  # empty when the object is gone, or not for this user
    url: str  # on the desk
    public_url: str
    revision: int
    attempts: int
    reason: str  # a message
    updated: datetime
    next_attempt: datetime | None
    planned: datetime | None = None  # when it was to be public, when that was planned
    late: int = 0  # minutes that it was made after that moment


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What is to be published later."""

    kind: str
    stage: str  # a message id
    title: str
    url: str  # on the desk; empty when it isn't for this user
    when: datetime
    problem: str  # a message


@dataclass(frozen=True, slots=True)
class Heartbeat:
    alive: bool
    since: datetime | None  # last heard of


def rows(box: Outbox, ids: Sequence[str]) -> list[Row]:
    jobs = [box.jobs[id] for id in ids]
    catalog = api.portal.get_tool("portal_catalog")
    brains = {brain.UID: brain for brain in catalog(UID=[job.uid for job in jobs])} if jobs else {}
    return [
        Row(
            id=job.id,
            state=job.state,
            action=job.action,
            kind=job.kind,
            title=brains[job.uid].Title if job.uid in brains else "",
            url=brains[job.uid].getURL() if job.uid in brains else "",
            public_url=box.objects[job.uid].url,
            revision=job.revision,
            attempts=job.attempts,
            reason=job.reason,
            updated=moment(job.updated),
            next_attempt=moment(job.next_attempt) if job.state == "failed" else None,
            planned=moment(job.planned),
            late=max(0, int(job.created - job.planned) // 60) if job.planned else 0,
        )
        for job in jobs
    ]


def planned_rows(box: Outbox, uids: Sequence[str]) -> list[PlannedRow]:
    catalog = api.portal.get_tool("portal_catalog")
    brains = {brain.UID: brain for brain in catalog(UID=list(uids))} if uids else {}
    found = []
    for uid in uids:
        planned, brain = box.objects[uid].planned, brains.get(uid)
        found.append(
            PlannedRow(
                kind="meeting" if planned.stage == "meeting" else "item",
                stage=STAGE_TITLES[planned.stage],
                title=brain.Title if brain is not None else "",
                url=brain.getURL() if brain is not None else "",
                when=moment(planned.when),
                problem=planned.problem,
            )
        )
    return found


def ids_of(box: Outbox, state: State | None) -> list[str]:
    """The jobs of one state, or of all that are not sent, the newest first."""
    wanted = [state] if state else [other for other in STATES if other != "sent"]
    return sorted((id for each in wanted for id in box.ids(each)), reverse=True)


def heartbeat(box: Outbox | None) -> Heartbeat:
    at = box.heartbeat if box is not None else 0.0
    return Heartbeat(time.time() - at < SILENCE, moment(at))
