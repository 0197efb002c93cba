"""Views of Plone that show citizens nothing on a portal: they lead to ours, or aren't there."""

from plone import api
from Products.Five.browser import BrowserView
from urllib.parse import urlencode
from zExceptions import NotFound


class Closed(BrowserView):
    def __call__(self):
        raise NotFound(self.__name__)


class Searched(BrowserView):
    """Plone's search, with the words that were asked for."""

    def __call__(self):
        words = self.request.form.get("SearchableText")
        question = f"?{urlencode({'q': words})}" if isinstance(words, str) and words else ""
        target = f"{api.portal.get().absolute_url()}/@@deliberations-search{question}"
        return self.request.response.redirect(target, status=301)


class Fed(BrowserView):
    """Plone's feeds of a site or a folder: what is new on the whole portal."""

    def __call__(self):
        target = f"{api.portal.get().absolute_url()}/@@nouveautes.atom"
        return self.request.response.redirect(target, status=301)
