"""``{institution}/@@withdrawal-reasons`` on the portal: a reason leaves the log, and the page of what was withdrawn."""

from collective.deliberation import _
from collective.deliberation.portal import store
from collective.deliberation.portal.events import PublicationChanged
from collective.deliberation.portal.log.record import log_of
from collective.deliberation.publishing.log import forgetting
from collective.deliberation.publishing.log.kept import PublicationLog
from collective.deliberation.publishing.log.lines import Line
from zope.event import notify
from zope.i18n import translate


INSTEAD = _("portal_reason_forgotten", default="Withdrawn by the institution.")


class Screen(forgetting.Screen):
    """For who manages the portal."""

    def log(self) -> PublicationLog | None:
        return log_of(self.context)

    def forgotten(self, line: Line) -> None:
        obj = store.published(self.context, line.entry.what.uid)
        shown = obj.withdrawal if obj is not None else None
        if shown is not None and shown["reason"] == self.text(line):
            obj.withdrawal = {**shown, "reason": translate(INSTEAD, target_language="fr")}
            notify(PublicationChanged(obj))
