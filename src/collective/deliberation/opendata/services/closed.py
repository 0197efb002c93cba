"""Services of other packages that anybody may call by their own rule: on a portal they are not there."""

from plone.restapi.services import Service
from zExceptions import NotFound


class Closed(Service):
    """``@sites``: plone.distribution would list what sites can be made of."""

    def check_permission(self) -> None:
        """There is nothing to protect."""

    def reply(self):
        raise NotFound("@sites")
