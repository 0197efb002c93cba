"""What the public services share: open to everyone, validators, JSON, and refusals that say what to mend."""

import hashlib
from Acquisition import aq_inner
from collective.deliberation.portal.pages import answer
from collective.deliberation.portal.pages import rendering
from collective.deliberation.portal.pages.page import Page
from collective.deliberation.portal.pages.withdrawal import withdrawn_part
from dataclasses import dataclass
from plone import api
from plone.rest.events import mark_as_api_request
from plone.restapi.services import Service
from typing import Any


NAMES = frozenset({"@institutions", "@meetings", "@items", "@openapi"})


def speak_json(event) -> None:
    """What only is JSON is so for every client: a link to it can be followed in a browser."""
    if event.request.get("PATH_INFO", "").rpartition("/")[2] in NAMES:
        mark_as_api_request(event.request, "application/json")


@dataclass
class Malformed(Exception):
    """A parameter that can't be used: 400, with its name and what it must be."""

    field: str
    message: Any  # a message id


class PublicService(Service):
    """A ``GET`` that anyone may call; sub-classes give ``answer``."""

    def check_permission(self) -> None:
        """Nobody needs "Use REST API", which the portal keeps for those who manage it; ZCML asks for View."""

    def reply(self):
        response = self.request.response
        for name, value in answer.PROTECTION.items():
            response.setHeader(name, value)
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        response.setHeader("Vary", "Accept")  # the page of the same address is another answer
        response.setHeader("X-Robots-Tag", "noindex")
        response.setHeader(
            "Link", f'<{self.page.site_url}/@openapi>; rel="service-desc"; type="application/json"'
        )
        try:
            self.read()
        except Malformed as error:
            response.setStatus(400)
            message = rendering.french(error.message)
            return {"type": "BadRequest", "field": error.field, "message": message}
        return self.answer()

    def render(self):
        body = (super().render() or "").encode()
        request, response = self.request, self.request.response
        if response.getStatus() != 200 or withdrawn_part(aq_inner(self.context)) is not None:
            response.setHeader("Cache-Control", answer.NOT_KEPT)
        elif not api.user.is_anonymous():  # who may see more must not fill a shared cache
            response.setHeader("Cache-Control", answer.PRIVATE)
        else:
            tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
            response.setHeader("Cache-Control", answer.SHARED)
            response.setHeader("ETag", tag)
            held = (request.getHeader("If-None-Match") or "").split(",")
            if tag in {each.strip().removeprefix("W/") for each in held}:
                response.setStatus(304)
                return b""
        if request.method != "HEAD":
            return body
        response.setHeader("Content-Length", str(len(body)))
        return b""

    def read(self) -> None:
        """Take in the parameters.

        :raises Malformed: for one that can't be used.
        """

    def answer(self) -> dict[str, Any]:
        raise NotImplementedError

    @property
    def page(self) -> Page:
        return Page(self.context, self.request)
