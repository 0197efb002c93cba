"""``@@reconciliation``: what the last comparison with the portals found; and ask for another one, or a repair."""

import time
from collective.deliberation import _
from collective.deliberation.content.french_dates import hour
from collective.deliberation.content.french_dates import long_date
from collective.deliberation.publishing.outbox import peek as outbox_of
from collective.deliberation.publishing.reconciliation.kept import kept
from collective.deliberation.publishing.reconciliation.kept import peek
from collective.deliberation.publishing.reconciliation.report import KINDS
from collective.deliberation.publishing.status import moment
from plone import api
from plone.protect.authenticator import check
from Products.Five.browser import BrowserView
from zExceptions import MethodNotAllowed


MOST = 200  # differences of one institution on the screen; all are in the JSON and in the command


class Screen(BrowserView):
    def kept(self):
        return peek(self.context)

    def may_ask(self):
        permission = "collective.deliberation: Manage publishing queue"
        return api.user.has_permission(permission, obj=self.context)

    def is_running(self):
        return self.kept().running_until > time.time()

    def when(self, report):
        return f"{long_date(moment(report.at))}, {hour(moment(report.at))}"

    def title(self, institution_id):
        return getattr(self.context.get(institution_id), "title", "") or institution_id

    def rows(self, compared):
        """The first differences, with what they are about where it is still on the desk."""
        shown = compared.differences[:MOST]
        catalog = api.portal.get_tool("portal_catalog")
        brains = {each.UID: each for each in catalog(UID=[one.uid for one in shown])}
        for one in shown:
            brain = brains.get(one.uid)
            yield {
                "what": KINDS[one.what],
                "title": brain.Title if brain is not None else one.uid,
                "url": f"{brain.getURL()}/view" if brain is not None else "",
                "public_url": one.url,
                "ours": one.ours or "–",
                "theirs": one.theirs or "–",
            }

    def more(self, compared):
        return max(0, len(compared.differences) - MOST)


class Ask(BrowserView):
    """POST, with ``repair=1`` for a repair; a deliverer does it, and the screen shows what it found."""

    def __call__(self):
        if self.request.method != "POST":
            raise MethodNotAllowed("POST")
        check(self.request)
        if outbox_of(self.context) is None:
            message = _("reconcile_nothing", default="Nothing was ever published from here.")
        else:
            kept(self.context).ask(time.time(), bool(self.request.form.get("repair")))
            message = _(
                "reconcile_asked",
                default="The comparison begins within seconds; load this page again to see what it found.",
            )
        api.portal.show_message(message, self.request)
        return self.request.response.redirect(f"{self.context.absolute_url()}/@@reconciliation")
