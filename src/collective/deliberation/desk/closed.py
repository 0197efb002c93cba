"""The desk is never anonymous: without an account every address answers 401, but the way in.

This stands before the traversal of a path, so that an answer doesn't tell what exists: an item, a
meeting behind closed doors and a mistyped address answer alike.
"""

from Acquisition import aq_inner
from Acquisition import aq_parent
from collective.deliberation import _
from collective.deliberation.interfaces import IDeskLayer
from plone import api
from plone.base.interfaces import IPloneSiteRoot
from plone.browserlayer.interfaces import ILocalBrowserLayerType
from Products.PluggableAuthService.interfaces.authservice import IPluggableAuthService
from zExceptions import NotFound
from zExceptions import Unauthorized
from zope.i18n import translate
from zope.interface import implementer
from zope.publisher.browser import BrowserView
from zope.publisher.interfaces import IPublishTraverse


REFUSAL = "deliberation-desk-closed"  # a view of every site root
# The login form with what it needs, on the site only: elsewhere their page would show where it stands.
_WAY_IN = frozenset(
    {
        "@login",
        "failsafe_login",
        "favicon.ico",
        "logged-out",
        "login",
        "login-help",
        "logout",
        "mail_password",
        "mail_password_form",
    }
)
_READS_AND_FORMS = ("GET", "HEAD", "POST")
_STATIC = ("++plone++", "++resource++", "++theme++", "++webresource++")
_RESET = "passwordreset"  # followed by the key of a mail


def refuse_the_anonymous(site, event) -> None:
    """On ``IBeforeTraverseEvent`` of a site: lead a request without a valid account to the refusal.

    :raises NotFound: for a path that leads through this site into a desk beside it
    """
    request = event.request
    if "TraversalRequestNameStack" not in request:  # code that enters a site: nothing is published
        return
    names = list(reversed(request["TraversalRequestNameStack"]))
    if is_desk(site) and not has_account(site, request):
        if request["REQUEST_METHOD"] not in _READS_AND_FORMS or not is_way_in(names):
            # No exception yet: the site's user folder, which words the answer, is asked after this
            # event. Two names: for WebDAV's methods the publisher looks for the last one itself.
            request["TraversalRequestNameStack"] = [REFUSAL, REFUSAL]
    elif leads_into_a_desk(site, names):
        raise NotFound(request["ACTUAL_URL"])


def leads_into_a_desk(site, names: list[str]) -> bool:
    """Whether a path goes on, by acquisition, into a desk that stands beside the site.

    Its gate, layers and user folder would come second then, after those of the first site.
    """
    siblings = aq_parent(aq_inner(site))
    found = (
        siblings._getOb(name, None)
        for name in names
        if name not in site and not name.startswith("/")
    )
    return any(IPloneSiteRoot.providedBy(each) and is_desk(each) for each in found)


def is_desk(site) -> bool:
    """Whether the desk's profile is installed in a site."""
    manager = site.getSiteManager()
    return IDeskLayer in manager.getAllUtilitiesRegisteredFor(ILocalBrowserLayerType)


def has_account(site, request) -> bool:
    """Whether a request brings valid credentials for a site or for the Zope that holds it."""
    folders = (getattr(parent, "acl_users", None) for parent in site.aq_chain)
    return any(
        # The part of PAS's ``validate`` that doesn't need the object which is published.
        folder._extractUserIds(request, folder.plugins)
        for folder in folders
        if IPluggableAuthService.providedBy(folder)
    )


def is_way_in(names: list[str]) -> bool:
    """Whether the names after the site's lead to the login form or to one of its static resources.

    >>> is_way_in(["@@login"]), is_way_in(["valbourg", "login"]), is_way_in([])
    (True, False, False)
    """
    if len(names) > 1 and names[1].startswith("/"):  # the mark of the virtual host monster
        names = names[2:]
    if not names:
        return False
    if names[0] == "++api++":
        return names[1:] == ["@login"]
    if names[0].startswith(_STATIC):
        return not any(name.startswith("@@") for name in names)
    first = names[0].removeprefix("@@")
    return first in _WAY_IN and len(names) == 1 or first == _RESET and len(names) <= 2


@implementer(IPublishTraverse)
class Refusal(BrowserView):
    """Published in the place of whatever was asked for."""

    def publishTraverse(self, request, name):
        return self

    def __call__(self):
        if not api.user.is_anonymous():
            raise NotFound(REFUSAL)  # nobody is led here
        raise Unauthorized(
            translate(
                _("desk_closed", default="The desk is for its members only: log in."),
                context=self.request,
            )
        )
