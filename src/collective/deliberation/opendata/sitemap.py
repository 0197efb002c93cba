"""``sitemap.xml.gz`` (sitemaps.org): every public page, in maps of at most ``MOST`` addresses.

The portal's map is an index of the maps of all institutions, of which a large one has several: ``?page=2`` …
"""

import gzip
from collective.deliberation.opendata.stream import Stream
from collective.deliberation.portal.pages import listing
from lxml import etree
from lxml.builder import ElementMaker


MOST = 50_000  # addresses of one map, as the protocol says
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
        maps = (
            f"{entry.url}/sitemap.xml.gz{f'?page={number}' if number > 1 else ''}"
            for entry in listing.institutions()
            for number in range(1, pages(len(_found(entry.slug))) + 1)
        )
        return E.sitemapindex(*(E.sitemap(E.loc(address)) for address in maps))

    def _map(self):
        found = _found(self.institution.getId())
        asked = self.request.form.get("page", "1")
        asked = int(asked) if isinstance(asked, str) and asked in map(str, range(1, 1000)) else 1
        start = (asked - 1) * MOST
        # The page of the institution is the first address of all.
        addresses = [E.url(E.loc(self.institution_url))] if asked == 1 else []
        entries = listing.entries(found[max(0, start - 1) : start - 1 + MOST])
        return E.urlset(
            *addresses,
            *(E.url(E.loc(entry.url), E.lastmod(entry.card.published)) for entry in entries),
        )


def pages(found: int) -> int:
    """How many maps an institution with so many publications needs."""
    return -(-(found + 1) // MOST)


def _found(slug: str):
    return listing.search(
        deliberation_institution=slug, sort_on="deliberation_published", sort_order="descending"
    )
