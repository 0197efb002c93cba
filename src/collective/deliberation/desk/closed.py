"""The desk is never anonymous: without an account every address answers 401, but the way in.

This stands before views, services and search alike; the workflows close the content itself.
"""

from AccessControl import getSecurityManager
from collective.deliberation.interfaces import IDeskLayer
from zExceptions import Unauthorized


# The login form with what it needs: names of views, and namespaces of static resources.
_WAY_IN = frozenset(
    {
        "@login",
        "failsafe_login",
        "favicon.ico",
        "logged-out",
        "logged_out",
        "login",
        "login-help",
        "logout",
        "mail_password",
        "mail_password_form",
        "passwordreset",
        "pwreset_form",
        "require_login",
    }
)
_STATIC = ("++plone++", "++resource++", "++theme++", "++webresource++")


def refuse_the_anonymous(event) -> None:
    """On ``IPubAfterTraversal``.

    :raises Unauthorized: for a request to the desk that brings no valid account
    """
    request = event.request
    if not IDeskLayer.providedBy(request) or getSecurityManager().getUser().getId() is not None:
        return
    if not is_way_in(request.steps):
        raise Unauthorized("This site is for its members only.")


def is_way_in(steps: list[str]) -> bool:
    """Whether a traversed path leads to the login form or to one of its static resources."""
    if any(step.startswith(_STATIC) for step in steps[:3]):
        return True
    return bool(steps) and steps[-1].removeprefix("@@") in _WAY_IN
