"""What a reader takes along: a meeting as one PDF or one ZIP, an item as PDF, the items found as ZIP."""

import hashlib
from Acquisition import aq_parent
from collections.abc import Iterator
from collective.deliberation import _
from collective.deliberation.portal.content import Published
from collective.deliberation.portal.pages import answer
from collective.deliberation.portal.pages import archive
from collective.deliberation.portal.pages import bundle
from collective.deliberation.portal.pages import french
from collective.deliberation.portal.pages import presented
from collective.deliberation.portal.pages.meeting import meeting_title
from collective.deliberation.portal.pages.meeting import state_words
from collective.deliberation.portal.pages.page import Page
from collective.deliberation.portal.pages.paper import Paper
from collective.deliberation.portal.pages.paper import pdf
from collective.deliberation.portal.pages.reading import agenda_items
from collective.deliberation.portal.pages.reading import files_of
from collective.deliberation.portal.pages.reading import reading_of
from collective.deliberation.portal.pages.rendering import french as translated
from collective.deliberation.portal.pages.search import MOST_FOUND
from collective.deliberation.portal.pages.search import SearchPage
from contextlib import contextmanager
from functools import cached_property
from plone import api
from plone.transformchain.interfaces import DISABLE_TRANSFORM_REQUEST_KEY
from threading import BoundedSemaphore


PATIENCE = 10  # seconds that a request waits for others to be made
_making = BoundedSemaphore(2)  # so that readers of pages always find a free thread

MENTION = "Projets de décision : ces textes peuvent encore être modifiés et ne sont pas adoptés."


class Busy(Exception):
    """Too many documents are being made."""


@contextmanager
def making() -> Iterator[None]:
    if not _making.acquire(timeout=PATIENCE):
        raise Busy
    try:
        yield
    finally:
        _making.release()


class Download(Page):
    """A file made of what is published. Sub-classes give ``content_type``, ``filename``, ``etag``, ``body``."""

    content_type = ""
    ending = ""
    disposition = "attachment"

    def answer(self):
        self.request.environ[DISABLE_TRANSFORM_REQUEST_KEY] = True
        response = self.request.response
        response.setHeader("X-Content-Type-Options", "nosniff")
        response.setHeader("X-Robots-Tag", "noindex")
        try:
            with making():
                return self.sent()
        except Busy:
            response.setStatus(503, lock=True)
            response.setHeader("Retry-After", "30")
            response.setHeader("Cache-Control", answer.NOT_KEPT)
            return self.words(
                _(
                    "portal_download_busy",
                    default="Many documents are being made. Try again in a minute.",
                )
            )

    def sent(self):
        raise NotImplementedError

    def named(self, etag: str) -> bool:
        """Set the headers of the file; false when the reader has it already."""
        response = self.request.response
        anonymous = api.user.is_anonymous()
        response.setHeader("Cache-Control", answer.SHARED if anonymous else answer.PRIVATE)
        response.setHeader("ETag", f'"{etag}"')
        if f'"{etag}"' in (self.request.getHeader("If-None-Match") or ""):
            response.setStatus(304)
            return False
        response.setHeader("Content-Type", self.content_type)
        name = f"{self.filename()}.{self.ending}"
        response.setHeader("Content-Disposition", f'{self.disposition}; filename="{name}"')
        return True

    def given(self, body, length: int):
        """The file, or what a HEAD says of it."""
        if self.request.method == "HEAD":
            self.request.response.setHeader("Content-Length", str(length))
            return ""
        return body

    def filename(self) -> str:
        return f"{self.institution.getId()}-{self.context.getId()}"

    def words(self, message) -> str:
        self.request.response.setHeader("Content-Type", "text/plain; charset=utf-8")
        return translated(message)


class Pdf(Download):
    content_type = "application/pdf"
    ending = "pdf"
    disposition = "inline"

    def paper(self) -> Paper:
        raise NotImplementedError

    def sent(self):
        data = pdf(self.paper())
        etag = hashlib.sha256(data).hexdigest()[:32]
        return self.given(data, len(data)) if self.named(etag) else ""


class MeetingPdf(Pdf):
    """``…/seance.pdf``"""

    def paper(self) -> Paper:
        publication = self.context.publication
        record = publication.record
        start = french.moment(record.start)
        place = f", {self.plain(record.location)}" if record.location else ""
        _kind, state = state_words(record, publication.published, self.now)
        items = tuple(reading_of(item, self.policy) for item in agenda_items(self.context))
        return Paper(
            institution=self.institution_title,
            title=meeting_title(record),
            url=self.url,
            lines=(f"{french.weekday(start)}, {french.hour(start)}{place}", translated(state)),
            mention="" if all(item.decided for item in items) else MENTION,
            attendance=self.rich(record.attendance),
            items=items,
        )


class ItemPdf(Pdf):
    """``…/point.pdf``"""

    def paper(self) -> Paper:
        meeting = aq_parent(self.context)
        item = reading_of(self.context, self.policy)
        return Paper(
            institution=self.institution_title,
            title=meeting_title(meeting.publication.record) if meeting.document else item.title,
            url=self.url,
            lines=(),
            mention="" if item.decided else MENTION,
            attendance="",
            items=(item,),
        )

    def filename(self) -> str:
        return (
            f"{self.institution.getId()}-{aq_parent(self.context).getId()}-{self.context.getId()}"
        )


class Zip(Download):
    content_type = "application/zip"
    ending = "zip"

    def sittings(self) -> list[bundle.Sitting]:
        raise NotImplementedError

    def contents(self) -> tuple[str, str]:
        """Title and address of what the archive holds."""
        raise NotImplementedError

    def sent(self):
        sittings = self.sittings()
        if bundle.size(sittings) > bundle.MAX_SIZE:
            self.request.response.setStatus(413, lock=True)
            return self.words(
                _(
                    "portal_download_large",
                    default="These annexes are too large for one file: more than 2 GB. "
                    "Download them item by item, or search for less.",
                )
            )
        members = list(bundle.members(*self.contents(), sittings))
        if not self.named(archive.fingerprint(members)):
            return ""
        file = archive.written(members)
        return self.given(file, file.seek(0, 2))


def sitting_of(meeting: Published, items, institution, files: bool) -> bundle.Sitting:
    """Some items of a meeting for an archive; with the meeting's own annexes, if ``files``."""
    record = meeting.publication.record
    policy = presented.policy(institution)
    return bundle.Sitting(
        folder=f"{institution.getId()}-{meeting.getId()}",
        institution=institution,
        institution_title=institution.Title(),
        title=meeting_title(record),
        url=meeting.absolute_url(),
        files=files_of(record.annexes, policy) if files else (),
        entries=bundle.entries_of(items, policy),
    )


class MeetingZip(Zip):
    """``…/documents.zip``"""

    def sittings(self) -> list[bundle.Sitting]:
        items = agenda_items(self.context)
        return [sitting_of(self.context, items, self.institution, files=True)]

    def contents(self) -> tuple[str, str]:
        return (
            f"{self.institution_title} – {meeting_title(self.context.publication.record)}",
            self.url,
        )


class FoundZip(Zip):
    """``@@deliberations-found.zip?…``: what the search page with the same parameters finds, up to ``MOST_FOUND``."""

    @cached_property
    def search(self) -> SearchPage:
        return SearchPage(self.context, self.request)

    def sittings(self) -> list[bundle.Sitting]:
        by_meeting: dict[str, list[Published]] = {}
        for entry in self.search.entries(0, MOST_FOUND):
            item = self.context.unrestrictedTraverse(entry.path)
            by_meeting.setdefault(entry.meeting_path, []).append(item)
        return [self._sitting(items) for _path, items in sorted(by_meeting.items())]

    def _sitting(self, items: list[Published]) -> bundle.Sitting:
        meeting = aq_parent(items[0])
        items.sort(key=lambda item: item.document["record"]["position"])
        return sitting_of(meeting, items, aq_parent(meeting), files=False)

    def contents(self) -> tuple[str, str]:
        return translated(self.search.title), f"{self.search_url}{self.search.question.address()}"

    def filename(self) -> str:
        return "deliberations"
