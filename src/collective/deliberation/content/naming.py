"""Choose the id of new content: from ``addresses``, never from a title, whatever a caller asks for."""

from collective.deliberation.content.addresses import meeting_id
from collective.deliberation.content.addresses import short_uid
from collective.deliberation.content.french_dates import local
from plone.app.content.namechooser import NormalizingNameChooser
from plone.base.interfaces import INameFromTitle
from plone.uuid.interfaces import IUUID
from zope.interface import implementer


class NameChooser(NormalizingNameChooser):
    """For what institutions, meetings and items hold; ``-1`` is added where an id is taken."""

    def chooseName(self, name, obj):
        if obj.portal_type == "Meeting":
            name = meeting_id(local(obj.start).date(), obj.body)
        else:
            name = short_uid(IUUID(obj))
        return self._findUniqueName(name, obj)


@implementer(INameFromTitle)
class InstitutionName:
    """An institution's id is its slug."""

    def __init__(self, institution):
        self.title = institution.slug
