"""Follow every link and every known machine address of a site, as anybody could, and keep each answer.

Known addresses are those that the product registers (read from its ZCML, so that later ones are covered) and those
that Plone answers by itself.
"""

import gzip
import html
import re
import requests
from canary.naive import leaks
from canary.naive import plainly
from collections import Counter
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote
from urllib.parse import urljoin
from urllib.parse import urlsplit


SOURCE = Path(__file__).parents[2] / "src" / "collective" / "deliberation"
# Below every object; the site included.
EVERYWHERE = """
/@@view /edit /@@edit /@@download /@@images /@@ok /@@search /search_rss /RSS /rss.xml /atom.xml /feed
/@@folder_contents /folder_listing /@@listing_view /summary_view /full_view /tabular_view /@@sharing
/content_status_history /@@historyview /@history /@history/0 /@@plone_context_state/object_title
/@breadcrumbs /@navigation?expand.navigation.depth=5 /@contextnavigation /@navroot /@actions /@types /@workflow /@comments
/@aliases /@translations /@sharing /@lock /@upgrade /@linkintegrity /@relations /@rules /@portlets /@inherit
/@querystring-search /@checklist /@search?fullobjects=1 /@search?metadata_fields=_all
/@search?SearchableText=demande&metadata_fields=_all /@@ajax-search?SearchableText=demande
/@@getVocabulary?name=plone.app.vocabularies.Catalog /@vocabularies/plone.app.vocabularies.Catalog
/@vocabularies/collective.deliberation.categories /@vocabularies/collective.deliberation.representatives
/@@updated_search?SearchableText=demande /@@search?SearchableText=demande /sitemap /sitemap.xml.gz /manifest
/title /Title /Description /description /motivation /register /document /history /_history /Creator /listCreators
/getId /SearchableText /objectIds /objectValues /contentItems /folderlistingFolderContents /getText /raw /votes
/@@iconresolver /@@has_object_info /@@plone_layout /@@main_template /external_edit /manage_main /manage_workspace
/manage_UndoForm /manage_FTPget /document_src /PrincipiaSearchSource /@@getFile /@@tinymce-getinfo /@@fc-contextInfo
/@@fc-contents /@@getSource /@@plone.browserlayer /@@versions_history_form /@@history /@system /@database /@site
/@contextual /@userschema /@users /@groups /@controlpanels /@addons /@email-notification /nosuch
""".split()
SITE = """
/robots.txt /sitemap.xml.gz /resolveuid /favicon.ico /site.webmanifest /@@site-logo /contact-info
/accessibility-info /login /@@desk /portal_catalog /portal_catalog/searchResults /portal_catalog/manage_main
/error_log /error_log/getLogEntries /portal_transforms /acl_users /author/agent /@@usergroup-userprefs
""".split()
_LINK = re.compile(
    r"""\b(?:href|src|action|srcset|content|data-[\w-]+|formaction|poster)=("[^"]*"|'[^']*')"""
)
_ADDRESS = re.compile(r"""https?://[^\s"'<>\\)\]}]+""")
_REGISTERED = re.compile(
    r"<(?P<kind>browser:page|plone:service|browser:view|plone:static)\b(?P<rest>[^>]*)>", re.S
)
_NAME = re.compile(r'\bname="([^"]+)"')


QUERIES = 8  # of one path that links lead to: pages and filters of a search go on for ever
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


def registered_names() -> list[str]:
    """``/@@…`` and ``/@…`` of every view and service of the product, in the order of their files."""
    found = []
    for file in sorted(SOURCE.rglob("*.zcml")):
        for page in _REGISTERED.finditer(file.read_text("utf-8")):
            name = _NAME.search(page["rest"])
            if name and page["kind"] != "plone:static":
                found.append("/" + name[1] if name[1].startswith("@") else f"/@@{name[1]}")
    return list(dict.fromkeys(found))


class Crawler:
    """One visitor: ``auth`` is ``(name, password)`` or ``None``."""

    def __init__(self, site: str, auth: tuple[str, str] | None = None):
        self.site = site
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
        """Ask for the seeds, and for what their answers lead to; of one path with few of its queries."""
        waiting = [(url, True) for url in seeds]
        while waiting:
            url, is_seed = waiting.pop(0)
            url = url.partition("#")[0]
            if url in self._seen or not self._is_here(url):
                continue
            path = urlsplit(url)._replace(query="").geturl()
            if not is_seed and self._queries[path] >= QUERIES:
                continue
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
        for match in _LINK.finditer(text):
            yield urljoin(answer.url, html.unescape(match[1][1:-1]))
        for match in _ADDRESS.finditer(text):
            yield html.unescape(match[0])


def said(answer: Answer) -> list[str]:
    """The canaries that an answer says, in any way; of a page of error, those that stand there plainly."""
    read = leaks if answer.status < 400 or answer.status == 410 else plainly
    return _read(read, _told(answer))


@lru_cache(maxsize=4096)
def _read(read: Callable[[bytes], list[str]], told: bytes) -> list[str]:
    return read(told)


def _told(answer: Answer) -> bytes:
    """All that an answer says, but for the address that was asked for, which it may repeat."""
    url = urlsplit(answer.url)
    asked = {answer.url, url.query, unquote(url.query)} - {""}
    kept = [line for line in answer.headers.splitlines() if not line.startswith(("Date", "ETag"))]
    told = "\n".join(kept).encode() + b"\n\n" + answer.content
    for each in asked:
        told = told.replace(each.encode(), b"").replace(html.escape(each).encode(), b"")
    return told
