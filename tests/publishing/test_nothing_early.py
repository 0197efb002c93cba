"""All that anybody gets from the portal, before and after the moment of what is planned."""

import pytest
import re
import transaction
from collective.deliberation.demo import files
from collective.deliberation.publishing.outbox import peek
from collective.deliberation.publishing.plan import Plan
from collective.deliberation.publishing.planning import set_plan
from crawling.addresses import EVERYWHERE
from crawling.addresses import names_in_force
from crawling.addresses import registered_names
from crawling.addresses import SITE
from crawling.crawler import Answer
from crawling.crawler import Crawler
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from plone.app.textfield.value import RichTextValue
from plone.dexterity.utils import createContentInContainer
from plone.uuid.interfaces import ATTRIBUTE_NAME
from plone.uuid.interfaces import IUUID
from Products.Five.browser import BrowserView
from urllib.parse import quote
from zope.component import getGlobalSiteManager
from zope.component.hooks import setSite
from zope.interface import Interface
from zope.publisher.interfaces.browser import IBrowserRequest


WORD = "zibeline"  # of the text that is planned, and nowhere else
TITLE = "Acquisition d'un glockenspiel"
ANNEX = "Devis du carillonneur"
FILE = files.pdf(("Montant du xylophone",))
UIDS = {
    "meeting": "1f0e7c2a9b8d4f6381a5c3e2d7b60914",
    "item": "2e1d6b3c8a7f4e5092b4d1f3c6a70825",
    "annex": "3d2c5a4b7f6e4d1083c3e0a2b5f80736",
    "item of a public meeting": "4c3b4f5a6e7d4c0174d2f1b3a4e90647",
}
TOKEN = re.compile(rb'name="_authenticator"\s+value="[0-9a-f]+"')
PLACES = ("2027-01-18-conseil", "2026-12-14-conseil")  # of the planned meeting, of the public one


@pytest.fixture()
def town(sites):
    """A portal with a public meeting that has a public item with an annex."""
    sites.shown = sites.desk.item()
    annex = sites.desk.annex(sites.shown)
    transaction.commit()
    sites.desk.do(annex, "publish", "clerk")
    sites.desk.approve(sites.shown)
    sites.desk.do(sites.desk.meeting, "convene")
    assert sites.deliver() == 2
    return sites


def coming(sites):
    """A meeting with an item and its annex, and one more item of the public meeting: planned for later."""
    moment = datetime.now(timezone.utc).replace(microsecond=0) + timedelta(hours=2)
    desk = sites.desk
    named = {key: {ATTRIBUTE_NAME: uid} for key, uid in UIDS.items()}
    start = datetime(2027, 1, 18, 18, tzinfo=timezone.utc)
    sites.meeting = createContentInContainer(
        desk.institution, "Meeting", body="conseil", start=start, location=WORD, **named["meeting"]
    )
    text = {"draftDecision": RichTextValue(f"<p>{WORD}</p>", "text/html", "text/x-html-safe")}
    added = desk.item(TITLE, **text, **named["item of a public meeting"])
    public, desk.meeting = desk.meeting, sites.meeting
    sites.item = desk.item(TITLE, **text, **named["item"])
    desk.meeting = public
    for content in (sites.meeting, added):
        set_plan(content, Plan(moment.isoformat(), ""))
    transaction.commit()
    annex = desk.annex(sites.item, FILE, ANNEX, "carillonneur.pdf", **named["annex"])
    transaction.commit()
    desk.do(annex, "publish", "clerk")
    desk.approve(sites.item, added)
    desk.do(sites.meeting, "convene")
    assert {IUUID(each) for each in (sites.meeting, sites.item, added, annex)} == {*UIDS.values()}
    return moment.timestamp()


# What to ask for


def guesses(home):
    """Where somebody who knows the UIDs, or has them from a log, would look."""
    yield from (f"{home}/valbourg/{place}" for place in PLACES)
    for uid in UIDS.values():
        for name in ("", "resolveuid/", "@resolveuid/", "@published/", "valbourg/"):
            yield f"{home}/{name}{uid}"
        yield f"{home}/valbourg/{uid[:8]}"
        yield f"{home}/@search?UID={uid}"
        for place in PLACES:
            yield f"{home}/valbourg/{place}/{uid[:8]}"
            for annex in UIDS.values():
                yield f"{home}/valbourg/{place}/{uid[:8]}/annexes/{annex[:8]}.pdf"
    for word in (WORD, "glockenspiel", quote(TITLE), "carillonneur", "xylophone"):
        for name, key in (
            ("@search", "SearchableText"),
            ("@search", "Title"),
            ("@search", "deliberation_text"),
            ("@@search", "SearchableText"),
            ("@@updated_search", "SearchableText"),
            ("search_rss", "SearchableText"),
            ("@@ajax-search", "SearchableText"),
            ("@@deliberations-search", "q"),
            ("recherche", "q"),
            ("valbourg/@items", "q"),
        ):
            yield f"{home}/{name}?{key}={word}"


def seeds(sites, home):
    place = f"{home}/valbourg/{PLACES[1]}"
    objects = {home: "", f"{home}/valbourg": "valbourg", place: f"valbourg/{PLACES[1]}"}
    objects[f"{place}/{IUUID(sites.shown)[:8]}"] = f"valbourg/{PLACES[1]}/{IUUID(sites.shown)[:8]}"
    yield from objects
    yield from (home + name for name in SITE)
    portal = sites.app["portal"]
    for address, path in objects.items():
        setSite(portal)
        found = [*names_in_force(portal.unrestrictedTraverse(path) if path else portal)]
        setSite(sites.desk.site)
        assert len(found) > 200
        assert {*registered_names()} & {*found}
        yield from (address + name for name in found)
    for address in (home, f"{place}/{IUUID(sites.shown)[:8]}"):
        yield from (address + name for name in EVERYWHERE)
    yield from guesses(home)


def everything(sites) -> dict[tuple[str, str, str], Answer]:
    """Each answer by method, address and form; a crawl that was cut fails by itself."""
    transaction.begin()
    crawler = Crawler(sites.address)
    crawler.crawl([*seeds(sites, sites.address)])
    answers = {("GET", each.url, each.accept): each for each in crawler.answers}
    for query in ({"query": []}, {"query": [], "fullobjects": 1, "metadata_fields": "_all"}):
        for path in ("", "/valbourg"):
            url = f"{sites.address}{path}/@querystring-search"
            answer = crawler.ask(url, "application/json", "POST", json=query)
            answers["POST", url, str(query)] = answer
    return answers


def shown(answer: Answer) -> tuple[int, str, bytes]:
    """All of an answer but the hour at which it was given and the tokens of its forms."""
    kept = [line for line in answer.headers.splitlines() if not line.startswith("Date: ")]
    return answer.status, "\n".join(kept), TOKEN.sub(b"", answer.content)


def changed(before, after) -> list[tuple[str, ...]]:
    """What was asked and got another answer, or was asked of one only."""
    return [
        key
        for key in before.keys() | after.keys()
        if key not in before or key not in after or shown(before[key]) != shown(after[key])
    ]


def test_what_is_planned_changes_no_answer_until_its_moment_and_then_it_is_there(town):
    everything(town)  # some of Plone's answers differ the first time that a process gives them
    never = everything(town)
    moment = coming(town)
    town.deliver(clock=lambda: moment - 1)
    assert changed(never, everything(town)) == []
    assert town.deliver(clock=lambda: moment) == 3
    found = Crawler(town.address).crawl([town.address, f"{town.address}/sitemap.xml.gz"])
    says = [each for each in found if WORD.encode() in each.content]
    assert {"text/html", "application/json"} <= {each.accept for each in says}
    address = f"{town.address}/valbourg/{PLACES[0]}/{UIDS['item'][:8]}"
    naming = [each.url for each in found if address.encode() in each.content]
    for place in ("nouveautes.atom", "sitemap", ".csv", "@items", PLACES[0]):
        assert any(place in url for url in naming), place
    assert any(each.content.startswith(b"%PDF") and "/annexes/" in each.url for each in found)


@pytest.mark.parametrize("told", ["title", "number"])
def test_a_leak_of_a_title_or_of_a_number_alone_is_noticed(town, told):
    """Else a crawl that finds nothing would prove nothing."""

    class Leak(BrowserView):
        def __call__(self):
            desk = self.context.getPhysicalRoot()["desk"]
            coming = peek(desk).planned()
            titles = [desk.portal_catalog.unrestrictedSearchResults(UID=uid) for uid in coming]
            return (
                str(len(coming))
                if told == "number"
                else repr([str(each[0].Title) for each in titles])
            )

    registry = getGlobalSiteManager()
    registration = (Leak, (Interface, IBrowserRequest), Interface, "planted-leak")
    registry.registerAdapter(*registration)
    try:
        address = f"{town.address}/@@planted-leak"
        assert address in seeds(town, town.address)
        never = {each.url: each for each in Crawler(town.address).crawl([address])}
        moment = coming(town)
        town.deliver(clock=lambda: moment - 1)
        before = {each.url: each for each in Crawler(town.address).crawl([address])}
        assert never[address].status == 200
        assert changed(never, before) == [address]
    finally:
        registry.unregisterAdapter(*registration)
