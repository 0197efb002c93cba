"""A name is hidden after it was published: seconds later the portal has it nowhere, and the proof says since when."""

import pytest
import re
import requests
from canary.canaries import Canary
from canary.naive import leaks
from canary.naive import plainly
from canary.stored import catalog_of
from collective.deliberation.pseudonym.register import Category
from crawling.crawler import Crawler
from pseudonym.files import made


LATE = Canary(
    "Ulphie Tournemarteau", ("tournemarteau",), Category.PERSON, "f", "Ulphie", "Tournemarteau"
)
NEEDLES = {needle: LATE.form for needle in LATE.needles}
SECONDS = 10  # it takes about one; the machine of a test may be busy


@pytest.fixture(scope="module")
def hidden(sites):
    """An item that was public as draft and as a corrected draft, with the name in all it has; then it is hidden."""
    hands, live = sites.hands, sites.live
    meeting, _uid = hands.add(
        "/canaria",
        **{"@type": "Meeting", "body": "college", "start": "2026-12-22T19:00:00"},
    )
    text = {"data": f"<p>Vu la demande de {LATE.form} ;</p>", "content-type": "text/html"}
    item, uid = hands.add(
        meeting,
        **{"@type": "Item", "title": f"Permis de {LATE.form}", "category": "Travaux"},
        motivation=text,
        draftDecision=text,
    )
    letter = made.pdf([f"Lettre de {LATE.form}"])
    annex, _uid = hands.annex(item, f"Lettre de {LATE.form}", "lettre.pdf", letter, made.PDF)
    _reject_all(hands, item)
    hands.do(annex, ("publish", "clerk"), comment="Motif")
    hands.do(meeting, ("convene", "clerk"))
    hands.do(item, ("propose", "agent"), ("approve", "clerk"))
    published = lambda: live.published("canaria").get(uid, {})  # noqa: E731
    live.until(lambda: published().get("revision") == 1)
    address = published()["url"]
    page = requests.get(address, headers={"Accept": "application/json"}, timeout=60).json()
    file = page["annexes"][0].get("url") or page["annexes"][0]["@id"]
    assert leaks(requests.get(address, timeout=60).content, NEEDLES)
    assert requests.get(file, timeout=60).status_code == 200
    known = requests.get(address, timeout=60).headers

    form = {"action": "add", "category": "person", "form": LATE.form, "gender": "f"}
    answer = hands.form(f"{item}/@@personal-data", "clerk", **form)
    assert answer.status_code == 302
    seconds = live.until(
        lambda: not leaks(requests.get(address, timeout=60).content, NEEDLES), SECONDS * 6
    )
    return {"item": item, "address": address, "file": file, "seconds": seconds, "known": known}


def _reject_all(hands, item):
    """The clerk errs: the name is left public."""
    address = f"{item}/@@review-personal-data"
    page = hands.ask("GET", address, "agent", headers={"Accept": "text/html"}).text
    rows = re.findall(r'<[^>]*data-key="([^"]+)"[^>]*data-state="open"[^>]*>', page)
    if rows:
        hands.form(address, "agent", action="reject", key=rows)


def test_it_leaves_the_page_within_seconds(hidden):
    assert hidden["seconds"] < SECONDS


def test_no_page_service_feed_or_map_has_it(sites, hidden):
    home = sites.live.portal.url
    names = (
        "",
        "/@@sitemap.xml.gz",
        "/@@nouveautes.atom",
        "/@@seances.ics",
        "/@search?fullobjects=1",
    )
    seeds = [base + name for base in (home, f"{home}/canaria", hidden["address"]) for name in names]
    answers = Crawler(home).crawl(seeds, follow=False)
    guilty = [each.url for each in answers if leaks(each.body, NEEDLES)]
    assert guilty == []


def test_its_history_is_forgotten(hidden):
    page = requests.get(
        hidden["address"], headers={"Accept": "application/json"}, timeout=60
    ).json()
    assert len(page["history"]) <= 1
    for revision in ("1", "2"):
        old = requests.get(hidden["address"], params={"revision": revision}, timeout=60)
        assert leaks(old.content, NEEDLES) == []


def test_a_cache_that_asks_again_is_not_told_that_nothing_changed(hidden):
    headers = {"If-None-Match": hidden["known"]["ETag"]}
    assert requests.get(hidden["address"], headers=headers, timeout=60).status_code == 200


def test_the_annex_that_holds_it_is_gone_and_waits_for_a_word(sites, hidden):
    assert requests.get(hidden["file"], timeout=60).status_code in (404, 410)
    page = requests.get(
        hidden["address"], headers={"Accept": "application/json"}, timeout=60
    ).json()
    assert page["annexes"] == []
    checks = sites.hands.call("GET", f"{hidden['item']}/@checklist", "clerk")
    assert "annexe" in str(checks).lower()


def test_no_index_and_no_metadata_of_the_catalog_have_it(sites, hidden):
    indexes, metadata = catalog_of(sites.portal.var / "Data.fs", "portal")
    lexicons = {name for name in indexes if "lexicon" in name}
    found = {name for name, words in indexes.items() if plainly(words, NEEDLES)}
    assert found - lexicons == set()
    assert plainly(metadata, NEEDLES) == []


def test_the_proof_says_what_may_have_been_seen_and_since_when(sites, hidden):
    address = f"{hidden['item']}/@@personal-data-proof"
    proof = sites.hands.call("GET", f"{address}?format=json", "clerk")
    (exposure,) = proof["exposures"]
    assert {"title", "motivation", "draftDecision", "annexes"} <= set(exposure["fields"])
    assert exposure["since"] <= exposure["until"]
    assert leaks(str(proof), NEEDLES) == []
