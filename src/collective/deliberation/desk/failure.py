"""What the desk says when an address leads nowhere or fails: a bare page until it is known who asks.

Plone frames its message with the titles of what stands above, and these may hold names. While a path is being
walked nobody is logged in yet, so that page would show them to anyone.
"""

from collective.deliberation import _
from collective.deliberation.desk.challenge import page
from collective.deliberation.desk.personal import holds_personal_data
from collective.deliberation.desk.personal import passed
from pathlib import Path
from plone import api
from plone.rest.errors import ErrorHandling
from plone.rest.interfaces import IAPIRequest
from Products.CMFPlone import browser
from Products.CMFPlone.browser.exceptions import ExceptionView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zExceptions import NotFound


class Failure(ExceptionView):
    index = ViewPageTemplateFile("templates/error_message.pt", str(Path(browser.__file__).parent))

    def __call__(self):
        if IAPIRequest.providedBy(self.request):
            return ErrorHandling(self.context, self.request)()
        if not any(map(holds_personal_data, passed(self.request))):
            return super().__call__()
        moved = isinstance(self.context, NotFound) and self.plone_redirector_view
        if moved and moved.attempt_redirect():
            return ""
        response = self.request.response
        response.setStatus(type(self.context))
        response.setHeader("Content-Type", "text/html; charset=utf-8")
        response.setHeader("Cache-Control", "no-store")
        self.request.environ["plone.transformchain.disable"] = True
        return page(
            self.request,
            _("desk_failure_title", default="This page can't be shown"),
            _(
                "desk_failure_text",
                default="The address is wrong, or something failed. Go back and try again; if it stays so, tell "
                "the administrator.",
            ),
            api.portal.get().absolute_url(),
            _("forbidden_link", default="Back to the desk"),
        )
