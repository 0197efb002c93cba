"""``robots.txt``: everything may be read, but for the endless combinations of a search; where the maps are.

What may be *shown* is said by each page (``X-Robots-Tag``), as its institution chose: a page that robots may
not read could not tell them.
"""

from collective.deliberation.opendata.stream import Stream
from urllib.parse import urlsplit


UNREAD = ("/@@deliberations-search", "/@items", "/donnees/selection", "/alertes", "/login")


class Robots(Stream):
    content_type = "text/plain; charset=utf-8"
    robots = ""

    def body(self) -> bytes:
        path = urlsplit(self.site_url).path.rstrip("/")
        lines = ["User-agent: *", *(f"Disallow: {path}{name}" for name in UNREAD)]
        return "\n".join([*lines, "", f"Sitemap: {self.site_url}/sitemap.xml.gz", ""]).encode()
