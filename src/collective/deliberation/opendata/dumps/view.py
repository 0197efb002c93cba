"""``donnees``: what can be downloaded, and the files themselves, of an institution or of a search.

==========================================  =======================================================
``/{institution}/donnees``                  a page that lists all this
``/{institution}/donnees/{year}.csv``       the items of the meetings of a year, one a line
``/{institution}/donnees/{year}.json``      the meetings and items of a year, whole
``…/donnees/selection.csv|.json?…``         what a search finds, with its parameters
==========================================  =======================================================
"""

import os
from collections.abc import Sequence
from collective.deliberation import _
from collective.deliberation.content import licences
from collective.deliberation.opendata import documents
from collective.deliberation.opendata import selection
from collective.deliberation.opendata.dumps import kept
from collective.deliberation.opendata.dumps import writing
from collective.deliberation.opendata.linked import vocabulary
from collective.deliberation.portal.pages import answer
from collective.deliberation.portal.pages import french
from collective.deliberation.portal.pages import listing
from collective.deliberation.portal.pages import rendering
from collective.deliberation.portal.pages.page import Crumb
from collective.deliberation.portal.pages.page import Page
from functools import cached_property
from plone.transformchain.interfaces import DISABLE_TRANSFORM_REQUEST_KEY
from typing import Any
from typing import BinaryIO
from zExceptions import NotFound
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse
from ZPublisher.Iterators import filestream_iterator


SELECTION = "selection"
MOST = 2_000  # items of a selection
TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "json": "application/json",
}


@implementer(IPublishTraverse)
class Dumps(Page):
    template = "donnees"
    title = _("opendata_title", default="Open data")
    name: str | None = None

    def publishTraverse(self, request, name):  # noqa: N802 (Zope)
        if self.name is not None:
            raise NotFound(name)
        self.name = name
        return self

    def __call__(self):
        if self.name is None:
            return self.answer()
        stem, _dot, kind = self.name.partition(".")
        if stem == SELECTION and kind in TYPES:
            return self._selected(kind)
        if self.institution is not None and stem in self.years and kind in ("csv", "json"):
            return self._send(stem, kind, self._of_year(stem))
        raise NotFound(self.name)

    # The page

    @cached_property
    def canonical(self) -> str:
        return f"{self.url}/donnees"

    @cached_property
    def linked_data(self) -> str:
        if self.institution is None:
            return ""
        return vocabulary.script(
            vocabulary.dataset(
                documents.institution(self.institution),
                self.canonical,
                self.years,
                self.licence.url,
            )
        )

    @cached_property
    def crumbs(self) -> list[Crumb]:
        above = super().crumbs
        if self.institution is None:
            return above
        return [*above, Crumb(self.institution_title, self.institution_url)]

    @cached_property
    def years(self) -> list[str]:
        """The years of which there are meetings, the latest first."""
        found = listing.meetings(self.institution)
        return sorted({str(french.moment(each.card.start).year) for each in found}, reverse=True)

    def names(self) -> dict[str, Any]:
        return {
            "years": self.years if self.institution is not None else [],
            "institutions": [] if self.institution is not None else listing.institutions(),
        }

    # The files

    def _of_year(self, year: str) -> Sequence:
        return listing.search(
            deliberation_institution=self.institution.getId(),
            deliberation_year=year,
            sort_on="deliberation_start",
            sort_order="descending",
        )

    def _selected(self, kind: str):
        try:
            asked = selection.strictly(self.request.form, selection.NAMES)
        except selection.Unusable as error:
            message = f"{error.field} : {rendering.french(error.message)}"
            return self._refuse(400, message)
        criteria = asked.criteria
        if self.institution is not None:
            criteria["deliberation_institution"] = self.institution.getId()
        found = (
            () if asked.common_only else listing.search(**criteria, sort_on="deliberation_start")
        )
        if len(found) > MOST:
            message = _(
                "opendata_too_many",
                default="${found} items are too many for one file of this kind (at most ${most}): ask for one "
                "institution or one year.",
                mapping={"found": len(found), "most": MOST},
            )
            return self._refuse(400, rendering.french(message))
        return self._send(SELECTION, kind, found)

    def _send(self, stem: str, kind: str, found: Sequence):
        self.request.environ[DISABLE_TRANSFORM_REQUEST_KEY] = True
        response = self.request.response
        name = kept.name_of((kind, *self._state(found)))
        for header, value in answer.PROTECTION.items():
            response.setHeader(header, value)
        response.setHeader("Access-Control-Allow-Origin", "*")
        response.setHeader("X-Robots-Tag", "noindex")
        response.setHeader("Cache-Control", answer.SHARED)
        response.setHeader("ETag", f'"{name[:32]}"')
        if name[:32] in (self.request.getHeader("If-None-Match") or ""):
            response.setStatus(304)
            return b""
        try:
            file, size = kept.SHELF.get(name, lambda file: self._write(file, stem, kind, found))
        except kept.Busy:
            response.setHeader("Retry-After", "10")
            message = _(
                "opendata_busy", default="Other files are being made: try again in some seconds."
            )
            return self._refuse(503, rendering.french(message))
        whose = self.institution.getId() if self.institution is not None else "portail"
        response.setHeader("Content-Type", TYPES[kind])
        response.setHeader("Content-Disposition", f'attachment; filename="{whose}-{stem}.{kind}"')
        response.setHeader("Content-Length", str(size))
        with file:
            if self.request.method == "HEAD":
                return b""
            return filestream_iterator(os.dup(file.fileno()), "rb")

    def _state(self, found: Sequence) -> tuple:
        """All that the file is made from: what is found, its meetings, its institutions' choices."""
        entries = listing.entries(found)
        meetings = listing.meetings_of(
            entry for entry in entries if not hasattr(entry.card, "body")
        )
        institutions = {entry.institution_path: self.institution_at(entry) for entry in entries}
        return (
            rendering.VERSION,
            self.site_url,
            [(entry.path, entry.card) for entry in entries],
            [brain.modified.timeTime() for brain in found],
            sorted((path, entry.card) for path, entry in meetings.items()),
            sorted((path, each._p_serial) for path, each in institutions.items()),
        )

    def _write(self, file: BinaryIO, stem: str, kind: str, found: Sequence) -> None:
        entries = listing.entries(found)
        paths = {
            is_meeting: [each.path for each in entries if hasattr(each.card, "body") == is_meeting]
            for is_meeting in (True, False)
        }
        items = writing.published(self.site, paths[False])
        if kind == "csv":
            writing.write_csv(file, items)
        else:
            head = {"licence": self._licence(), "source": self.url}
            if self.institution is not None:
                head["institution"] = documents.institution(self.institution)
            if stem != SELECTION:
                head["year"] = stem
            writing.write_json(file, head, writing.published(self.site, paths[True]), items)

    def _licence(self) -> dict[str, str] | None:
        if self.institution is None:
            return None  # each item has its own
        return licences.as_json(licences.of(self.institution))

    def _refuse(self, status: int, message: str) -> bytes:
        self.request.environ[DISABLE_TRANSFORM_REQUEST_KEY] = True
        response = self.request.response
        response.setStatus(status)
        response.setHeader("Content-Type", "text/plain; charset=utf-8")
        response.setHeader("X-Content-Type-Options", "nosniff")
        response.setHeader("Cache-Control", answer.NOT_KEPT)
        return message.encode()
