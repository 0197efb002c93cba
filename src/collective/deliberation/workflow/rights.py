"""Whether an account has the right to a transition at all, whatever the present state."""

from plone import api


def may(content, transition: str) -> bool:
    """False when the transition asks for a permission that the account lacks on ``content``."""
    for workflow in api.portal.get_tool("portal_workflow").getWorkflowsFor(content):
        known = workflow.transitions.get(transition)
        if known is not None:
            needed = known.guard.permissions
            return all(api.user.has_permission(each, obj=content) for each in needed)
    return True
