"""What somebody without an account, or without the right, is told by the desk: 401 or 403, at once.

Plone would redirect to its login form and answer 200. The desk is never anonymous, so every address
answers alike and tells nothing of what stands there.
"""

from AccessControl.class_init import InitializeClass
from collective.deliberation import _
from collective.deliberation.desk.closed import has_account
from html import escape
from plone import api
from plone.rest.interfaces import IAPIRequest
from Products.PluggableAuthService.interfaces.plugins import IChallengePlugin
from Products.PluggableAuthService.plugins.BasePlugin import BasePlugin
from urllib.parse import quote
from zope.i18n import translate
from zope.interface import implementer


PLUGIN = "deliberation_challenge"
_PAGE = """<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{text}</p>
<p><a href="{href}">{link}</a></p>
</main>
</body>
</html>
"""


@implementer(IChallengePlugin)
class DeskChallenge(BasePlugin):
    """PAS plugin, the first of the desk's challengers."""

    meta_type = "Deliberation Desk Challenge"

    def __init__(self, id, title=""):
        self._setId(id)
        self.title = title

    def challenge(self, request, response):
        """Answer with a page of our own; REST requests are left to plone.restapi's JSON."""
        if IAPIRequest.providedBy(request):
            return False
        request.environ["plone.transformchain.disable"] = True
        # Not the current user: who may not see an object is nobody to the publisher.
        if not has_account(api.portal.get(), request):
            response.setHeader("WWW-Authenticate", 'Bearer realm="desk"')  # opens no browser's box
            self._answer(
                request,
                401,
                _("challenge_title", default="Login required"),
                _("challenge_text", default="The desk is for agents and clerks only."),
                self._login_address(request),
                _("challenge_link", default="Log in"),
            )
        else:
            self._answer(
                request,
                403,
                _("forbidden_title", default="No access"),
                _("forbidden_text", default="Your account may not do this. Ask the administrator."),
                api.portal.get().absolute_url(),
                _("forbidden_link", default="Back to the desk"),
            )
        return True

    def _login_address(self, request):
        login = f"{api.portal.get().absolute_url()}/login"
        if request.method != "GET":
            return login
        return f"{login}?came_from={quote(request['ACTUAL_URL'], safe='')}"

    def _answer(self, request, status, title, text, href, link):
        response = request.response
        response.setStatus(status, lock=True)
        response.setHeader("Content-Type", "text/html; charset=utf-8")
        response.setHeader("Cache-Control", "no-store")
        response.setBody(page(request, title, text, href, link).encode("utf-8"), lock=True)


def page(request, title, text, href: str, link) -> str:
    """A bare page, in the user's language: a heading, a sentence and a link."""
    title, text, link = (escape(translate(each, context=request)) for each in (title, text, link))
    return _PAGE.format(title=title, text=text, href=escape(href), link=link)


InitializeClass(DeskChallenge)
