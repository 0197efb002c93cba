"""What a source holds, as typed values: one meeting, its items, the files it names. Pure."""

import hashlib
import json
from dataclasses import asdict
from dataclasses import dataclass
from datetime import datetime
from typing import Literal


class SourceError(ValueError):
    """An answer of a source that can't be read.

    ``field`` is the path of the first field that is wrong, e.g. ``items.3.itemNumber``; ``message`` is
    a message id for people that says what it must be. Neither repeats the value: it may be personal.
    """

    def __init__(self, field, message):
        words = getattr(message, "default", None) or message
        super().__init__(f"{field}: {words}" if field else words)
        self.field = field
        self.message = message


@dataclass(frozen=True, slots=True)
class SourceAnnex:
    """A file that the source names; its bytes are elsewhere."""

    uid: str
    parent: str  # address of its item at the source
    title: str
    category: str
    mime_type: str
    size: int  # bytes
    publishable: bool


@dataclass(frozen=True, slots=True)
class SourceItem:
    uid: str
    address: str  # at the source
    number: str  # as shown, e.g. "12" or "12.1"
    position: int  # sort key: hundredths, 1200 or 1210
    list_type: Literal["normal", "late"]
    state: str  # the source's own word, e.g. "accepted"
    public: bool  # False: closed session
    title: str
    category: str  # for people; "" when none
    representatives: tuple[str, ...]
    motivation: str  # HTML
    decision: str  # HTML


@dataclass(frozen=True, slots=True)
class SourceMeeting:
    uid: str
    body: str  # slug, e.g. "college"
    start: datetime  # aware
    end: datetime | None  # aware
    location: str
    state: str  # the source's own word, e.g. "closed"
    attendance: str  # HTML


@dataclass(frozen=True, slots=True)
class Source:
    """One meeting with its items in the order of the agenda."""

    system: str  # e.g. "iA.Délib"
    meeting: SourceMeeting
    items: tuple[SourceItem, ...]
    annexes: tuple[SourceAnnex, ...]


def digest(value: SourceMeeting | SourceItem) -> str:
    """Equal exactly when the source says the same: SHA-256 in hex."""
    text = json.dumps(asdict(value), default=datetime.isoformat, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
