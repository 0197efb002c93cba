"""The same canaries at the desk: who has no account, no role, or no right to personal data reads none of them."""

import html
import io
import pytest
import re
import requests
from canary import hostile_files
from canary.canaries import CANARIES
from canary.naive import leaks
from canary.naive import solid
from canary.saying import said
from crawling.addresses import EVERYWHERE
from crawling.addresses import registered_names
from crawling.addresses import SITE
from crawling.crawler import Crawler
from pypdf import PdfReader


PASSWORD = "deliberation"
VISITORS = {"anonymous": None, "member": ("member", PASSWORD), "observer": ("observer", PASSWORD)}
DOCUMENTS = [
    f"/@@extract?format={format}&version={version}"
    for format in ("pdf", "odt")
    for version in ("public", "internal")
]
FILES = ["/@@download/file", "/@@display-file/file", "/@@download/publicFile", "/@@images/file"]
WRITES = (
    ("POST", "/@querystring-search", {"query": []}),
    ("POST", "/@querystring-search", {"query": [], "fullobjects": 1, "metadata_fields": "_all"}),
    ("POST", "/@workflow/publish", {}),
    ("POST", "/@workflow/withdraw", {"comment": "x"}),
    ("PATCH", "", {"title": "x"}),
    ("POST", "/@copy", {}),
    ("POST", "/@move", {}),
    ("POST", "/@lock", {}),
    ("PROPFIND", "", None),
    ("OPTIONS", "", None),
    ("DELETE", "", None),
)


@pytest.fixture(scope="module")
def home(sites):
    return sites.live.desk.url


def crawl(sites, visitor):
    home = sites.live.desk.url
    crawler = Crawler(home, VISITORS[visitor])
    names = ["", *registered_names(), *EVERYWHERE, *DOCUMENTS]
    planted = sites.planted
    annexes = list(planted.annexes)
    # Who is refused as a whole needs no more than one object; tests/desk asks for the others.
    objects = {
        "anonymous": [planted.item],
        "member": [planted.item, annexes[0]],
        "observer": ["", planted.meeting, planted.item, annexes[0]],
    }[visitor]
    seeds = [home + each + name for each in objects for name in names]
    seeds += [home + name for name in ("", "/canaria", *SITE)]
    seeds += [home + annex + name for annex in annexes for name in FILES]
    seeds += [f"{home}/resolveuid/{uid}" for uid in planted.items.values()]
    seeds += [f"{home}/resolveuid/{uid}/Title" for uid in planted.items.values()]
    crawler.crawl(seeds, follow=False)
    for each in (planted.meeting, planted.item, annexes[0]):
        for method, name, body in WRITES:
            crawler.ask(home + each + name, "application/json", method, json=body)
    return crawler.answers


@pytest.fixture(scope="module")
def anonymous(sites):
    return crawl(sites, "anonymous")


@pytest.fixture(scope="module")
def member(sites):
    return crawl(sites, "member")


@pytest.fixture(scope="module")
def observer(sites):
    return crawl(sites, "observer")


def guilty(answers):
    return [
        (each.status, each.url, each.accept, found) for each in answers if (found := said(each))
    ]


def test_no_answer_to_the_anonymous_says_a_canary(anonymous):
    assert len(anonymous) > 250
    assert guilty(anonymous) == []


def test_no_answer_to_a_member_without_a_role_says_a_canary(member):
    assert len(member) > 400
    assert guilty(member) == []


def test_no_answer_to_who_may_view_all_but_personal_data_says_a_canary(observer):
    """Views, REST, history, search, listings, downloads, documents, and Plone's own methods."""
    assert any(each.status == 200 and each.url.endswith("/canaria") for each in observer)
    assert guilty(observer) == []


def test_who_may_not_view_personal_data_gets_no_object_that_may_hold_some(sites, home):
    for path in (sites.planted.meeting, sites.planted.item, *sites.planted.annexes):
        for name in ("", "/view", "/Title", "/@history", "/@breadcrumbs", "/@@extract", "/getId"):
            for accept in ("text/html", "application/json"):
                got = requests.get(
                    home + path + name,
                    auth=VISITORS["observer"],
                    headers={"Accept": accept},
                    timeout=60,
                    allow_redirects=False,
                )
                # 404 where an address leads nowhere for anybody: a page of error that names nothing.
                assert got.status_code in (401, 403, 404), (path, name, accept, got.status_code)
                assert name or got.status_code != 404


@pytest.mark.parametrize("visitor", ["member", "observer"])
@pytest.mark.parametrize("canary", CANARIES[::8], ids=lambda canary: solid(canary.form)[:20])
def test_searching_a_canary_tells_nothing_to_who_may_not_view_it(sites, home, visitor, canary):
    """A hit would say that the name is there, even without a word of it."""
    for name in ("SearchableText", "Title"):
        got = requests.get(
            f"{home}/@search",
            params={name: canary.form.split()[0] + "*"},
            auth=VISITORS[visitor],
            headers={"Accept": "application/json"},
            timeout=60,
        )
        assert got.json().get("items", []) == []


@pytest.mark.parametrize("format", ["pdf", "odt"])
def test_no_public_document_holds_a_canary_in_text_or_metadata(sites, format):
    """Drawn up by who may see all: the version that is for everybody has the public texts only."""
    address = f"{sites.planted.item}/@@extract?format={format}&version=public"
    got = sites.hands.ask("GET", address, "clerk", headers={"Accept": "*/*"})
    assert got.status_code == 200
    assert leaks(str(got.headers)) == []
    assert leaks(hostile_files.everything_in(got.content)) == []
    internal = sites.hands.ask(
        "GET", address.replace("public", "internal"), "clerk", headers={"Accept": "*/*"}
    )
    if format == "odt":
        assert leaks(hostile_files.everything_in(internal.content))  # the search does find
    else:
        assert leaks(_words(got.content)) == []
        assert leaks(_words(internal.content))


def _words(pdf):
    reader = PdfReader(io.BytesIO(pdf))
    return " ".join((*(page.extract_text() for page in reader.pages), str(reader.metadata)))


def test_the_public_preview_and_the_proof_say_no_canary(sites):
    """What the clerk is shown as public, and what goes to the data protection officer."""
    page = sites.hands.ask(
        "GET", f"{sites.planted.item}/@@public-preview", "clerk", headers={"Accept": "text/html"}
    ).text
    shown = re.findall(
        r'<[a-z]+[^>]*class="[^"]*pm-public[^"]*"[^>]*>(.*?)</(?:div|td|p)>', page, re.S
    )
    assert shown
    assert [found for each in shown if (found := leaks(each))] == []
    for form in ("json", "csv"):
        proof = f"{sites.planted.item}/@@personal-data-proof?format={form}"
        assert leaks(sites.hands.ask("GET", proof, "clerk").content) == []


def test_the_queue_says_no_canary(sites):
    for address, accept in (
        ("/@publishing-queue", "application/json"),
        ("/@@publishing-queue", "text/html"),
    ):
        got = sites.hands.ask("GET", address, "clerk", headers={"Accept": accept})
        assert got.status_code == 200
        assert leaks(got.content) == [], address


def test_what_only_a_machine_reads_is_refused_without_a_canary_in_the_refusal(sites):
    refused = sites.planted.refusals["escapes"]
    assert refused.status_code == 400
    assert "ne peut" in refused.text
    assert leaks(refused.content) == []
    assert sites.planted.items[sites.planted.refused] not in sites.planted.addresses


def test_an_annex_that_holds_canaries_is_published_only_by_a_humans_word(sites):
    refusals = sites.planted.refusals
    for name in ("pdf", "docx", "odt", "xlsx", "jpg", "png"):
        assert "Donnez un motif" in refusals[f"publish {name}"].text, name
    assert "Donnez un motif" in refusals["publish"].text
    assert "pas encore de version caviardée" in html.unescape(refusals["redact"].text)
    assert "se lisent encore dans ce fichier" in html.unescape(refusals["upload"].text)


def test_no_log_of_the_desk_holds_a_canary(sites):
    logs = {name: data for name, data in sites.desk_logs.items() if name.suffix == ".log"}
    assert {"event.log", "console.log"} <= {name.name for name in logs}
    assert {str(name): found for name, data in logs.items() if (found := leaks(data))} == {}
