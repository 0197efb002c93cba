"""``GET @openapi``: the OpenAPI description of the public services of this portal."""

from collective.deliberation.opendata import openapi
from collective.deliberation.opendata.services import lists
from collective.deliberation.opendata.services.base import PublicService
from typing import Any


class Description(PublicService):
    def answer(self) -> dict[str, Any]:
        site = self.context
        return openapi.describe(
            site.absolute_url(), site.Title(), lists.MOST, lists.USUAL, lists.LAST
        )
