"""``@@publication-plan`` of a meeting or an item: when it becomes public, to see and to change."""

from collective.deliberation import _
from collective.deliberation.content.french_dates import hour
from collective.deliberation.content.french_dates import local
from collective.deliberation.content.french_dates import long_date
from collective.deliberation.publishing import schedule
from collective.deliberation.publishing.outbox import peek
from collective.deliberation.publishing.plan import AS_MEETING
from collective.deliberation.publishing.plan import chosen
from collective.deliberation.publishing.plan import LEGAL
from collective.deliberation.publishing.plan import legal_day
from collective.deliberation.publishing.plan import ONCE
from collective.deliberation.publishing.plan import Plan
from collective.deliberation.publishing.planning import set_plan
from collective.deliberation.publishing.status import publication_of
from dataclasses import dataclass
from datetime import datetime
from plone import api
from plone.protect.authenticator import check
from plone.protect.authenticator import createToken
from Products.Five.browser import BrowserView
from typing import Any


CHOSEN = "chosen"
STAGES = {
    "drafts": _("plan_drafts", default="Drafts"),
    "decisions": _("plan_decisions", default="Decisions"),
}


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    title: Any
    detail: str


class Planner(BrowserView):
    def __call__(self):
        self.problems: dict[str, Any] = {}
        self.typed = {name: self._kept(name) for name in STAGES}
        if self.request.method == "POST":
            check(self.request)
            self.typed = {name: self._sent(name) for name in STAGES}
            choices = {name: self._choice(name) for name in STAGES}
            if not self.problems:
                set_plan(self.context, Plan(**choices))
                message = _("plan_saved", default="The plan is saved.")
                api.portal.show_message(message, self.request)
                self.request.response.redirect(f"{self.context.absolute_url()}/view")
                return ""
            self.request.response.setStatus(400)
        return self.index()

    def token(self):
        return createToken()

    def stages(self):
        return STAGES.items()

    def options(self, name: str) -> list[Option]:
        day = long_date(legal_day(schedule.dates_of(self.context), self._stage(name)))
        found = [
            Option(ONCE, _("plan_once", default="As soon as it may be"), ""),
            Option(LEGAL, _("plan_legal", default="On the legal day"), day),
            Option(CHOSEN, _("plan_chosen", default="At a moment of your choice"), ""),
        ]
        if self.context.portal_type == "Item":
            as_meeting = _("plan_as_meeting", default="As its meeting")
            found.insert(0, Option("meeting", as_meeting, self._of_the_meeting(name)))
        return found

    def selected(self, name: str) -> str:
        return self.typed[name][0]

    def when(self, name: str) -> str:
        return self.typed[name][1]

    def publication(self):
        return publication_of(self.context)

    def words(self, moment: datetime) -> str:
        return f"{long_date(moment)}, {hour(moment)}"

    def _of_the_meeting(self, name: str) -> str:
        meeting = self.context.__parent__
        when = schedule.due(meeting, self._stage(name), peek(api.portal.get()))
        return self.words(when) if when is not None else ""

    def _stage(self, name: str) -> str:
        return "decision" if name == "decisions" else "draft"

    def _kept(self, name: str) -> tuple[str, str]:
        choice = getattr(schedule.plan_of(self.context), name)
        if choice == AS_MEETING:
            return ("meeting" if self.context.portal_type == "Item" else ONCE), ""
        if choice in (ONCE, LEGAL):
            return choice, ""
        return CHOSEN, local(datetime.fromisoformat(choice)).strftime("%Y-%m-%dT%H:%M")

    def _sent(self, name: str) -> tuple[str, str]:
        form = self.request.form
        return str(form.get(name, "")), str(form.get(f"{name}_when", ""))

    def _choice(self, name: str) -> str:
        option, typed = self.typed[name]
        if option not in [each.value for each in self.options(name)]:
            self.problems[name] = _("plan_no_option", default="Choose one of these.")
            return AS_MEETING
        if option == "meeting":
            return AS_MEETING
        if option != CHOSEN:
            return option
        moment = chosen(typed)
        if moment is None:
            self.problems[name] = _(
                "plan_no_moment",
                default="Give a day and an hour, e.g. 14/12/2026 08:00, in the time of Brussels.",
            )
        return moment or AS_MEETING
