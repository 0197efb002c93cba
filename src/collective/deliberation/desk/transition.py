"""The form every workflow action leads to: what it does, what it needs, a reason where one is due."""

import transaction
from collective.deliberation import _
from collective.deliberation.content.numbering import items_of
from collective.deliberation.desk.deadlines import missed_on_convening
from collective.deliberation.desk.labels import CONSEQUENCES
from collective.deliberation.desk.labels import TRANSITIONS
from collective.deliberation.desk.screen import Screen
from collective.deliberation.workflow.checklist import checklist
from collective.deliberation.workflow.guards import FOUR_EYES
from collective.deliberation.workflow.guards import needs_reason
from collective.deliberation.workflow.guards import refusals
from collective.deliberation.workflow.rights import may
from plone import api
from plone.protect.authenticator import check
from Products.CMFCore.WorkflowCore import WorkflowException
from zExceptions import Unauthorized


MAX_REASON = 2000


class TransitionForm(Screen):
    error = ""  # of the whole form
    reason_error = None  # a message id, of the field

    def __call__(self):
        self.name = self.request.form.get("workflow_action", "")
        if self.name not in [step.id for step in self.steps()]:
            return self._not_now()
        if self.request.method == "POST":
            check(self.request)
            if self._perform():
                return self._done()
        return self.index()

    @property
    def title(self):
        return TRANSITIONS[self.name]

    @property
    def consequence(self):
        return CONSEQUENCES.get(self.name, "")

    @property
    def reason(self):
        return (self.request.form.get("reason") or "")[:MAX_REASON]

    def needs_reason(self):
        return needs_reason(self.name, self.context)

    def reason_is_public(self):
        return self.name == "withdraw"

    def checklist(self):
        return checklist(self.context) if self.name in FOUR_EYES else ()

    def refusals(self):
        """What refuses it beside the checklist, which has its own place on the form."""
        listed = {check.message for check in self.checklist() if not check.ok}
        return [each for each in refusals(self.context, self.name) if each not in listed]

    def is_refused(self):
        return bool(refusals(self.context, self.name))

    def missed_deadline(self):
        return missed_on_convening(self.context) if self.name == "convene" else None

    def left_behind(self):
        """Items that this step of a meeting doesn't publish, as they aren't validated yet."""
        wanted = {"convene": ("draft", "proposed"), "close": ("approved", "decided")}
        states = wanted.get(self.name, ()) if self.context.portal_type == "Meeting" else ()
        items = items_of(self.context) if states else ()
        return [item for item in items if api.content.get_state(item) in states]

    def _perform(self):
        reason = self.reason.strip()
        if self.needs_reason() and not reason:
            self.reason_error = _(
                "refused_no_reason", default="Give a reason in the field “Reason”."
            )
            return False
        before = transaction.savepoint()
        try:
            api.portal.get_tool("portal_workflow").doActionFor(
                self.context, self.name, comment=reason
            )
        except WorkflowException as refusal:
            before.rollback()
            self.error = str(refusal)
            return False
        return True

    def _done(self):
        api.portal.show_message(
            _("transition_done", default="Done: ${title}.", mapping={"title": self.title}),
            self.request,
        )
        self.request.response.redirect(self._next_page())
        return ""

    def _next_page(self):
        content = self.context
        if content.portal_type == "Annex":  # back to where the other annexes are
            content = content.__parent__
        return f"{content.absolute_url()}/view"

    def _not_now(self):
        """Not a transition, not for this user, or already done by somebody else."""
        if not may(self.context, self.name):
            raise Unauthorized(self.name)
        api.portal.show_message(
            _(
                "transition_not_now",
                default="This step isn't open to you now: somebody may have done it already.",
            ),
            self.request,
            type="warning",
        )
        self.request.response.redirect(f"{self.context.absolute_url()}/view")
        return ""
