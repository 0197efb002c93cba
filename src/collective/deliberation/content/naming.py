"""Choose the id of new content: from ``addresses``, never from a title, whatever a caller asks for.

The name chooser serves forms and code that names no id; ``WordlessIds`` refuses any other id, by
renaming, by the REST API or by code.
"""

from collective.deliberation import _
from collective.deliberation.content.addresses import is_wordless
from collective.deliberation.content.addresses import meeting_id
from collective.deliberation.content.addresses import short_uid
from collective.deliberation.content.french_dates import local
from plone.app.content.namechooser import NormalizingNameChooser
from plone.base.interfaces import INameFromTitle
from plone.uuid.interfaces import IUUID
from zExceptions import BadRequest
from zope.globalrequest import getRequest
from zope.i18n import translate
from zope.interface import implementer


def unused(container, name: str) -> str:
    """The name, or where it is taken ``name-2``, ``name-3``, …"""
    number, free = 1, name
    while free in container:
        number += 1
        free = f"{name}-{number}"
    return free


class NameChooser(NormalizingNameChooser):
    """For what institutions, meetings and items hold; ``-2`` is added where an id is taken."""

    def chooseName(self, name, obj):
        if obj.portal_type == "Meeting":
            name = meeting_id(local(obj.start).date(), obj.body)
        else:
            name = short_uid(IUUID(obj))
        return unused(self.context, name)


@implementer(INameFromTitle)
class InstitutionName:
    """An institution's id is its slug."""

    def __init__(self, institution):
        self.title = institution.slug


class WordlessIds:
    """For a container: what it holds has no word in its id, and keeps it.

    :raises BadRequest: HTTP 400, when another id is asked for
    """

    def _checkId(self, id, allow_dup=0):
        if not is_wordless(id):
            message = _(
                "error_id",
                default="An address holds no words, as a title can hold a name: leave the id out.",
            )
            raise BadRequest(translate(message, context=getRequest()))
        return super()._checkId(id, allow_dup)

    def _get_id(self, id):
        """An id for a copy: the original's with a number, not ``copy_of_…``."""
        return unused(self, id)
