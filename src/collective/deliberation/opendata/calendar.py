"""Calendars (RFC 5545) of the meetings of the portal, of one institution, or of one body (``organe``)."""

from collective.deliberation.opendata import selection
from collective.deliberation.opendata.stream import Stream
from collective.deliberation.portal.content import PublishedMeeting
from collective.deliberation.portal.pages import listing
from collective.deliberation.portal.pages import presented
from collective.deliberation.portal.pages import query
from DateTime import DateTime
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from icalendar import Calendar
from icalendar import Event


PAST = 366  # days
MOST = 500  # meetings
USUAL = timedelta(hours=2)  # of a meeting whose end nobody wrote


class Meetings(Stream):
    content_type = "text/calendar; charset=utf-8"

    def body(self) -> bytes:
        calendar = Calendar()
        calendar.add("prodid", "-//collective.deliberation//portal//FR")
        calendar.add("version", "2.0")
        name = self.institution_title if self.institution is not None else self.site.Title()
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", timedelta(hours=6), {"VALUE": "DURATION"})  # RFC 7986
        for entry in self._found():
            meeting = self.site.unrestrictedTraverse(entry.path, None)
            if isinstance(meeting, PublishedMeeting) and meeting.document is not None:
                calendar.add_component(self._event(entry, meeting.publication))
        return calendar.to_ical()

    def _found(self) -> list[listing.Entry]:
        criteria = selection.of_meetings(query.read(self.request.form))
        if self.institution is not None:
            criteria["deliberation_institution"] = self.institution.getId()
        since = DateTime((self.now - timedelta(days=PAST)).isoformat())
        found = listing.search(
            deliberation_kind="meeting",
            deliberation_start={"query": since, "range": "min"},
            sort_on="deliberation_start",
            sort_order="descending",
            **criteria,
        )
        return listing.entries(found[:MOST])

    def _event(self, entry: listing.Entry, publication) -> Event:
        record = publication.record
        institution = self.institution_at(entry)
        start = _utc(record.start)
        end = _utc(record.end) if record.end else start + USUAL
        event = Event()
        event.add("uid", publication.uid)
        event.add("dtstamp", _utc(publication.published))
        event.add("dtstart", start)
        event.add("dtend", max(start, end))
        event.add("summary", f"{record.bodyTitle} – {institution.Title()}")
        event.add("location", presented.plain(record.location, presented.policy(institution)))
        event.add("url", entry.url)
        event.add("categories", [record.bodyTitle])
        event.add("last-modified", _utc(publication.published))
        event.add("sequence", publication.revision)
        return event


def _utc(moment: str) -> datetime:
    """The one zone that a calendar needs no definition for."""
    return datetime.fromisoformat(moment).astimezone(timezone.utc)
