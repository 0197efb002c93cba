"""What a transition needs beyond a permission: a complete checklist, four eyes, a reason.

The refusal is a ``WorkflowException`` whose text is for the person who asked, in their language: the
desk's screens and plone.restapi show it alike.
"""

from collective.deliberation import _
from collective.deliberation.content.annexes import decisions
from collective.deliberation.content.review.decisions import open_groups
from collective.deliberation.workflow.checklist import missing
from collective.deliberation.workflow.elsewhere import validating_system
from plone import api
from Products.CMFCore.WorkflowCore import WorkflowException
from zope.globalrequest import getRequest
from zope.i18n import translate


REASONED = frozenset({"reject", "revise", "withdraw", "reopen", "prepare"})
# A human validation, and the transitions whose actor may not do it too.
FOUR_EYES = {"approve": ("propose",), "validate": ("decide",)}


def needs_reason(transition: str, content=None) -> bool:
    """Whether a transition takes a reason; an annex that holds finds, or can't be searched, does."""
    if content is not None and content.portal_type == "Annex":
        return decisions.needs_reason(content, transition)
    return transition in REASONED


def before_transition(content, event) -> None:
    """Refuse, before anything is changed.

    :raises WorkflowException: with what is missing
    """
    if event.transition is None:  # the initial state
        return
    if content.portal_type == "Annex":
        decisions.take(content, event.transition.id)
    problems = [*_reason(content, event), *refusals(content, event.transition.id)]
    if problems:
        texts = [translate(problem, context=getRequest()) for problem in problems]
        raise WorkflowException(" ".join(texts))


def refusals(content, transition: str) -> list:
    """Why ``content`` can't take a transition now, as message ids; empty when it can."""
    if content.portal_type == "Item":
        if validating_system():
            return _held(content, transition)
        return [
            *_checklist(content, transition),
            *_eyes(content, transition),
            *_held(content, transition),
        ]
    if content.portal_type == "Annex":
        return decisions.refusals(content, transition)
    if content.portal_type == "Meeting" and not validating_system():
        return _unjudged(content, transition)
    return []


def _reason(content, event) -> list:
    if (
        needs_reason(event.transition.id, content)
        and not (event.kwargs.get("comment") or "").strip()
    ):
        return [_("refused_no_reason", default="Give a reason in the field “Reason”.")]
    return []


def _checklist(item, transition: str) -> list:
    if transition not in FOUR_EYES:
        return []
    return [check.message for check in missing(item)]


def _eyes(item, transition: str) -> list:
    if transition not in FOUR_EYES:
        return []
    actor = api.user.get_current().getId()
    history = item.workflow_history.get("deliberation_item_workflow", ())
    earlier = [entry["actor"] for entry in history if entry["action"] in FOUR_EYES[transition]]
    authors = {*earlier[-1:], *([item.Creator()] if transition == "approve" else [])}
    if actor in authors:
        return [
            _(
                "refused_four_eyes",
                default="You wrote or proposed this yourself: another clerk must validate it.",
            )
        ]
    return []


def _unjudged(meeting, transition: str) -> list:
    """What a meeting itself publishes, its attendance for one, is judged before it leaves."""
    left = open_groups(meeting) if transition in ("convene", "close") else ()
    if not left:
        return []
    return [
        _(
            "refused_meeting_suggestions",
            default="Still to be judged in the texts of the meeting itself: ${count} suggestions. Review its "
            "personal data first.",
            mapping={"count": str(len(left))},
        )
    ]


def _held(item, transition: str) -> list:
    if transition != "decide" or api.content.get_state(item.__parent__) in ("held", "closed"):
        return []
    return [
        _(
            "refused_not_held",
            default="The meeting hasn't been held yet: mark it as held, then record the decision.",
        )
    ]
