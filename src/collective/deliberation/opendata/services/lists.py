"""``@institutions``, ``@meetings``, ``@items``: what is public, a page at a time, filtered as in the search."""

from collections.abc import Sequence
from collective.deliberation.content.institution import IInstitution
from collective.deliberation.opendata import documents
from collective.deliberation.opendata import selection
from collective.deliberation.opendata.services.base import Malformed
from collective.deliberation.opendata.services.base import PublicService
from collective.deliberation.portal.pages import listing
from collective.deliberation.portal.pages import presented
from collective.deliberation.portal.whole_numbers import NotInRange
from collective.deliberation.portal.whole_numbers import whole_number
from typing import Any
from urllib.parse import urlencode


USUAL = 25  # entries a page
MOST = 500
LAST = 1_000_000  # the highest start
BATCH = frozenset({"b_start", "b_size"})


class List(PublicService):
    """A list in pages: ``b_start`` entries are left out, ``b_size`` are given."""

    name = ""
    parameters = selection.NAMES

    def read(self) -> None:
        form = self.request.form
        self.start = self._number("b_start", 0, 0, LAST)
        self.size = self._number("b_size", USUAL, 1, MOST)
        names = self.parameters
        if IInstitution.providedBy(self.context):
            names -= {"institution"}
        filters = {name: value for name, value in form.items() if name not in BATCH}
        try:
            self.asked = selection.strictly(filters, names)
        except selection.Unusable as error:
            raise Malformed(error.field, error.message) from error

    def answer(self) -> dict[str, Any]:
        return batch(
            f"{self.context.absolute_url()}/{self.name}",
            selection.address(self.asked),
            self.found(),
            self.start,
            self.size,
            self.entries,
        )

    def found(self) -> Sequence:
        raise NotImplementedError

    def entries(self, found: Sequence) -> list[dict[str, Any]]:
        raise NotImplementedError

    def criteria(self) -> dict[str, Any]:
        if not IInstitution.providedBy(self.context):
            return self.asked.criteria
        return {**self.asked.criteria, "deliberation_institution": self.context.getId()}

    def _number(self, name: str, default: int, least: int, most: int) -> int:
        try:
            return whole_number(self.request.form, name, default, least, most)
        except NotInRange as error:
            raise Malformed(name, error.message) from error


class Items(List):
    name = "@items"

    def found(self) -> Sequence:
        if self.asked.common_only:
            return ()
        criteria = self.criteria()
        if self.asked.order == "date" or not self.asked.terms:
            criteria.update(sort_on="deliberation_start", sort_order="descending")
        return listing.search(**criteria)

    def entries(self, found: Sequence) -> list[dict[str, Any]]:
        entries = listing.entries(found)
        meetings = listing.meetings_of(entries)
        page = self.page
        return [
            documents.item_in_list(
                entry,
                presented.policy(page.institution_at(entry)),
                meetings.get(entry.meeting_path),
            )
            for entry in entries
        ]


class Meetings(List):
    name = "@meetings"
    parameters = selection.NAMES_OF_MEETINGS

    def found(self) -> Sequence:
        criteria = {**selection.of_meetings(self.asked), "deliberation_kind": "meeting"}
        if IInstitution.providedBy(self.context):
            criteria["deliberation_institution"] = self.context.getId()
        return listing.search(**criteria, sort_on="deliberation_start", sort_order="descending")

    def entries(self, found: Sequence) -> list[dict[str, Any]]:
        return [documents.meeting_in_list(entry) for entry in listing.entries(found)]


class Institutions(List):
    name = "@institutions"
    parameters = frozenset()

    def found(self) -> Sequence:
        return listing.institutions()

    def entries(self, found: Sequence) -> list[dict[str, Any]]:
        return [documents.institution_in_list(entry) for entry in found]


def batch(url: str, address: str, found: Sequence, start: int, size: int, entries) -> dict:
    """A page of a list, with the addresses of those around it. ``entries`` makes its JSON."""
    total = len(found)

    def at(place: int) -> str:
        parts = {"b_start": place, "b_size": size}
        wanted = urlencode({name: value for name, value in parts.items() if value})
        return f"{url}{address}{'&' if address else '?'}{wanted}"

    last = (total - 1) // size * size if total else 0
    around = {"@id": at(start), "first": at(0), "last": at(last)}
    if start > 0:
        around["prev"] = at(max(0, start - size))
    if start + size < total:
        around["next"] = at(start + size)
    return {
        "@id": f"{url}{address}",
        "items_total": total,
        "items": entries(found[start : start + size]),
        "batching": around,
    }
