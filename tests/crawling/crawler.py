"""Follow every link of a site and every address that a test adds, as anybody could, and keep each answer.

A crawl ends because nothing is left to ask for: else it fails. Who asks for a few queries of each path says so.
"""

import gzip
import html
import re
import requests
from collections import Counter
from collections import deque
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin
from urllib.parse import urlsplit


_LINK = re.compile(
    r"""\b(?:href|src|action|srcset|content|data-[\w-]+|formaction|poster)=("[^"]*"|'[^']*')"""
)
_WORDS = re.compile(r"""\b(?:content|data-[\w-]+)=("[^"/][^"]*"|'[^'/][^']*')""")  # no addresses
_ADDRESS = re.compile(r"""https?://[^\s"'<>\\)\]}]+""")


LIMIT = 30_000  # addresses; a site of tests has far fewer
_CAME_FROM = re.compile(r"[?&]came_from=[^&]*")  # a page to log in at repeats any address
_HTML, _JSON = "text/html", "application/json"


def _kinds(path: str) -> tuple[str, ...]:
    """In which of its shapes to ask for an address: a service speaks JSON, a view doesn't, content does both."""
    last = path.rpartition("/")[2]
    if last.startswith("@@") or "." in last:
        return (_HTML,)
    return (_JSON,) if last.startswith("@") else (_HTML, _JSON)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked and what came: ``text`` is everything a visitor gets, headers included."""

    url: str
    accept: str
    status: int
    body: bytes
    headers: str

    @property
    def content(self) -> bytes:
        if self.body[:2] == b"\x1f\x8b":
            return gzip.decompress(self.body)
        return self.body


class Crawler:
    """One visitor: ``auth`` is ``(name, password)`` or ``None``.

    :param queries: how many queries of one path to follow; without it, all
    """

    def __init__(self, site: str, auth: tuple[str, str] | None = None, queries: int | None = None):
        self.site = site
        self.queries = queries
        self.session = requests.Session()
        self.session.auth = auth
        self.answers: list[Answer] = []
        self._seen: set[str] = set()
        self._queries: Counter[str] = Counter()

    def ask(self, url: str, accept: str, method: str = "GET", **arguments) -> Answer:
        got = self.session.request(
            method,
            url,
            headers={"Accept": accept},
            timeout=120,
            allow_redirects=False,
            **arguments,
        )
        headers = "\n".join(f"{name}: {value}" for name, value in got.headers.items())
        answer = Answer(url, accept, got.status_code, got.content, headers)
        self.answers.append(answer)
        return answer

    def crawl(self, seeds: Iterable[str], follow: bool = True) -> list[Answer]:
        """Ask for the seeds, and for what their answers lead to.

        :raises AssertionError: when the site has more addresses than a crawl can be trusted to have read
        """
        waiting = deque((url, True) for url in seeds)
        while waiting:
            url, is_seed = waiting.popleft()
            url = _CAME_FROM.sub("", url.partition("#")[0])
            if url in self._seen or not self._is_here(url):
                continue
            path = urlsplit(url)._replace(query="").geturl()
            if not is_seed and self.queries is not None and self._queries[path] >= self.queries:
                continue
            assert len(self._seen) < LIMIT, f"{len(waiting)} addresses are left: {url}"
            self._seen.add(url)
            self._queries[path] += 1
            for accept in _kinds(url[len(self.site) :]):
                answer = self.ask(url, accept)
                if follow and answer.status < 400:
                    waiting += [(link, False) for link in self._links(answer)]
        return self.answers

    def _is_here(self, url: str) -> bool:
        path = urlsplit(url).path
        outside = "++plone++", "++theme++", "++resource++", "++webresource++", "deliberations-style"
        return url.startswith(self.site) and not any(part in path for part in outside)

    def _links(self, answer: Answer) -> Iterator[str]:
        text = answer.content.decode("utf-8", "replace")
        for line in answer.headers.splitlines():
            if line.lower().startswith("location: "):
                yield urljoin(answer.url, line.partition(": ")[2])
        if "\0" in text[:2000]:
            return
        for match in _LINK.finditer(_WORDS.sub("", text)):
            yield urljoin(answer.url, html.unescape(match[1][1:-1]))
        for match in _ADDRESS.finditer(text):
            yield html.unescape(match[0])
