"""Feeds, calendars and maps as other projects' parsers read them."""

import feedparser
import gzip
import icalendar
import published_samples as samples
from collective.deliberation.opendata import atom
from collective.deliberation.opendata import sitemap
from lxml import etree


def feed(site, path):
    found = feedparser.parse(site.get(path).content)
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_a_feed_leads_to_everything_that_was_ever_published(site, monkeypatch):
    monkeypatch.setattr(atom, "MOST", 4)
    seen, path = [], "/valbourg/@@nouveautes.atom"
    while path:
        found = feed(site, path)
        seen += [entry.link for entry in found.entries]
        links = {link.rel: link.href for link in found.feed.links}
        path = links.get("next", "").removeprefix(site.base)
    assert len(seen) == len(set(seen)) == len(samples.ALL)
    assert links["first"] == f"{site.base}/valbourg/@@nouveautes.atom"


def test_an_entry_has_its_annexes_its_state_and_its_licence(site):
    item = samples.PAST_ITEMS[1]
    found = feed(site, "/@@nouveautes.atom?institution=valbourg&q=tilleul")
    [entry] = found.entries
    assert entry.title == item.record.title
    assert {link.type for link in entry.enclosures} == {a.mimeType for a in item.record.annexes}
    for link in entry.enclosures:
        served = site.get(link.href.removeprefix(site.base))
        assert len(served.content) == int(link.length)
    assert {tag.term for tag in entry.tags} == {"decision", "Enseignement"}
    assert "CC BY" in entry.rights or "Creative Commons" in entry.rights
    assert entry.id.startswith("urn:uuid:")


def test_a_feed_of_one_body_or_one_year_holds_its_meetings_too(site):
    assert len(feed(site, "/valbourg/@@nouveautes.atom?annee=2024").entries) == 2
    assert len(feed(site, "/@@nouveautes.atom?organe=conseil").entries) == len(samples.ALL)
    assert feed(site, "/@@nouveautes.atom?organe=college").entries == []
    assert len(feed(site, "/valbourg/@@nouveautes.atom?etat=projet").entries) == 3


def test_the_calendar_of_a_body_holds_its_meetings(site):
    def events(path):
        return icalendar.Calendar.from_ical(site.get(path).content).walk("VEVENT")

    assert len(events("/@@seances.ics?organe=conseil")) == len(events("/valbourg/@@seances.ics"))
    assert events("/@@seances.ics?organe=conseil")
    assert events("/@@seances.ics?organe=college") == []


def addresses(site, url):
    tree = etree.fromstring(gzip.decompress(site.get(url.removeprefix(site.base)).content))
    return [element.text for element in tree.iter("{*}loc")]


def test_a_large_institution_has_several_maps_that_hold_each_page_once(site, monkeypatch):
    monkeypatch.setattr(sitemap, "MOST", 5)
    maps = addresses(site, "/sitemap.xml.gz")
    assert len(maps) == 3
    pages = [addresses(site, each) for each in maps]
    assert [len(page) for page in pages] == [5, 5, 2]
    assert len({address for page in pages for address in page}) == len(samples.ALL) + 1


def test_pages_name_their_feed_calendar_and_json(site):
    page = site.get("/valbourg").text
    for kind in ("application/atom+xml", "text/calendar", "application/json"):
        assert f'type="{kind}"' in page.partition("</head>")[0]
