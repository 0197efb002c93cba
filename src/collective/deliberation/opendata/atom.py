"""Atom feeds (RFC 4287) of what was published last: of the portal, an institution, a body, a category, a search.

A feed has pages (RFC 5005): ``next`` leads to older entries, as far as the first publication. Its entries are
items and, where nothing is asked that only items have, meetings; annexes are enclosures.
"""

from collective.deliberation import _
from collective.deliberation.content import licences
from collective.deliberation.content.addresses import short_uid
from collective.deliberation.opendata import selection
from collective.deliberation.opendata.stream import Stream
from collective.deliberation.portal.content import Published
from collective.deliberation.portal.pages import listing
from collective.deliberation.portal.pages import presented
from collective.deliberation.portal.pages import query
from collective.deliberation.portal.pages import rendering
from collective.deliberation.portal.pages.meeting import meeting_title
from collective.deliberation.publishing import wire
from datetime import datetime
from functools import cached_property
from lxml import etree
from lxml.builder import ElementMaker
from uuid import UUID


MOST = 50  # entries of a page
ATOM = "http://www.w3.org/2005/Atom"
E = ElementMaker(namespace=ATOM, nsmap={None: ATOM})
NAME = "@@nouveautes.atom"
STAGES = {
    "draft": _("portal_tag_draft", default="Draft decision"),
    "decision": _("portal_tag_decision", default="Decision"),
    "convened": _("portal_short_convened", default="provisional agenda"),
    "held": _("portal_short_held", default="decisions awaited"),
    "closed": _("portal_short_closed", default="decisions published"),
}


class Feed(Stream):
    """Parameters as in the search; ``page``, from 1."""

    content_type = "application/atom+xml; charset=utf-8"

    @cached_property
    def asked(self) -> query.Question:
        return query.read(self.request.form)

    def body(self) -> bytes:
        found = self._found()
        last = max(1, -(-len(found) // MOST))
        page = min(self.asked.page, last)
        entries = listing.entries(found[(page - 1) * MOST : page * MOST])
        meetings = listing.meetings_of(
            entry for entry in entries if not hasattr(entry.card, "body")
        )
        made = [self._entry(entry, meetings.get(entry.meeting_path)) for entry in entries]
        newest = max((entry.card.published for entry in entries), default="", key=_moment)
        feed = E.feed(
            E.id(self._address(1)),
            E.title(self._title()),
            E.updated(newest or "1970-01-01T00:00:00+00:00"),
            E.author(E.name(self._name)),
            E.rights(self._rights),
            _link("self", self._address(page)),
            E.link(rel="alternate", href=self.url, type="text/html"),
            _link("first", self._address(1)),
            _link("last", self._address(last)),
            *([_link("previous", self._address(page - 1))] if page > 1 else []),
            *([_link("next", self._address(page + 1))] if page < last else []),
            *filter(lambda entry: entry is not None, made),
        )
        feed.set("{http://www.w3.org/XML/1998/namespace}lang", rendering.LANGUAGE)
        return etree.tostring(feed, xml_declaration=True, encoding="utf-8")

    def _found(self):
        if self.asked.common_only:
            return ()
        if selection.asks_items_only(self.asked):
            criteria = self.asked.criteria
        else:
            criteria = selection.of_meetings(self.asked)
        if self.institution is not None:
            criteria["deliberation_institution"] = self.institution.getId()
        return listing.search(**criteria, sort_on="deliberation_published", sort_order="descending")

    def _address(self, page: int) -> str:
        return f"{self.url}/{NAME}{selection.address(self.asked, page=page)}"

    @cached_property
    def _name(self) -> str:
        return self.institution_title if self.institution is not None else self.site.Title()

    @property
    def _rights(self) -> str:
        if self.institution is not None:
            return licences.line(licences.of(self.institution), self._name)
        return rendering.french(
            _(
                "opendata_rights_of_each",
                default="Each institution says under which licence; see each entry.",
            )
        )

    def _title(self) -> str:
        return " – ".join(filter(None, (self._name, self.asked.text)))

    def _entry(self, entry: listing.Entry, meeting: listing.Entry | None):
        published = self.site.unrestrictedTraverse(entry.path, None)
        if not isinstance(published, Published) or published.document is None:
            return None
        publication = published.publication
        record = publication.record
        institution = self.institution_at(entry)
        policy = presented.policy(institution)
        if isinstance(record, wire.MeetingRecord):
            title, stage, summary = meeting_title(record), record.state, ""
            categories = [E.category(term=record.body, label=record.bodyTitle)]
        else:
            title, stage = presented.plain(record.title, policy), record.stage
            summary = meeting_title(meeting.card) if meeting is not None else ""
            category = presented.plain(record.category, policy)
            categories = [E.category(term=category)] if category else []
        label = rendering.french(STAGES[stage])
        return E.entry(
            E.id(UUID(publication.uid).urn),
            E.title(title),
            E.updated(publication.published),
            E.published(published.first_published),
            E.author(E.name(institution.Title())),
            E.rights(licences.line(licences.of(institution), institution.Title())),
            E.link(rel="alternate", href=entry.url, type="text/html"),
            *(
                E.link(
                    rel="enclosure",
                    href=f"{entry.url}/annexes/{short_uid(annex.uid)}.{annex.extension}",
                    type=annex.mimeType,
                    length=str(annex.size),
                    title=presented.plain(annex.title, policy),
                )
                for annex in record.annexes
            ),
            E.category(term=stage, label=label),
            *categories,
            E.summary(". ".join(filter(None, (label[:1].upper() + label[1:], summary)))),
        )


def _link(rel: str, address: str):
    return E.link(rel=rel, href=address, type="application/atom+xml")


def _moment(published: str) -> datetime:
    return datetime.fromisoformat(published)
