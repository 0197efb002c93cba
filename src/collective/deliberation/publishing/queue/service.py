"""``GET @publishing-queue?state=&b_start=&b_size=``: the queue as JSON, for monitoring and other tools."""

from collective.deliberation.publishing.outbox import peek
from collective.deliberation.publishing.queue import rows
from collective.deliberation.publishing.records import STATES
from plone.restapi.batching import HypermediaBatch
from plone.restapi.services import Service
from zExceptions import BadRequest
from zope.i18n import translate


class QueueGet(Service):
    NEXT = 50  # plans in one answer

    def reply(self):
        state = self.request.form.get("state") or None
        if state not in (None, *STATES):
            raise BadRequest(f"state: must be one of {', '.join(STATES)}")
        box = peek(self.context)
        batch = HypermediaBatch(self.request, rows.ids_of(box, state) if box is not None else [])
        beat = rows.heartbeat(box)
        return {
            "@id": batch.canonical_url,
            "deliverer": {"alive": beat.alive, "since": _iso(beat.since)},
            "counts": box.counts() if box is not None else dict.fromkeys(STATES, 0),
            "planned": [self._planned(row) for row in self._plans(box)],
            "items_total": batch.items_total,
            "items": [self._row(row) for row in (rows.rows(box, list(batch)) if box else [])],
            **({"batching": batch.links} if batch.links else {}),
        }

    def _plans(self, box):
        """The next ones: as many as a batch has."""
        uids = box.planned()[: self.NEXT] if box is not None else []
        return rows.planned_rows(box, uids) if uids else []

    def _planned(self, row: rows.PlannedRow):
        return {
            "@id": row.url or None,
            "kind": row.kind,
            "title": row.title,
            "when": _iso(row.when),
            "problem": translate(row.problem, context=self.request) or None,
        }

    def _row(self, row: rows.Row):
        return {
            "@id": row.url or None,
            "id": row.id,
            "state": row.state,
            "action": row.action,
            "kind": row.kind,
            "title": row.title,
            "public_url": row.public_url or None,
            "revision": row.revision,
            "attempts": row.attempts,
            "reason": translate(row.reason, context=self.request) or None,
            "updated": _iso(row.updated),
            "next_attempt": _iso(row.next_attempt),
            "planned": _iso(row.planned),
            "minutes_late": row.late,
        }


def _iso(moment):
    return moment.isoformat() if moment is not None else None
