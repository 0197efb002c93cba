"""The linked data of each kind of page, as its template puts it into the page's head."""

from Acquisition import aq_parent
from collective.deliberation.content.institution import IInstitution
from collective.deliberation.opendata import documents
from collective.deliberation.opendata.linked import vocabulary
from collective.deliberation.portal.content import PublishedItem
from collective.deliberation.portal.content import PublishedMeeting
from collective.deliberation.portal.pages.page import ILinkedData
from collective.deliberation.portal.pages.page import IPage
from plone.base.interfaces import IPloneSiteRoot
from zope.component import adapter
from zope.interface import implementer


@implementer(ILinkedData)
@adapter(PublishedItem, IPage)
def of_item(context, page) -> str:
    parent = aq_parent(context)
    meeting = documents.meeting_head(parent, page.policy) if parent.document is not None else None
    return vocabulary.script(
        vocabulary.item(
            documents.item_head(context, page.policy), meeting, _organisation(page), page.site_url
        )
    )


@implementer(ILinkedData)
@adapter(PublishedMeeting, IPage)
def of_meeting(context, page) -> str:
    found = documents.meeting_head(context, page.policy)
    return vocabulary.script(vocabulary.meeting(found, _organisation(page)))


@implementer(ILinkedData)
@adapter(IInstitution, IPage)
def of_institution(context, page) -> str:
    return vocabulary.script(vocabulary.institution(documents.institution(context)))


@implementer(ILinkedData)
@adapter(IPloneSiteRoot, IPage)
def of_portal(context, page) -> str:
    return vocabulary.script(vocabulary.portal(documents.portal(context), page.search_url))


def _organisation(page) -> dict:
    return vocabulary.organisation({"@id": page.institution_url, "title": page.institution_title})
