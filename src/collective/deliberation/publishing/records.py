"""Persistent records of the outbox: jobs, what is known of each object, what was said of it."""

from dataclasses import dataclass
from persistent import Persistent
from typing import Any
from typing import Literal
from typing import NamedTuple
from ZODB.blob import Blob


State = Literal["waiting", "sending", "sent", "failed", "parked"]
STATES: tuple[State, ...] = ("waiting", "sending", "failed", "parked", "sent")


@dataclass(frozen=True)
class FileRef:
    """A file to be sent before its document: the very bytes that were approved, whatever comes after."""

    sha256: str
    size: int
    blob: Blob


class Planned(NamedTuple):
    """A publication whose moment has not come."""

    when: float  # seconds since 1970
    stage: str  # "draft", "decision", "meeting"
    problem: str  # why it couldn't be published as it is now: a message; empty when it could


class Snapshot(Persistent):
    """A wire document, neutralised, as one revision said it."""

    def __init__(self, document: dict[str, Any]):
        self.document = document


class Job(Persistent):
    """One call to a portal. ``waiting → sending → sent``, ``failed`` (again later) or ``parked``."""

    state: State = "waiting"
    attempts = 0
    next_attempt = 0.0  # seconds since 1970
    leased_by = ""  # the deliverer that is sending it
    leased_until = 0.0
    claimed = 0.0  # when that one took it
    waited = 0.0  # seconds that it could have been taken before
    updated = 0.0
    reason: str = ""  # why it failed or is parked: a message, in French or a message id
    planned = 0.0  # when it was to be public, when that was planned

    def __init__(
        self,
        id: str,
        uid: str,
        kind: str,
        action: Literal["put", "delete"],
        institution: str,
        revision: int,
        created: float,
        *,
        snapshot: Snapshot | None = None,
        files: tuple[FileRef, ...] = (),
        withdrawal: dict[str, str] | None = None,
        after: str = "",
    ):
        self.id = id
        self.uid = uid
        self.kind = kind
        self.action = action
        self.institution = institution  # id on the desk
        self.revision = revision
        self.created = created
        self.next_attempt = created
        self.updated = created
        self.snapshot = snapshot
        self.files = files
        self.withdrawal = withdrawal  # {"reason", "date"}
        self.after = after  # UID of the meeting that must be there first


class Known(Persistent):
    """What the desk knows of the publication of one object."""

    revision = 0  # the last one given out
    stage = ""  # "draft", "decision", "meeting"; empty when it isn't meant to be public
    digest = ""  # of the content last given out, without revision and date
    pending: tuple[str, ...] = ()  # its jobs that are not done, in their order
    snapshots: tuple[Snapshot, ...] = ()  # what the portal shows or keeps in its history
    url = ""
    sent_revision = 0
    sent_hash = ""  # of the document that the portal confirmed; empty when that was a withdrawal
    sent_at = 0.0
    deleted = False
    left = False  # a deliverer has taken a job of it: it may be on the portal
    planned: Planned | None = None

    def __init__(self, institution: str):
        self.institution = institution  # id on the desk
