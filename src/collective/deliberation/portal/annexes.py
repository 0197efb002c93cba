"""Files of a published object at ``{object}/annexes/{short uid}.{extension}``, streamed from their blobs.

The name says nothing of the file: its title stands on the page, neutralised, and no original name exists.
"""

from Acquisition import aq_inner
from Acquisition import aq_parent
from collective.deliberation.content.addresses import short_uid
from collective.deliberation.portal import files
from collective.deliberation.portal.caching import sending
from collective.deliberation.portal.content import Published
from collective.deliberation.portal.pages import indexing
from collective.deliberation.portal.pages import presented
from collective.deliberation.publishing import wire
from plone import api
from plone.namedfile.utils import filestream_range_iterator
from Products.Five.browser import BrowserView
from zExceptions import NotFound
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse
from ZPublisher.HTTPRangeSupport import expandRanges
from ZPublisher.HTTPRangeSupport import parseRange


INLINE = ("application/pdf", "image/gif", "image/jpeg", "image/png", "image/webp", "text/plain")


@implementer(IPublishTraverse)
class Annexes(BrowserView):
    name: str | None = None

    def publishTraverse(self, request, name):  # noqa: N802 (Zope)
        if self.name is not None:
            raise NotFound(name)
        self.name = name
        return self

    def __call__(self):
        response = self.request.response
        if self.context.withdrawn_by() is not None:
            return api.content.get_view("deliberations-gone", self.context, self.request)()
        annex = self.annex()
        stored = annex and files.stored(_institution(self.context), annex.sha256)
        if stored is None:
            raise NotFound(self.name)
        etag = f'"{annex.sha256}"'
        response.setHeader("ETag", etag)
        sending.share(response, self.context, ("meeting",), _institution(self.context))
        response.setHeader("X-Content-Type-Options", "nosniff")
        robots = self.robots()
        if robots:
            response.setHeader("X-Robots-Tag", robots)
        if etag in (self.request.getHeader("If-None-Match") or ""):
            response.setStatus(304)
            return ""
        kind = "inline"
        if annex.mimeType not in INLINE:  # SVG, HTML …: nothing in it runs or loads
            kind = "attachment"
            response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox")
        response.setHeader("Content-Type", annex.mimeType)
        response.setHeader("Content-Disposition", f'{kind}; filename="{self.name}"')
        response.setHeader("Accept-Ranges", "bytes")
        start, end = self.range(stored.size, etag)
        response.setHeader("Content-Length", str(end - start))
        if self.request.method == "HEAD":
            return ""
        return filestream_range_iterator(stored.blob.committed(), start=start, end=end)

    def robots(self) -> str:
        """As of the page that names the file."""
        masked = presented.holds_pseudonyms(self.context.publication.record)
        return indexing.robots(_institution(self.context), masked)

    def annex(self) -> wire.AnnexRecord | None:
        for annex in self.context.publication.record.annexes:
            if self.name == f"{short_uid(annex.uid)}.{annex.extension}":
                return annex
        return None

    def range(self, size: int, etag: str) -> tuple[int, int]:
        """The part asked for, and its headers; all of the file unless exactly one part is asked for."""
        asked = self.request.getHeader("Range")
        ranges = parseRange(asked) if asked else None
        if not ranges or len(ranges) > 1 or self.request.getHeader("If-Range") not in (None, etag):
            return 0, size
        satisfied = expandRanges(ranges, size)
        response = self.request.response
        if not satisfied:
            response.setStatus(416)
            response.setHeader("Content-Range", f"bytes */{size}")
            return 0, 0
        start, end = satisfied[0]
        response.setStatus(206)
        response.setHeader("Content-Range", f"bytes {start}-{end - 1}/{size}")
        return start, end


def _institution(obj):
    while isinstance(obj, Published):
        obj = aq_parent(aq_inner(obj))
    return obj
