"""Atom feeds (RFC 4287) of what was published last: of the portal, an institution, a body, a search."""

from collective.deliberation import _
from collective.deliberation.opendata.stream import Stream
from collective.deliberation.portal.pages import french
from collective.deliberation.portal.pages import listing
from collective.deliberation.portal.pages import presented
from collective.deliberation.portal.pages import query
from collective.deliberation.portal.pages import rendering
from collective.deliberation.portal.pages.meeting import meeting_title
from lxml import etree
from lxml.builder import ElementMaker
from urllib.parse import urlencode


MOST = 50  # entries
ATOM = "http://www.w3.org/2005/Atom"
E = ElementMaker(namespace=ATOM, nsmap={None: ATOM})
STAGES = {
    "draft": _("portal_tag_draft", default="Draft decision"),
    "decision": _("portal_tag_decision", default="Decision"),
}


class Feed(Stream):
    """Parameters as in the search: ``q``, ``institution``, ``annee``, ``etat``; and ``organe``, a body."""

    content_type = "application/atom+xml; charset=utf-8"

    def body(self) -> bytes:
        asked = query.read(self.request.form)
        found = listing.entries(self._found(asked)[:MOST])
        meetings = listing.meetings_of(found)
        newest = max((entry.card.published for entry in found), default=None, key=french.moment)
        feed = E.feed(
            E.id(self._address()),
            E.title(self._title(asked)),
            E.updated(newest or "1970-01-01T00:00:00+00:00"),
            E.author(E.name(self.institution_title if self.institution else self.site.Title())),
            E.link(rel="self", href=self._address(), type="application/atom+xml"),
            E.link(rel="alternate", href=self.url, type="text/html"),
            *(self._entry(entry, meetings.get(entry.meeting_path)) for entry in found),
        )
        feed.set("{http://www.w3.org/XML/1998/namespace}lang", rendering.LANGUAGE)
        return etree.tostring(feed, xml_declaration=True, encoding="utf-8")

    def _found(self, asked: query.Question):
        if asked.common_only:
            return ()
        criteria = asked.criteria
        if self.institution is not None:
            criteria["deliberation_institution"] = self.institution.getId()
        if self._body:
            criteria["deliberation_body"] = self._body
        return listing.search(**criteria, sort_on="deliberation_published", sort_order="descending")

    @property
    def _body(self) -> str:
        return query.slug(self.request.form, "organe")

    def _address(self) -> str:
        asked = query.read(self.request.form)
        body = urlencode({"organe": self._body}) if self._body else ""
        parts = filter(None, (asked.address().lstrip("?"), body))
        return f"{self.url}/@@nouveautes.atom?{'&'.join(parts)}".rstrip("?")

    def _title(self, asked: query.Question) -> str:
        name = self.institution_title if self.institution is not None else self.site.Title()
        return f"{name} – {asked.text}" if asked.text else name

    def _entry(self, entry: listing.Entry, meeting: listing.Entry | None):
        card = entry.card
        policy = presented.policy(self.institution_at(entry))
        stage = rendering.french(STAGES[card.stage])
        words = f"{stage}. {meeting_title(meeting.card)}" if meeting is not None else stage
        return E.entry(
            E.id(entry.url),
            E.title(presented.plain(card.title, policy)),
            E.updated(card.published),
            E.link(rel="alternate", href=entry.url, type="text/html"),
            E.category(term=card.stage, label=stage),
            E.summary(words),
        )
