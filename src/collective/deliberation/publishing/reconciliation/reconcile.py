"""Compare a desk with its portals, and on request queue what mends the differences.

Neither side loads an object for it: the outbox knows what was confirmed, the portal lists what it has, in
batches and in the same order. What seems to differ is looked at a second time, as it may have been on its way.
"""

import time
from collections.abc import Callable
from collections.abc import Iterator
from collective.deliberation.publishing.announce import announce
from collective.deliberation.publishing.announce import WITHDRAWN
from collective.deliberation.publishing.client import Done
from collective.deliberation.publishing.client import PortalClient
from collective.deliberation.publishing.delivery import client_for
from collective.deliberation.publishing.log import desk as log
from collective.deliberation.publishing.log.entries import gone
from collective.deliberation.publishing.outbox import outbox
from collective.deliberation.publishing.outbox import peek
from collective.deliberation.publishing.reconciliation.comparing import Difference
from collective.deliberation.publishing.reconciliation.comparing import differences
from collective.deliberation.publishing.reconciliation.comparing import Ours
from collective.deliberation.publishing.reconciliation.comparing import Theirs
from collective.deliberation.publishing.reconciliation.report import Compared
from collective.deliberation.publishing.reconciliation.report import Report
from collective.deliberation.publishing.records import Known
from collective.deliberation.publishing.transactions import committed
from datetime import datetime
from datetime import timezone
from plone import api
from typing import Any
from zope.component.hooks import setSite
from zope.i18n import translate


BATCH = 1000
ATTEMPTS = 5  # for one batch: a portal that is restarted answers again within seconds


class Unanswered(Exception):
    """A batch of the portal's list that did not come; ``reason`` is a message."""

    def __init__(self, reason: str):
        super().__init__()
        self.reason = reason


def reconcile(
    app,
    manager,
    desk: str,
    institution: str = "",
    *,
    repair: bool = False,
    verify: bool = False,
    pause: Callable[[float], Any] = time.sleep,
) -> Report:
    """Compare one desk, all its institutions or one.

    :param app: in a connection of its own, whose transactions are those of ``manager``
    :param repair: queue what mends the differences; the deliverer then carries it out
    :param verify: the portal reads each object again instead of trusting its index
    """
    begun, clock = time.time(), time.monotonic()
    manager.begin()
    site = app[desk]
    setSite(site)
    ours = _ours(site, app._p_jar)
    wanted = [institution] if institution else sorted({*ours, *_institutions(site)})
    found, repaired = [], 0
    for each in wanted:
        compared = _compare(site, each, ours.get(each, []), verify, pause)
        manager.begin()
        compared = _confirmed(site, compared)
        found.append(compared)
        if repair:
            for one in compared.differences:
                repaired += committed(manager, lambda one=one, each=each: _repair(site, each, one))
    return Report(begun, time.monotonic() - clock, repaired, tuple(found))


def _institutions(site) -> list[str]:
    """Those that have a portal: what is only there must be found, too."""
    folders = site.objectValues("Institution") or site.objectValues()
    return [
        each.getId()
        for each in folders
        if getattr(each, "portal_type", "") == "Institution" and getattr(each, "portalUrl", None)
    ]


def _ours(site, connection) -> dict[str, list[Ours]]:
    """By institution, in the order of UIDs; about 250 bytes for each."""
    found: dict[str, list[Ours]] = {}
    box = peek(site)
    for number, (uid, known) in enumerate(box.objects.items() if box is not None else ()):
        found.setdefault(known.institution, []).append(_our(uid, known, box))
        if number % BATCH == BATCH - 1:
            connection.cacheMinimize()
    return found


def _our(uid: str, known: Known, box) -> Ours:
    under_way = any(box.jobs[id].state != "parked" for id in known.pending)
    return Ours(uid, known.sent_revision, known.sent_hash, bool(known.sent_hash), under_way)


def _compare(site, institution: str, ours: list[Ours], verify: bool, pause) -> Compared:
    under_way = sum(each.under_way for each in ours)
    client = client_for(site, institution)
    if not isinstance(client, PortalClient):
        return Compared(institution, 0, under_way, problem=client.reason)
    seen = 0

    def counted() -> Iterator[Theirs]:
        nonlocal seen
        known = {each.uid for each in ours}
        for each in _theirs(client, verify, pause):
            seen += each.uid not in known
            yield each

    try:
        found = tuple(differences(ours, counted()))
    except Unanswered as error:
        return Compared(institution, 0, under_way, problem=error.reason)
    finally:
        client.close()
    return Compared(institution, len(ours) + seen, under_way, found)


def _theirs(client: PortalClient, verify: bool, pause) -> Iterator[Theirs]:
    after = ""
    while True:
        entries = _batch(client, after, verify, pause)
        for entry in entries:
            yield Theirs(
                entry["uid"],
                entry["kind"] or "",
                entry["revision"],
                entry["hash"] or "",
                entry["withdrawn"],
                entry["url"] or "",
            )
        if len(entries) < BATCH:
            return
        after = entries[-1]["uid"]


def _batch(client: PortalClient, after: str, verify: bool, pause) -> list[dict[str, Any]]:
    for attempt in range(ATTEMPTS):
        result = client.entries(after, BATCH, verify)
        if isinstance(result, Done) and isinstance(result.answer.get("items"), list):
            return result.answer["items"]
        if not getattr(result, "portal", False) or attempt == ATTEMPTS - 1:
            break
        pause(2.0**attempt)
    raise Unanswered(getattr(result, "reason", ""))


def _confirmed(site, compared: Compared) -> Compared:
    """Without those of which something was sent, or queued, since the lists were made."""
    box = peek(site)
    kept = []
    for one in compared.differences:
        known = box.objects.get(one.uid) if box is not None else None
        now = _our(one.uid, known, box) if known is not None else None
        revision = now.revision if now is not None else 0
        if revision == one.ours and not (now is not None and now.under_way):
            kept.append(one)
    return Compared(
        compared.institution,
        compared.compared,
        compared.under_way,
        tuple(kept),
        compared.problem,
    )


def _repair(site, institution: str, one: Difference) -> int:
    """Queue what makes the portal show what the desk says; 1 when there was something to queue."""
    setSite(site)
    box = outbox(site)
    known = box.known(one.uid, institution)
    if known.pending:
        return 0
    known.revision = max(known.revision, one.theirs)
    found = api.portal.get_tool("portal_catalog").unrestrictedSearchResults(UID=one.uid)
    if found:
        known.digest = ""
        announce(found[0]._unrestrictedGetObject())
    if not known.pending and (not found or not known.stage):
        _withdraw(box, known, one)
    return int(bool(known.pending))


def _withdraw(box, known: Known, one: Difference) -> None:
    known.revision += 1
    known.stage, known.digest, known.snapshots = "", "", ()
    kind = one.kind or "item"
    reason = translate(WITHDRAWN, target_language="fr")
    what = gone("withdraw", one.uid, kind, known.revision)
    log.note_order(api.portal.get(), known.institution, what, reason)
    box.add(
        known,
        uid=one.uid,
        kind=kind,
        action="delete",
        institution=known.institution,
        revision=known.revision,
        withdrawal={
            "reason": reason,
            "date": datetime.now(timezone.utc).replace(microsecond=0).isoformat(),
        },
    )
