"""Transitions and checklist over REST: the same guards and messages as on the desk's screens."""

import transaction
from collective.deliberation.workflow.checklist import checklist
from collective.deliberation.workflow.rights import may
from plone.restapi.services import Service
from plone.restapi.services.workflow.transition import WorkflowTransition
from zope.i18n import translate


class Transition(WorkflowTransition):
    """``POST {content}/@workflow/{transition}``: 403 without the right, 400 when refused.

    A refusal leaves nothing half-written: plone.restapi turns it into an answer and commits.
    """

    def reply(self):
        if self.transition and not may(self.context, self.transition):
            self.request.response.setStatus(403)
            message = self.context.translate(
                "refused_no_permission",
                domain="collective.deliberation",
                default="Your account may not do this.",
            )
            return {"error": {"type": "Forbidden", "message": message}}
        before = transaction.savepoint()
        answer = super().reply()
        if self.request.response.getStatus() >= 400:
            before.rollback()
        return answer


class Checklist(Service):
    """``GET {item}/@checklist``: ``{"complete": bool, "items": [{id, title, ok, message}]}``."""

    def reply(self):
        checks = checklist(self.context)
        return {
            "@id": f"{self.context.absolute_url()}/@checklist",
            "complete": all(check.ok for check in checks),
            "items": [
                {
                    "id": check.id,
                    "title": translate(check.title, context=self.request),
                    "ok": check.ok,
                    "message": translate(check.message, context=self.request),
                }
                for check in checks
            ],
        }
