"""Forty canaries were planted in all fields and files and published: no exit of the portal lets one be read."""

import io
import pytest
import requests
from canary import hostile_files
from canary.canaries import CANARIES
from canary.naive import leaks
from canary.naive import plainly
from canary.naive import solid
from canary.saying import said
from canary.stored import catalog_of
from canary.stored import records_of
from crawling.addresses import EVERYWHERE
from crawling.addresses import registered_names
from crawling.addresses import SITE
from crawling.crawler import Answer
from crawling.crawler import Crawler
from pypdf import PdfReader


WITHDRAWN = "withdrawn"


@pytest.fixture(scope="module")
def home(sites):
    return sites.live.portal.url


@pytest.fixture(scope="module")
def objects(sites, home):
    """Addresses of the institution, its meeting and its items, the withdrawn one included."""
    return [f"{home}/canaria", *sites.planted.addresses.values()]


@pytest.fixture(scope="module")
def page(sites):
    return sites.planted.addresses[sites.planted.items[sites.planted.item]]


@pytest.fixture(scope="module")
def crawled(objects, home, page):
    """All that anybody gets from the portal by following links and trying every known machine address."""
    crawler = Crawler(home, queries=8)
    seeds = [home, *(home + name for name in SITE)]
    seeds += [each + name for each in (home, page) for name in EVERYWHERE]
    seeds += [each + name for each in (home, *objects) for name in ("", *registered_names())]
    return crawler.crawl(seeds)


def guilty(answers):
    """Which of these answers say a canary."""
    return [(each.url, each.accept, found) for each in answers if (found := said(each))]


def of_type(answers, *types):
    found = [each for each in answers if _type(each).startswith(types)]
    assert found, types
    return found


def _type(answer: Answer) -> str:
    for line in answer.headers.lower().splitlines():
        if line.startswith("content-type: "):
            return line.removeprefix("content-type: ")
    return ""


def fields_of(page, **form):
    return requests.get(
        page, headers={"Accept": "application/json"}, params=form, timeout=60
    ).json()


def test_what_was_planted_can_be_read_at_the_desk(sites):
    """Else a suite that finds nothing at the portal would prove nothing."""
    records = records_of(sites.desk.var / "Data.fs", sites.desk.sizes)
    read = solid(b"\n".join(records).decode("utf-8", "ignore"))
    hidden = [each.form for each in CANARIES if not any(map(read.__contains__, each.needles))]
    assert hidden == []
    for make, _mime in hostile_files.CLEANED.values():
        assert leaks(hostile_files.everything_in(make()))


def test_the_crawl_reaches_pages_services_feeds_calendars_maps_and_files(crawled, objects, page):
    answered = {each.url for each in crawled if each.status == 200}
    assert set(objects) - answered == {
        each.url for each in crawled if each.status == 410 and each.url in objects
    }
    assert any(page + "/annexes/" in url for url in answered)
    for kind in ("text/html", "application/json", "application/atom+xml", "text/calendar"):
        of_type(crawled, kind)
    assert len(answered) > 60


def test_no_html_page_says_a_canary(crawled):
    assert guilty(of_type(crawled, "text/html")) == []


def test_no_json_says_a_canary(crawled):
    assert guilty(of_type(crawled, "application/json", "application/ld+json")) == []


def test_no_feed_calendar_or_site_map_says_a_canary(crawled):
    kinds = (
        "application/atom+xml",
        "text/calendar",
        "application/gzip",
        "application/octet-stream",
    )
    assert guilty(of_type(crawled, *kinds)) == []


def test_nothing_else_that_the_crawl_reached_says_a_canary(crawled):
    """Whatever its type and status: redirections, refusals, files, what others will have added."""
    assert guilty(crawled) == []


def test_no_address_holds_a_canary(crawled):
    assert leaks("\n".join(each.url for each in crawled)) == []


@pytest.mark.parametrize(
    "field",
    [
        "title",
        "category",
        "representatives",
        "motivation",
        "draftDecision",
        "resolutionText",
        "votes",
    ],
)
def test_no_field_of_an_item_says_a_canary(page, field):
    value = fields_of(page)[field]
    assert value
    assert leaks(str(value)) == []


@pytest.mark.parametrize("field", ["location", "attendance", "bodyTitle"])
def test_no_field_of_a_meeting_says_a_canary(sites, field):
    record = fields_of(sites.planted.addresses[sites.planted.meeting_uid])
    value = record.get(field) or record["body"]
    assert value
    assert leaks(str(value)) == []


def test_what_is_hidden_is_shown_as_a_pseudonym(page):
    """The texts did arrive: what stands in the place of a name is there."""
    shown = requests.get(page, timeout=60).text
    assert "Personne A" in shown
    assert "[adresse]" in shown


def test_titles_and_file_names_of_annexes_say_no_canary(page):
    annexes = fields_of(page)["annexes"]
    assert len(annexes) == len(hostile_files.CLEANED) + 1
    for annex in annexes:
        assert annex["title"]
        got = requests.get(annex.get("url") or annex["@id"], timeout=60)
        assert got.status_code == 200
        assert leaks(str(annex)) == leaks(str(got.headers)) == []


def test_no_file_of_a_public_annex_holds_a_canary_in_text_or_metadata(sites, page):
    """Each kind that hides them was published as it is: the public copy is clean all the same."""
    holders = (page, sites.planted.addresses[sites.planted.meeting_uid])
    annexes = [annex for holder in holders for annex in fields_of(holder)["annexes"]]
    kinds = set()
    for annex in annexes:
        data = requests.get(annex.get("url") or annex["@id"], timeout=60).content
        kinds.add(data[:4])
        assert leaks(hostile_files.everything_in(data)) == [], annex
        if data.startswith(b"%PDF"):
            reader = PdfReader(io.BytesIO(data))
            said = [page.extract_text() for page in reader.pages]
            assert leaks(" ".join((*said, str(reader.metadata), str(reader.outline)))) == []
            assert reader.attachments == {}
    assert kinds >= {b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff\xe0"} or len(kinds) >= 4


def test_no_draft_page_said_a_canary_before_the_meeting(sites):
    assert len(sites.drafts) >= 3
    assert [found for each in sites.drafts if (found := leaks(each))] == []


def test_the_history_of_an_item_says_no_canary(page):
    history = fields_of(page)["history"]
    assert history
    assert leaks(str(history)) == []
    assert leaks(requests.get(page, params={"revision": "1"}, timeout=60).content) == []


def test_the_reason_of_a_withdrawal_says_no_canary(sites):
    address = sites.planted.addresses[sites.planted.items[sites.planted.withdrawn]]
    for accept in ("text/html", "application/json"):
        got = requests.get(address, headers={"Accept": accept}, timeout=60)
        assert got.status_code == 410
        assert leaks(got.content) == []
    assert "Demande de" in got.text or "Retiré" in got.text


@pytest.mark.parametrize("canary", CANARIES[::3], ids=lambda canary: solid(canary.form)[:20])
def test_searching_a_canary_finds_nothing(home, canary):
    """A search that finds the item would say that the name is in it."""
    words = max((canary.form, *canary.form.split()), key=len)
    for address, name in (
        (f"{home}/@search", "SearchableText"),
        (f"{home}/@search", "Title"),
        (f"{home}/@search", "deliberation_text"),
        (f"{home}/@@deliberations-search", "q"),
    ):
        answer = requests.get(
            address, params={name: words}, headers={"Accept": "application/json"}, timeout=60
        )
        if answer.headers["Content-Type"].startswith("application/json"):
            found = [each["@id"] for each in answer.json().get("items", ())]
        else:
            found = [part for part in answer.text.split('"') if "/canaria/2026" in part]
        assert found == [] or canary.form.split()[0] == words, address


def test_what_an_institution_may_list_of_its_publications_says_no_canary(sites):
    listed = sites.live.published("canaria")
    assert sites.planted.meeting_uid in listed
    assert leaks(str(listed)) == []


def test_no_index_of_the_catalog_holds_a_canary(sites):
    indexes, _metadata = catalog_of(sites.portal.var / "Data.fs", "portal")
    assert {"SearchableText", "deliberation_text", "Title", "sortable_title"} <= set(indexes)
    found = {name: plainly(words) for name, words in indexes.items()}
    assert {name: each for name, each in found.items() if each} == {}


def test_no_metadata_of_the_catalog_hold_a_canary(sites):
    _indexes, metadata = catalog_of(sites.portal.var / "Data.fs", "portal")
    assert "canaria" in metadata
    assert plainly(metadata) == []


def test_no_record_of_the_portals_database_holds_a_canary(sites):
    records = records_of(sites.portal.var / "Data.fs", sites.portal.sizes)
    assert len(records) > 10
    assert [found for each in records if (found := leaks(each))] == []


def test_no_blob_of_the_portal_holds_a_canary_packed_or_unpacked(sites):
    blobs = [data for name, data in sites.portal.files().items() if name.suffix == ".blob"]
    assert len(blobs) >= len(hostile_files.CLEANED)
    assert [found for each in blobs if (found := leaks(hostile_files.everything_in(each)))] == []


def test_no_log_of_the_portal_holds_a_canary(sites):
    """Nor any other file beside its database."""
    assert {"event.log", "console.log"} <= {name.name for name in sites.portal_logs}
    guilty = {
        str(name): found for name, data in sites.portal_logs.items() if (found := leaks(data))
    }
    assert guilty == {}
