"""What feeds, calendars and maps share with pages: headers, validators, 304, the institution's policy."""

from collective.deliberation.portal.caching import sending
from collective.deliberation.portal.pages import answer
from collective.deliberation.portal.pages.page import Page
from plone.transformchain.interfaces import DISABLE_TRANSFORM_REQUEST_KEY


class Stream(Page):
    """An answer that is no HTML. Sub-classes set ``content_type`` and give ``body``."""

    content_type = ""

    @property
    def scopes(self) -> tuple[str, ...]:
        return ("portal",) if self.institution is None else ("institution",)

    robots = "noindex"

    def __call__(self) -> bytes:
        """:raises NotFound: never; what is withdrawn is not in a list, and lists are never withdrawn."""
        self.request.environ[DISABLE_TRANSFORM_REQUEST_KEY] = True
        response = self.request.response
        body = self.body()
        for name, value in answer.PROTECTION.items():
            response.setHeader(name, value)
        response.setHeader("Content-Type", self.content_type)
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        if self.robots:
            response.setHeader("X-Robots-Tag", self.robots)
        response.setHeader("Access-Control-Allow-Origin", "*")  # public, and the same for everyone
        return sending.send(self, body)

    def body(self) -> bytes:
        raise NotImplementedError
