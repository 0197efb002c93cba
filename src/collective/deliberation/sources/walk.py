"""Bring a meeting or an item through its own workflow to the state it has at the source."""

from collective.deliberation import _
from plone import api
from Products.CMFCore.WorkflowCore import WorkflowException


ITEM = ("draft", "proposed", "approved", "decided", "validated")
MEETING = ("preparation", "convened", "held", "closed")
_FORWARD = {
    "proposed": "propose",
    "approved": "approve",
    "decided": "decide",
    "validated": "validate",
    "convened": "convene",
    "held": "hold",
    "closed": "close",
}


class Refused(WorkflowException):
    """A transition that this user may not make; the first argument is a message for people."""


def steps(order: tuple[str, ...], state: str, target: str) -> tuple[str, ...] | None:
    """The transitions from ``state`` to ``target``; None when there is no way forward."""
    if state not in order or order.index(state) > order.index(target):
        return None
    return tuple(_FORWARD[name] for name in order[order.index(state) + 1 : order.index(target) + 1])


def forward(content, order: tuple[str, ...], target: str, comment: str) -> bool:
    """Whether the content is at ``target`` now; each step has the comment in its history.

    :raises Refused: when a transition is not allowed to this user
    """
    way = steps(order, api.content.get_state(content), target)
    for transition in way or ():
        step(content, transition, comment)
    return way is not None


def step(content, transition: str, comment: str) -> None:
    """One transition.

    :raises Refused: as ``forward``
    """
    workflow = api.portal.get_tool("portal_workflow")
    if transition not in [action["id"] for action in workflow.getTransitionsFor(content)]:
        raise Refused(
            _(
                "import_refused",
                default="You may not make the transition “${transition}”, which this meeting has "
                "passed at the source: ask a clerk to import it.",
                mapping={"transition": transition},
            )
        )
    try:
        workflow.doActionFor(content, transition, comment=comment)
    except WorkflowException as error:  # a guard's, already in the user's language
        raise Refused(str(error)) from None
