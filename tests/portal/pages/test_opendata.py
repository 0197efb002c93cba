"""What machines read of the portal: JSON, feeds, calendars, maps; nothing that is not on a page."""

import gzip
import icalendar
import published_samples as samples
import pytest
import re
from datetime import datetime
from lxml import etree


ITEM = samples.PAST_ITEMS[1]
MASKED = samples.PAST_ITEMS[2]
NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
}


def json(site, path, status=200):
    answer = site.get(path, headers={"Accept": "application/json"})
    assert answer.status_code == status
    return answer.json()


def xml(answer):
    assert answer.status_code == 200
    return etree.fromstring(answer.content)


def addresses_in_feed(site, path):
    return xml(site.get(path)).xpath("//a:entry/a:link[@rel='alternate']/@href", namespaces=NAMES)


def address(publication, meeting=samples.PAST):
    return samples.address(meeting, publication)


def test_an_item_is_json_with_all_that_its_page_shows(site):
    found = json(site, address(ITEM))
    record = ITEM.record
    assert found["@id"] == site.base + address(ITEM)
    assert (found["UID"], found["stage"], found["number"]) == (ITEM.uid, "decision", record.number)
    assert found["meeting"]["@id"] == site.base + samples.address(samples.PAST)
    assert {annex["sha256"] for annex in found["annexes"]} == {a.sha256 for a in record.annexes}
    for annex in found["annexes"]:
        served = site.get(annex["@id"].removeprefix(site.base))
        assert len(served.content) == annex["size"]


def test_json_shows_pseudonyms_and_no_token(site):
    answer = site.get(address(MASKED), headers={"Accept": "application/json"})
    assert answer.json()["pseudonymised"] is True
    assert re.search("Personne [A-H]\\b", answer.text)
    assert "pm-token" not in answer.text and "⟦" not in answer.text


def test_a_meeting_lists_its_agenda_in_order(site):
    found = json(site, samples.address(samples.PAST))
    assert [entry["@id"] for entry in found["agenda"]] == [
        site.base + address(item) for item in samples.PAST_ITEMS
    ]
    assert found["state"] == "closed"


def test_an_institution_tells_its_meetings_and_none_of_its_settings(site):
    found = json(site, "/valbourg")
    listed = json(site, found["meetings"].removeprefix(site.base))
    assert {entry["start"] for entry in listed["items"]} == {
        meeting.record.start for meeting in (samples.OLD, samples.PAST, samples.NEXT)
    }
    assert not {"portalUrl", "representatives", "register", "@components"} & set(found)


def test_what_is_withdrawn_answers_410_with_its_reason_and_is_in_no_list(site):
    site.withdraw(ITEM, "Erreur de date")
    found = json(site, address(ITEM), 410)
    assert found["message"] == "Erreur de date"
    assert set(found) == {"@id", "type", "message", "date"}
    url = site.base + address(ITEM)
    assert url not in [
        entry["@id"] for entry in json(site, samples.address(samples.PAST))["agenda"]
    ]
    assert url not in addresses_in_feed(site, "/valbourg/@@nouveautes.atom")
    assert url not in locations(site)


def test_items_of_a_withdrawn_meeting_answer_410_too(site):
    site.withdraw(samples.PAST, "Séance annulée")
    assert json(site, address(ITEM), 410)["message"] == "Séance annulée"


@pytest.mark.parametrize("path", ["", "/valbourg"])
def test_the_feed_has_every_publication_newest_first(site, path):
    feed = xml(site.get(f"{path}/@@nouveautes.atom"))
    updated = feed.xpath("//a:entry/a:updated/text()", namespaces=NAMES)
    assert updated == sorted(updated, reverse=True)
    assert len(updated) == len(samples.ALL)
    assert feed.xpath("string(a:link[@rel='self']/@href)", namespaces=NAMES).startswith(site.base)


def test_the_feed_of_a_search_has_what_the_search_finds(site):
    found = addresses_in_feed(site, "/@@nouveautes.atom?etat=projet&institution=valbourg")
    assert sorted(found) == sorted(
        site.base + address(item, samples.NEXT) for item in samples.NEXT_ITEMS
    )
    assert addresses_in_feed(site, "/valbourg/@@nouveautes.atom?organe=college") == []
    assert addresses_in_feed(site, "/@@nouveautes.atom?q=zzzzzz") == []


def test_the_calendar_holds_each_meeting_of_the_last_year_and_to_come(site):
    answer = site.get("/valbourg/@@seances.ics")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    calendar = icalendar.Calendar.from_ical(answer.content)
    events = {str(event["uid"]): event for event in calendar.walk("VEVENT")}
    assert samples.NEXT.uid in events
    start = datetime.fromisoformat(samples.NEXT.record.start)
    assert events[samples.NEXT.uid].start == start
    assert str(events[samples.NEXT.uid]["url"]) == site.base + samples.address(samples.NEXT)


def locations(site):
    answer = site.get("/valbourg/sitemap.xml.gz")
    return etree.fromstring(gzip.decompress(answer.content)).xpath(
        "//s:loc/text()", namespaces=NAMES
    )


def test_the_map_of_the_site_leads_to_every_public_page(site):
    index = etree.fromstring(gzip.decompress(site.get("/sitemap.xml.gz").content))
    assert index.xpath("//s:loc/text()", namespaces=NAMES) == [
        f"{site.base}/valbourg/sitemap.xml.gz"
    ]
    found = locations(site)
    meetings = {
        samples.OLD: samples.OLD_ITEMS,
        samples.PAST: samples.PAST_ITEMS,
        samples.NEXT: samples.NEXT_ITEMS,
    }
    wanted = {site.base + "/valbourg"}
    for meeting, items in meetings.items():
        wanted |= {site.base + samples.address(meeting)}
        wanted |= {site.base + address(item, meeting) for item in items}
    assert set(found) == wanted
    assert len(found) == len(wanted)


@pytest.mark.parametrize("path", ["/@@nouveautes.atom", "/@@seances.ics", "/sitemap.xml.gz"])
def test_streams_carry_validators_and_are_open_to_any_page(site, path):
    answer = site.get(path)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    again = site.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304 and not again.content


def test_a_page_names_its_feed(site):
    assert f'href="{site.base}/valbourg/@@nouveautes.atom"' in site.get("/valbourg").text
