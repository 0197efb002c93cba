"""``GET`` with ``Accept: application/json``: institutions, meetings and items over the REST API."""

from Acquisition import aq_inner
from collections.abc import Callable
from collective.deliberation.content.institution import IInstitution
from collective.deliberation.content.vocabularies import institution_of
from collective.deliberation.interfaces import IPortalLayer
from collective.deliberation.opendata import documents
from collective.deliberation.portal.content import Published
from collective.deliberation.portal.content import PublishedItem
from collective.deliberation.portal.content import PublishedMeeting
from collective.deliberation.portal.pages import presented
from collective.deliberation.portal.pages.withdrawal import withdrawn_part
from plone.base.interfaces import IPloneSiteRoot
from plone.restapi.interfaces import ISerializeToJson
from typing import Any
from zope.component import adapter
from zope.interface import implementer


class _Publication:
    document: Callable[..., dict[str, Any]]

    def __init__(self, context: Published, request):
        self.context = context
        self.request = request

    def __call__(self, version=None, include_items=True) -> dict[str, Any]:
        policy = presented.policy(institution_of(self.context))
        part = withdrawn_part(aq_inner(self.context))
        if part is not None:
            self.request.response.setStatus(410, lock=True)
            return documents.gone(part, policy)
        return type(self).document(self.context, policy)


@implementer(ISerializeToJson)
@adapter(PublishedItem, IPortalLayer)
class ItemToJson(_Publication):
    document = staticmethod(documents.item)


@implementer(ISerializeToJson)
@adapter(PublishedMeeting, IPortalLayer)
class MeetingToJson(_Publication):
    document = staticmethod(documents.meeting)


@implementer(ISerializeToJson)
@adapter(IInstitution, IPortalLayer)
class InstitutionToJson:
    """Only what its page shows: none of the settings of its desk or of its account."""

    def __init__(self, context, request):
        self.context = context

    def __call__(self, version=None, include_items=True) -> dict[str, Any]:
        return documents.institution(self.context)


@implementer(ISerializeToJson)
@adapter(IPloneSiteRoot, IPortalLayer)
class PortalToJson:
    def __init__(self, context, request):
        self.context = context

    def __call__(self, version=None, include_items=True) -> dict[str, Any]:
        return documents.portal(self.context)
