"""Where the publication of one object stands, for the screens of the desk."""

from collective.deliberation.publishing.outbox import peek
from collective.deliberation.publishing.records import State
from dataclasses import dataclass
from datetime import datetime
from datetime import timezone
from plone import api
from plone.uuid.interfaces import IUUID


@dataclass(frozen=True, slots=True)
class PublicationStatus:
    stage: str  # "draft", "decision", "meeting"; empty when it isn't meant to be public
    url: str  # public address; it stays after a withdrawal
    revision: int  # the last one the portal confirmed, withdrawals included; 0 when none
    sent: datetime | None  # when it did
    state: State  # of its last job: "sent" when nothing is under way
    reason: str  # why that job failed or is parked: a message
    planned: datetime | None = None  # when it is to become public, when that is to come
    planned_stage: str = ""
    problem: str = ""  # why it couldn't be published then, as it is now: a message

    @property
    def is_public(self) -> bool:
        """The portal shows what the desk says it should."""
        return bool(self.stage) and self.state == "sent" and bool(self.revision)


def publication_of(content) -> PublicationStatus | None:
    """The status of an Item or a Meeting, ``None`` when it was never meant to be public."""
    box = peek(api.portal.get())
    known = box.objects.get(IUUID(content)) if box is not None else None
    if known is None:
        return None
    job = box.jobs[known.pending[-1]] if known.pending else None
    planned = known.planned
    return PublicationStatus(
        stage=known.stage,
        url=known.url,
        revision=known.sent_revision,
        sent=moment(known.sent_at),
        state=job.state if job is not None else "sent",
        reason=job.reason if job is not None else "",
        planned=moment(planned.when) if planned else None,
        planned_stage=planned.stage if planned else "",
        problem=planned.problem if planned else "",
    )


def moment(seconds: float) -> datetime | None:
    return datetime.fromtimestamp(seconds, timezone.utc) if seconds else None
