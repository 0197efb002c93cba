"""What a portal holds: meetings and items as they were published, with nothing else.

The objects keep the received document as it came (neutralised); pages present it at each view.
"""

from collective.deliberation.publishing import wire
from plone.dexterity.content import Container
from typing import Any


class Published(Container):
    """One published object at one address, which it keeps for ever.

    ``document`` is the wire document of the current revision, ``None`` once withdrawn.
    ``history`` holds ``{"received": ISO 8601, "document": …}`` of earlier revisions, oldest first.
    ``withdrawal`` is ``{"reason": neutralised text, "date": ISO 8601}`` once withdrawn, else ``None``.
    All three are replaced whole, never changed in place.
    """

    source_uid = ""  # UID on the desk
    revision = 0
    content_hash = ""
    first_published = ""  # ISO 8601
    document: dict[str, Any] | None = None
    history: tuple[dict[str, Any], ...] = ()
    withdrawal: dict[str, str] | None = None

    @property
    def publication(self) -> wire.Publication:
        """The current revision as a typed value. Only for what is not withdrawn."""
        return wire.from_dict(self.document)


class PublishedMeeting(Published):
    """A meeting, at ``/{institution}/{date}-{body}``; it contains its items."""


class PublishedItem(Published):
    """An item, at ``…/{short uid}``, at the stage of draft or decision."""
