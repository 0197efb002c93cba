"""The pages' one stylesheet, at an address that changes with it, so that browsers keep it for ever."""

from collective.deliberation.portal.pages import rendering
from plone.transformchain.interfaces import DISABLE_TRANSFORM_REQUEST_KEY
from Products.Five import BrowserView
from zExceptions import NotFound
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


NAME = f"portal-{rendering.VERSION}.css"


@implementer(IPublishTraverse)
class Stylesheet(BrowserView):
    """``@@deliberations-style/portal-{version}.css``."""

    name: str | None = None

    def publishTraverse(self, request, name):  # noqa: N802 (Zope)
        if self.name is not None or not name.endswith(".css"):
            raise NotFound(name)
        self.name = name
        return self

    def __call__(self) -> bytes:
        self.request.environ[DISABLE_TRANSFORM_REQUEST_KEY] = True
        response = self.request.response
        response.setHeader("Content-Type", "text/css; charset=utf-8")
        response.setHeader("X-Content-Type-Options", "nosniff")
        # While two versions of the add-on run side by side, the other's address must not be kept.
        current = self.name == NAME
        response.setHeader(
            "Cache-Control", "public, max-age=31536000, immutable" if current else "no-cache"
        )
        return rendering.STYLES
