"""``GET`` of the portal, an institution, a meeting or an item with ``Accept: application/json``."""

from collective.deliberation.opendata.services.base import PublicService
from plone.restapi.interfaces import ISerializeToJson
from typing import Any
from zope.component import getMultiAdapter


class Content(PublicService):
    def answer(self) -> dict[str, Any]:
        return getMultiAdapter((self.context, self.request), ISerializeToJson)()
