"""What somebody without an account, or without the right, is told by the desk: 401 or 403, at once.

Plone would redirect to its login form and answer 200. The desk is never anonymous, so every address
answers alike and tells nothing of what stands there.
"""

from AccessControl.class_init import InitializeClass
from html import escape
from plone import api
from plone.rest.interfaces import IAPIRequest
from Products.PluggableAuthService.interfaces.plugins import IChallengePlugin
from Products.PluggableAuthService.plugins.BasePlugin import BasePlugin
from urllib.parse import quote
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
        if api.user.is_anonymous():
            self._answer(
                response,
                401,
                "Identification requise",
                "Le bureau des délibérations est réservé aux agents et au directeur général.",
                self._login_address(request),
                "S'identifier",
            )
        else:
            self._answer(
                response,
                403,
                "Accès refusé",
                "Votre compte ne permet pas cette opération. Adressez-vous à l'administrateur.",
                api.portal.get().absolute_url(),
                "Retour au bureau",
            )
        return True

    def _login_address(self, request):
        login = f"{api.portal.get().absolute_url()}/login"
        if request.method != "GET":
            return login
        return f"{login}?came_from={quote(request['ACTUAL_URL'], safe='')}"

    def _answer(self, response, status, title, text, href, link):
        page = _PAGE.format(title=title, text=text, href=escape(href), link=link)
        response.setStatus(status, lock=True)
        response.setHeader("Content-Type", "text/html; charset=utf-8")
        response.setHeader("Cache-Control", "no-store")
        response.setBody(page.encode("utf-8"), lock=True)


InitializeClass(DeskChallenge)
