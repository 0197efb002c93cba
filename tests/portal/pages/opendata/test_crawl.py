"""A crawl that compares: what is public is on a page, in a feed, JSON, a file and a map, or in none of them."""

import csv
import feedparser
import gzip
import io
import published_samples as samples
import re
from lxml import etree
from lxml import html


PUBLICATION = re.compile(r"/valbourg/\d{4}-\d\d-\d\d-conseil(-\d+)?(/[0-9a-f]{8}(-\d+)?)?")


class Crawler:
    """Reads a portal as an outsider does: each method gives the paths of publications that it found."""

    def __init__(self, site):
        self.site = site

    def everywhere(self):
        ways = (self.pages, self.feeds, self.lists, self.tables, self.documents, self.maps)
        return {way.__name__: way() for way in ways}

    def pages(self):
        """What links lead to from the home page on, by pages that answer."""
        seen, found, waiting = set(), set(), [f"{self.site.base}/@@deliberations"]
        while waiting:
            url = waiting.pop()
            path = url.removeprefix(self.site.base).partition("#")[0]
            if path in seen or not url.startswith(self.site.base):
                continue
            seen.add(path)
            answer = self.site.get(path)
            if answer.status_code != 200:
                assert not PUBLICATION.fullmatch(path), (path, answer.status_code)
                continue
            if PUBLICATION.fullmatch(path):
                found.add(path)
            if answer.headers["Content-Type"].startswith("text/html"):
                links = html.fromstring(answer.content).xpath("//main//a/@href")
                waiting += [link for link in links if self._leads_on(link)]
        return found

    def _leads_on(self, link):
        path = link.removeprefix(self.site.base).partition("#")[0]
        return bool(PUBLICATION.fullmatch(path) or re.fullmatch(r"/valbourg(\?annee=\d{4})?", path))

    def feeds(self):
        found, path = set(), "/@@nouveautes.atom"
        while path:
            feed = feedparser.parse(self.site.get(path).content)
            found |= {entry.link for entry in feed.entries}
            links = {link.rel: link.href for link in feed.feed.links}
            path = links.get("next", "").removeprefix(self.site.base)
        return self._paths(found)

    def lists(self):
        found = set()
        for path in ("/@meetings?b_size=2", "/@items?b_size=3"):
            while path:
                answer = self._json(path)
                found |= {entry["@id"] for entry in answer["items"]}
                path = answer["batching"].get("next", "").removeprefix(self.site.base)
        for url in found:
            assert self._json(url.removeprefix(self.site.base))["@id"] == url
        return self._paths(found)

    def tables(self):
        """Tables hold items; a meeting is in one as that of its items."""
        found = set()
        for address in self._files(".csv"):
            text = self.site.get(address).content.decode("utf-8-sig")
            found |= {row["adresse"] for row in csv.DictReader(io.StringIO(text), delimiter=";")}
        return self._paths(found | {url.rpartition("/")[0] for url in found})

    def documents(self):
        found = set()
        for address in self._files(".json"):
            answer = self.site.get(address).json()
            found |= {each["@id"] for each in (*answer["meetings"], *answer["items"])}
        return self._paths(found)

    def maps(self):
        found, waiting = set(), [f"{self.site.base}/sitemap.xml.gz"]
        while waiting:
            content = self.site.get(waiting.pop().removeprefix(self.site.base)).content
            tree = etree.fromstring(gzip.decompress(content))
            addresses = {element.text for element in tree.iter("{*}loc")}
            if etree.QName(tree).localname == "sitemapindex":
                waiting += addresses
            else:
                found |= addresses
        return self._paths(found)

    def _files(self, ending):
        page = html.fromstring(self.site.get("/valbourg/donnees").content)
        links = page.xpath(f"//main//a[contains(@href, '{ending}')]/@href")
        return [link.removeprefix(self.site.base) for link in links if "selection" not in link]

    def _json(self, path):
        answer = self.site.get(path, headers={"Accept": "application/json"})
        assert answer.status_code == 200, path
        return answer.json()

    def _paths(self, addresses):
        paths = {address.removeprefix(self.site.base) for address in addresses}
        return {path for path in paths if PUBLICATION.fullmatch(path)}


def paths(withdrawn=()):
    meetings = {
        samples.OLD: samples.OLD_ITEMS,
        samples.PAST: samples.PAST_ITEMS,
        samples.NEXT: samples.NEXT_ITEMS,
    }
    found = set()
    for meeting, items in meetings.items():
        if meeting not in withdrawn:
            found.add(samples.address(meeting))
            found |= {samples.address(meeting, item) for item in items if item not in withdrawn}
    return found


def test_each_publication_is_everywhere_and_a_withdrawn_one_nowhere(site):
    crawler = Crawler(site)
    everywhere = crawler.everywhere()
    assert {way: found ^ paths() for way, found in everywhere.items() if found != paths()} == {}

    item = samples.PAST_ITEMS[0]
    site.withdraw(item, "Erreur")
    # Already the first answers after the withdrawal: none waits for anything.
    address = samples.address(samples.PAST, item)
    ways = (crawler.feeds, crawler.lists, crawler.tables, crawler.documents, crawler.maps)
    assert {way.__name__ for way in ways if address in way()} == set()
    for accept in ("text/html", "application/json"):
        assert site.get(address, headers={"Accept": accept}).status_code == 410

    site.withdraw(samples.NEXT, "Séance annulée")
    gone = (item, samples.NEXT)
    everywhere = crawler.everywhere()
    wanted = paths(gone)
    assert {way: found ^ wanted for way, found in everywhere.items() if found != wanted} == {}
