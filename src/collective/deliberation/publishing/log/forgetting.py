"""``{institution}/@@withdrawal-reasons``: forget a reason in the log, when it holds what must be forgotten.

GET lists the reasons; POST with ``number`` and ``sure`` forgets one, for good: entries, hashes and chain stay.
"""

from collective.deliberation import _
from collective.deliberation.content.french_dates import hour
from collective.deliberation.content.french_dates import local
from collective.deliberation.content.french_dates import long_date
from collective.deliberation.publishing.log.desk import log_of
from collective.deliberation.publishing.log.kept import PublicationLog
from collective.deliberation.publishing.log.lines import Line
from collective.deliberation.workflow import audit
from datetime import datetime
from plone import api
from plone.protect.authenticator import check
from Products.Five.browser import BrowserView


WHY = "why"
NAME = "withdrawal-reasons"


class Screen(BrowserView):
    """The desk's log; who may manage its queue may do this."""

    def __call__(self):
        if self.request.method != "POST":
            return self.index()
        check(self.request)
        api.portal.show_message(self._forget(), self.request)
        return self.request.response.redirect(f"{self.context.absolute_url()}/@@{NAME}")

    def log(self) -> PublicationLog | None:
        return log_of(api.portal.get(), self.context.getId())

    def lines(self) -> list[Line]:
        """The entries with a reason that can be read, the latest first."""
        log = self.log()
        found = [line for line in log.lines() if WHY in line.openings] if log is not None else []
        return found[::-1]

    def text(self, line: Line) -> str:
        return line.openings[WHY].text

    def moment(self, line: Line) -> str:
        when = local(datetime.fromisoformat(line.entry.at))
        return f"{long_date(when)}, {hour(when)}"

    def forgotten(self, line: Line) -> None:
        """What else is to be done when the reason of an entry is forgotten."""
        audit.record(self.context, "forget_reason", str(line.entry.number))

    def _forget(self):
        form = self.request.form
        asked = form.get("number", "")
        chosen = [line for line in self.lines() if str(line.entry.number) == asked]
        if not chosen:
            return _("log_forget_unknown", default="This entry has no reason that can be read.")
        if not form.get("sure"):
            return _(
                "log_forget_unsure",
                default="Nothing was forgotten. Tick the box first: it can't be undone.",
            )
        (line,) = chosen
        self.log().forget(line.entry.number, WHY)
        self.forgotten(line)
        return _(
            "log_forgotten",
            default="The reason of entry ${number} is forgotten. The log still verifies.",
            mapping={"number": line.entry.number},
        )
