"""What the portal's catalog knows of a publication. A withdrawn one, or one inside, it knows nothing of."""

from Acquisition import aq_parent
from collective.deliberation.content.institution import IInstitution
from collective.deliberation.content.validation import latitude_longitude
from collective.deliberation.content.vocabularies import institution_of
from collective.deliberation.portal import files
from collective.deliberation.portal.content import Published
from collective.deliberation.portal.content import PublishedItem
from collective.deliberation.portal.pages import cards
from collective.deliberation.portal.pages import french
from collective.deliberation.portal.pages import presented
from collective.deliberation.portal.pages.searched import search_document
from collective.deliberation.portal.pages.withdrawal import withdrawn_part
from collective.deliberation.portal.search.document import InstitutionEntry
from collective.deliberation.portal.visibility import allowed
from collective.deliberation.publishing import wire
from dataclasses import asdict
from DateTime import DateTime
from plone.indexer import indexer


def _public(context: Published) -> wire.Publication:
    if context.document is None or withdrawn_part(context) is not None:
        raise AttributeError("withdrawn")  # the catalog then forgets its value
    return context.publication


def _meeting(context: Published) -> wire.MeetingRecord:
    _public(context)
    meeting = aq_parent(context) if isinstance(context, PublishedItem) else context
    if not isinstance(meeting, Published) or meeting.document is None:
        raise AttributeError("no meeting")
    return meeting.publication.record


@indexer(Published)
def kind(context):
    return _public(context).kind


@indexer(Published)
def institution(context):
    return _public(context).institution


@indexer(Published)
def stage(context):
    record = _public(context).record
    return getattr(record, "stage", None) or record.state


@indexer(Published)
def published(context):
    return DateTime(_public(context).published)


@indexer(Published)
def start(context):
    return DateTime(_meeting(context).start)


@indexer(Published)
def year(context):
    return str(french.moment(_meeting(context).start).year)


@indexer(Published)
def body(context):
    return _meeting(context).body


@indexer(Published)
def text(context):
    """For Plone's own search, which is the administrators': titles. All words are in our own index, once."""
    try:
        return presented.searched(_public(context).record).title
    except AttributeError:
        return ""  # a text index keeps the old words when it is given nothing


@indexer(PublishedItem)
def searched(context):
    publication = _public(context)
    institution = institution_of(context)
    texts = (files.words(institution, annex.sha256) for annex in publication.record.annexes)
    return search_document(publication, _meeting(context), allowed.callable(context), texts)


@indexer(IInstitution)
def searched_institution(context):
    return InstitutionEntry(context.getId(), context.Title(), context.kind or "")


@indexer(Published)
def title(context):
    """For Plone's own lists: in the words of the institution's policy at the time of indexing."""
    record = _public(context).record
    policy = presented.policy(institution_of(context))
    return presented.plain(getattr(record, "title", None) or record.bodyTitle, policy)


@indexer(Published)
def card(context):
    _public(context)
    return cards.to_metadata(cards.card_of(context))


@indexer(IInstitution)
def institution_card(context):
    place = latitude_longitude(context.coordinates or "") or (None, None)
    return asdict(cards.InstitutionCard(context.kind, *place))
