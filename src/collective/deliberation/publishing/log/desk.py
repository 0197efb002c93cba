"""The desk's side: what its people had published, by whom, and the portal's receipts.

What is noted waits in the transaction that publishes, unchained, so that an agent's transaction never meets
another one's at the end of a log. A deliverer seals what waits: it gives each its number and its hash.
The logs outlive items, meetings and institutions.
"""

import time
from AccessControl import getSecurityManager
from BTrees.OOBTree import OOBTree
from collections.abc import Iterator
from collections.abc import Mapping
from collective.deliberation.publishing import wire
from collective.deliberation.publishing.log.entries import gone
from collective.deliberation.publishing.log.entries import HASH
from collective.deliberation.publishing.log.entries import put
from collective.deliberation.publishing.log.entries import Receipt
from collective.deliberation.publishing.log.entries import What
from collective.deliberation.publishing.log.kept import PublicationLog
from collective.deliberation.publishing.records import Job
from dataclasses import dataclass
from datetime import datetime
from datetime import timezone
from itertools import islice
from persistent import Persistent
from secrets import token_hex
from typing import Any
from zope.annotation.interfaces import IAnnotations


KEY = "collective.deliberation.publication_log"
AT_ONCE = 500  # entries sealed in one transaction
LAST = "~"  # a last key that never leaves: a tree that becomes empty can't be merged


@dataclass(frozen=True)
class Noted:
    """What waits for its place in a log."""

    institution: str
    what: What
    at: datetime
    by: str
    why: str = ""
    receipt: Receipt | None = None


class DeskLog(Persistent):
    def __init__(self):
        self.waiting = OOBTree({LAST: None})  # in the order of their time: Noted
        self.logs = OOBTree()  # institution's id: PublicationLog


def note_order(site, institution: str, what: What, why: str = "") -> None:
    """Somebody had this published or withdrawn: the current user.

    :param why: the reason of a withdrawal, neutralised
    """
    user = getSecurityManager().getUser().getId() or ""
    _wait(site, Noted(institution, what, _now(), user, why))


def note_confirmation(site, job: Job, answer: Mapping[str, Any]) -> None:
    """The portal said that it has done a job, which still has its document; its receipt is kept."""
    if job.snapshot is not None:
        document = job.snapshot.document
        what = put("confirm", document, wire.content_hash(document))
    else:
        what = gone("confirm", job.uid, job.kind, job.revision)
    receipt = _receipt(answer.get("log"))
    _wait(site, Noted(job.institution, what, _now(), "", receipt=receipt))


def seal(site) -> int:
    """Give what waits its place in the logs; return how many. Two at a time conflict, and one is tried again."""
    kept = IAnnotations(site).get(KEY)
    waiting = kept.waiting.items(max=LAST, excludemax=True) if kept is not None else ()
    waiting = list(islice(waiting, AT_ONCE))
    for key, noted in waiting:
        if noted.institution not in kept.logs:
            kept.logs[noted.institution] = PublicationLog("desk", noted.institution)
        log = kept.logs[noted.institution]
        log.append(noted.what, noted.at, noted.by, noted.why, noted.receipt)
        del kept.waiting[key]
    return len(waiting)


def waits(site) -> bool:
    """Whether something is to be sealed."""
    kept = IAnnotations(site).get(KEY)
    return kept is not None and kept.waiting.minKey() != LAST


def log_of(site, institution: str) -> PublicationLog | None:
    """The log of an institution, for reading; ``None`` while it is empty."""
    kept = IAnnotations(site).get(KEY)
    return kept.logs.get(institution) if kept is not None else None


def logs(site) -> Iterator[PublicationLog]:
    """The logs of all institutions."""
    kept = IAnnotations(site).get(KEY)
    yield from kept.logs.values() if kept is not None else ()


def _wait(site, noted: Noted) -> None:
    annotations = IAnnotations(site)
    if KEY not in annotations:
        annotations[KEY] = DeskLog()
    annotations[KEY].waiting[f"{int(time.time() * 1e6):017d}-{token_hex(4)}"] = noted


def _receipt(value: Any) -> Receipt | None:
    """What a portal answered as its receipt, when it is one: a portal may be older, or wrong."""
    number, hash = (value.get("number"), value.get("hash")) if isinstance(value, dict) else (0, "")
    if (
        type(number) is int
        and 0 < number < 2**53
        and isinstance(hash, str)
        and HASH.fullmatch(hash)
    ):
        return Receipt(number, hash)
    return None


def _now() -> datetime:
    return datetime.now(timezone.utc)
