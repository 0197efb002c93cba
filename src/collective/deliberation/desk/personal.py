"""Who may not view personal data sees nothing of what may hold some, whatever Plone's own views would show.

Most views, services and methods of Plone ask for "View" alone: the serialised parent of an annex, the history with its
comments, ``Title`` itself. So these objects are refused as a whole, and the catalog knows that.
"""

from AccessControl import getSecurityManager
from AccessControl.PermissionRole import rolesForPermissionOn
from collective.deliberation.content.annex import IAnnex
from collective.deliberation.content.interfaces import IMarked
from collective.deliberation.interfaces import IDeskLayer
from plone import api
from plone.indexer import indexer
from plone.rest.traverse import RESTWrapper
from zExceptions import Unauthorized


LISTED = "Access contents information"  # what Plone asks for before it lists an object
PERSONAL = "collective.deliberation: View personal data"


def holds_personal_data(obj) -> bool:
    """Whether an object's texts, title or file may hold originals."""
    return IMarked.providedBy(obj) or IAnnex.providedBy(obj)


def refuse_without_the_right(event) -> None:
    """On ``IPubAfterTraversal``: an address that leads to such an object, or through one.

    :raises Unauthorized: without the permission on each of them
    """
    request = event.request
    if not IDeskLayer.providedBy(request):
        return
    may = getSecurityManager().checkPermission
    for each in passed(request):
        if holds_personal_data(each) and not may(PERSONAL, each):
            raise Unauthorized("personal data")


def passed(request) -> list:
    """The objects that an address led through, and what its view or service is about.

    For a REST request they are wrapped, and the wrapper doesn't say what it holds.
    """
    found = [*request.get("PARENTS", ()), getattr(request.get("PUBLISHED"), "context", None)]
    return [each.context if isinstance(each, RESTWrapper) else each for each in found]


@indexer(IMarked)
def readers_of_marked(obj):
    return readers(obj)


@indexer(IAnnex)
def readers_of_annex(obj):
    return readers(obj)


def readers(obj) -> list[str]:
    """For the index ``allowedRolesAndUsers``: who has both permissions, by a role here or anywhere."""
    allowed = set(rolesForPermissionOn(LISTED, obj)) & set(rolesForPermissionOn(PERSONAL, obj))
    local = api.portal.get_tool("acl_users")._getAllLocalRoles(obj)
    users = (f"user:{user}" for user, roles in local.items() if allowed.intersection(roles))
    return sorted({*allowed, *users} - {"Owner"})
