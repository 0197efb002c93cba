"""``sitemap.xml.gz`` (sitemaps.org): every public page; of one institution, or of the whole portal.

Over ``MOST`` addresses a map may hold (50,000), the portal's is an index of one map an institution.
"""

import gzip
from collective.deliberation.opendata.stream import Stream
from collective.deliberation.portal.pages import listing
from lxml import etree
from lxml.builder import ElementMaker


MOST = 50_000
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
E = ElementMaker(namespace=SITEMAP, nsmap={None: SITEMAP})


class Sitemap(Stream):
    content_type = "application/gzip"
    robots = "noindex"

    def body(self) -> bytes:
        root = self._index() if self.institution is None else self._map()
        # Without the time: the same content gives the same bytes.
        return gzip.compress(etree.tostring(root, xml_declaration=True, encoding="utf-8"), mtime=0)

    def _index(self):
        maps = (f"{entry.url}/sitemap.xml.gz" for entry in listing.institutions())
        return E.sitemapindex(*(E.sitemap(E.loc(address)) for address in maps))

    def _map(self):
        found = listing.search(
            deliberation_institution=self.institution.getId(),
            sort_on="deliberation_published",
            sort_order="descending",
        )
        entries = listing.entries(found[: MOST - 1])
        return E.urlset(
            E.url(E.loc(self.institution_url)),
            *(E.url(E.loc(entry.url), E.lastmod(entry.card.published)) for entry in entries),
        )
