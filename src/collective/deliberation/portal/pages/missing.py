"""An address that names nothing: a page of ours below an institution, Plone's elsewhere."""

from collective.deliberation import _
from collective.deliberation.content.institution import IInstitution
from collective.deliberation.portal.pages.page import Crumb
from collective.deliberation.portal.pages.page import Page
from collective.deliberation.portal.pages.withdrawal import withdrawn_part
from functools import cached_property
from pathlib import Path
from plone import api
from plone.rest.errors import ErrorHandling
from plone.rest.interfaces import IAPIRequest
from Products.CMFPlone import browser
from Products.CMFPlone.browser.exceptions import ExceptionView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


PLONE_BROWSER = Path(browser.__file__).parent


class MissingPage(Page):
    template = "missing"
    status = 404
    robots = "noindex"
    title = _("portal_missing_title", default="There is no such page")

    def __call__(self) -> str:
        return self.answer()

    @cached_property
    def crumbs(self) -> list[Crumb]:
        return [*super().crumbs, Crumb(self.institution_title, self.institution_url)]


class NotFoundView(ExceptionView):
    """Zope's view of a NotFound: what is missing below a withdrawn publication was withdrawn with it."""

    index = ViewPageTemplateFile("templates/error_message.pt", str(PLONE_BROWSER))

    def __call__(self):
        if IAPIRequest.providedBy(self.request):
            return ErrorHandling(self.context, self.request)()
        wants_html = "text/html" in (self.request.getHeader("Accept") or "text/html")
        passed = self.request.get("PARENTS") or []  # what traversal came through
        parts = (withdrawn_part(part) for part in passed)
        withdrawn = next((part for part in parts if part is not None), None)
        if withdrawn is not None:
            return api.content.get_view("deliberations-gone", withdrawn, self.request)()
        institution = next(filter(IInstitution.providedBy, passed), None)
        if institution is not None and wants_html:
            return api.content.get_view("deliberations-missing", institution, self.request)()
        return super().__call__()
