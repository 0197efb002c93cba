"""What a portal holds: meetings and items as they were published, with nothing else.

The objects keep the received document as it came (neutralised); pages present it at each view.
"""

from Acquisition import aq_base
from Acquisition import aq_inner
from Acquisition import aq_parent
from collective.deliberation.content.head import AnswersHead
from collective.deliberation.portal.events import PublicationChanged
from collective.deliberation.publishing import wire
from persistent import Persistent
from plone.dexterity.content import Container
from typing import Any
from zope.event import notify


class History(Persistent):
    """Earlier revisions, in a record of their own: a page that shows no history doesn't load it."""

    def __init__(self, revisions: tuple[dict[str, Any], ...]):
        self.revisions = revisions


class Published(AnswersHead, Container):
    """One published object at one address, which it keeps for ever.

    ``document`` is the wire document of the current revision, ``None`` once withdrawn.
    ``history`` holds ``{"received": ISO 8601, "document": …}`` of earlier revisions, oldest first;
    files that only an earlier revision names are no longer served.
    ``withdrawal`` is ``{"reason": neutralised text, "date": ISO 8601}`` once withdrawn, else ``None``;
    a page asks ``withdrawn_by()``, which also knows the withdrawal of an item's meeting.
    All are replaced whole, never changed in place, and only by ``portal.store``.
    """

    # The search's index knows who may see what, too.
    _cmf_security_indexes = ("allowedRolesAndUsers", "deliberation_text")
    _ordering = "unordered"  # the record has the position; a list of ids would only cause conflicts

    # No type hints here: a class with any has ``__annotations__``, and zope.annotation would take that
    # dict, shared by all objects and never stored, for the annotations of each.
    source_uid = ""  # UID on the desk
    revision = 0
    content_hash = ""
    first_published = ""  # ISO 8601, by the portal's clock
    received = ""  # ISO 8601: when the current revision came
    document = None  # dict[str, Any] | None
    withdrawal = None  # dict[str, str] | None
    _history = None  # History | None

    @property
    def publication(self) -> wire.Publication:
        """The current revision as a typed value. Only for what is not withdrawn.

        Kept while ZODB keeps this object in memory: a page asks for it several times.
        """
        kept = getattr(aq_base(self), "_v_publication", None)
        if kept is None or kept[0] is not self.document:
            kept = self._v_publication = (self.document, wire.from_dict(self.document))
        return kept[1]

    @property
    def history(self) -> tuple[dict[str, Any], ...]:
        return self._history.revisions if self._history is not None else ()

    def withdrawn_by(self) -> dict[str, str] | None:
        """The withdrawal that hides this object: its own or its meeting's."""
        if self.withdrawal is not None:
            return self.withdrawal
        parent = aq_parent(aq_inner(self))
        return parent.withdrawn_by() if isinstance(parent, Published) else None

    # Nothing that reindexes brings back what was withdrawn (see also ``portal.visibility``).

    def indexObject(self):  # noqa: N802 (CMF)
        notify(PublicationChanged(self))
        if self.withdrawn_by() is None:
            super().indexObject()

    def reindexObject(self, idxs=()):  # noqa: N802 (CMF)
        notify(PublicationChanged(self))
        if self.withdrawn_by() is None:
            super().reindexObject(idxs=idxs)

    def unindexObject(self):  # noqa: N802 (CMF)
        notify(PublicationChanged(self))
        if self.withdrawn_by() is None:
            super().unindexObject()


class PublishedMeeting(Published):
    """A meeting, at ``/{institution}/{date}-{body}``; it contains its items."""


class PublishedItem(Published):
    """An item, at ``…/{short uid}``, at the stage of draft or decision."""
