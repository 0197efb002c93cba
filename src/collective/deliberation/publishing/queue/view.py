"""``@@publishing-queue``: what waits, what was sent, what failed or was refused and why; and retry."""

from collective.deliberation import _
from collective.deliberation.content.french_dates import hour
from collective.deliberation.content.french_dates import long_date
from collective.deliberation.publishing.outbox import outbox
from collective.deliberation.publishing.outbox import peek
from collective.deliberation.publishing.queue import rows
from collective.deliberation.publishing.records import STATES
from collective.deliberation.publishing.retry import retry
from plone import api
from plone.batching import Batch
from plone.protect.authenticator import check
from Products.Five.browser import BrowserView
from zExceptions import MethodNotAllowed


BATCH = 50
PLANNED = "planned"  # beside the states of jobs: what has no job yet
RETRIABLE = ("failed", "parked")


class Queue(BrowserView):
    """The screen. ``?state=`` shows one state, or what is planned; else all that is not sent."""

    @property
    def state(self):
        asked = self.request.form.get("state")
        return asked if asked in STATES else None

    def tabs(self):
        box = peek(self.context)
        counts = box.counts() if box is not None else dict.fromkeys(STATES, 0)
        tab = {
            "title": _("queue_open", default="Not sent"),
            "state": "",
            "selected": not self.state and not self.shows_plans,
        }
        yield {**tab, "count": sum(counts.values()) - counts["sent"]}
        for state in STATES:
            title = rows.STATE_TITLES[state]
            selected = state == self.state
            yield {"title": title, "state": state, "count": counts[state], "selected": selected}

        count = len(box.planned()) if box is not None else 0
        title = _("queue_planned", default="Planned")
        yield {"title": title, "state": PLANNED, "count": count, "selected": self.shows_plans}

    @property
    def shows_plans(self):
        return self.request.form.get("state") == PLANNED

    def plans(self, batch):
        return rows.planned_rows(peek(self.context), list(batch)) if len(batch) else []

    def may_plan(self):
        permission = "collective.deliberation: Validate publication"
        return api.user.has_permission(permission, obj=self.context)

    def batch(self):
        box = peek(self.context)
        if box is None:
            ids = []
        elif self.shows_plans:
            ids = box.planned()
        else:
            ids = rows.ids_of(box, self.state)
        start = self.request.form.get("b_start", "0")
        start = int(start) if isinstance(start, str) and start.isdigit() and len(start) < 9 else 0
        return Batch(ids, size=BATCH, start=start)

    def rows(self, batch):
        return rows.rows(peek(self.context), list(batch)) if len(batch) else []

    def heartbeat(self):
        return rows.heartbeat(peek(self.context))

    def may_retry(self):
        return api.user.has_permission(
            "collective.deliberation: Manage publishing queue", obj=self.context
        )

    def retriable(self):
        box = peek(self.context)
        counts = box.counts() if box is not None else {}
        return sum(counts.get(state, 0) for state in RETRIABLE)

    def state_title(self, row):
        return rows.STATE_TITLES[row.state]

    def action_title(self, row):
        return rows.ACTION_TITLES[row.action]

    def kind_title(self, row):
        return rows.KIND_TITLES[row.kind]

    def when(self, moment):
        """As plans are chosen: in the time of Brussels, whatever the server's."""
        return f"{long_date(moment)}, {hour(moment)}"

    def time(self, moment):
        return api.portal.get_localized_time(moment, long_format=True) if moment else ""


class Retry(BrowserView):
    """POST ``id=`` of one job, or ``all=1``; then back to the screen."""

    def __call__(self):
        if self.request.method != "POST":
            raise MethodNotAllowed("POST")
        check(self.request)
        box = outbox(self.context)
        if self.request.form.get("all"):
            ids = [id for state in RETRIABLE for id in box.ids(state)]
        else:
            ids = [str(self.request.form.get("id", ""))]
        tried = 0
        for id in ids:
            job = box.jobs.get(id)  # a retry before may have replaced it
            if job is not None and job.state in RETRIABLE:
                retry(box, job)
                tried += 1
        message = _(
            "queue_retried",
            default="${count} tried again: the result shows here in a moment.",
            mapping={"count": tried},
        )
        api.portal.show_message(message, self.request)
        return self.request.response.redirect(f"{self.context.absolute_url()}/@@publishing-queue")
