"""``{institution}/@@publication-log``: the desk's log of one institution, as JSON lines, with who did it."""

from collective.deliberation.publishing.log.desk import log_of
from collective.deliberation.publishing.log.stream import spooled
from plone import api
from Products.Five.browser import BrowserView


class Download(BrowserView):
    def __call__(self):
        institution = self.context.getId()
        log = log_of(api.portal.get(), institution)
        response = self.request.response
        response.setHeader("Content-Type", "application/jsonl; charset=utf-8")
        response.setHeader("X-Content-Type-Options", "nosniff")
        response.setHeader("Cache-Control", "no-store")
        name = f"{institution}-desk-log.jsonl"
        response.setHeader("Content-Disposition", f'attachment; filename="{name}"')
        lines = log.lines() if log is not None else ()
        return spooled((line.to_bytes() for line in lines), response, self.request.method)
