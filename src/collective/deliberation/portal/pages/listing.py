"""Lists of publications from the catalog: no object is loaded for them."""

from Acquisition import aq_inner
from Acquisition import aq_parent
from collections.abc import Iterable
from collective.deliberation.portal.pages import cards
from dataclasses import dataclass
from operator import itemgetter
from plone import api
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One publication in a list, with its address."""

    url: str
    path: str
    card: Any  # cards.MeetingCard | cards.ItemCard

    @property
    def meeting_path(self) -> str:
        return self.path.rpartition("/")[0]

    @property
    def institution_path(self) -> str:
        return self.path.rsplit("/", 2 if isinstance(self.card, cards.ItemCard) else 1)[0]


@dataclass(frozen=True, slots=True)
class InstitutionEntry:
    slug: str
    title: str
    url: str
    card: cards.InstitutionCard | None = None  # None: indexed before there were any


def search(limit: int | None = None, **query: Any):
    """The catalog's answer to a query over publications, for the current visitor."""
    query.setdefault("deliberation_kind", ["item", "meeting"])
    if limit:
        query["sort_limit"] = limit
    return api.portal.get_tool("portal_catalog").searchResults(**query)


def entries(brains: Iterable) -> list[Entry]:
    site = api.portal.get()
    above = len("/".join(site.getPhysicalPath()))
    site_url = (
        site.absolute_url()
    )  # asked for once: a brain's own getURL() asks the request each time
    found = []
    for brain in brains:
        card = brain.deliberation_card
        if isinstance(card, dict):
            path = brain.getPath()
            found.append(Entry(f"{site_url}{path[above:]}", path, cards.from_metadata(card)))
    return found


def institutions() -> list[InstitutionEntry]:
    catalog = api.portal.get_tool("portal_catalog")
    brains = catalog.searchResults(portal_type="Institution", sort_on="sortable_title")
    return [
        InstitutionEntry(brain.getId, brain.Title, brain.getURL(), _institution_card(brain))
        for brain in brains
    ]


def _institution_card(brain) -> cards.InstitutionCard | None:
    card = brain.deliberation_card
    return cards.InstitutionCard(**card) if isinstance(card, dict) else None


def agenda(meeting) -> list[Entry]:
    """The items of a meeting, in their order."""
    path = {"query": "/".join(meeting.getPhysicalPath()), "depth": 1}
    found = entries(search(deliberation_kind="item", path=path))
    return sorted(found, key=lambda entry: (entry.card.position, entry.path))


def neighbours(item) -> tuple[Entry | None, Entry | None]:
    """The items before and after one on its agenda.

    Each item's page asks for them, so the catalog's records are read by their paths: a query over the
    meeting takes three times as long.
    """
    meeting = aq_parent(aq_inner(item))
    catalog = api.portal.get_tool("portal_catalog")
    records, column = catalog._catalog, catalog._catalog.schema["deliberation_card"]
    base = "/".join(meeting.getPhysicalPath())
    order = []
    for name in meeting.objectIds(ordered=False):
        record = records.uids.get(f"{base}/{name}")
        card = records.data[record][column] if record is not None else None
        if isinstance(card, dict) and "position" in card:
            order.append((card["position"], f"{base}/{name}", record, card))
    order.sort(key=itemgetter(0, 1))
    own = "/".join(item.getPhysicalPath())
    place = next((index for index, (_, path, *_rest) in enumerate(order) if path == own), None)
    if place is None:
        return None, None
    viewers = frozenset(catalog._listAllowedRolesAndUsers(api.user.get_current()))
    allowed = records.getIndex("allowedRolesAndUsers")
    site = api.portal.get()
    above = len("/".join(site.getPhysicalPath()))

    def first(candidates) -> Entry | None:
        for _position, path, record, card in candidates:
            if not viewers.isdisjoint(allowed.getEntryForObject(record, ())):
                url = f"{site.absolute_url()}{path[above:]}"
                return Entry(url, path, cards.from_metadata(card))
        return None

    return first(reversed(order[:place])), first(order[place + 1 :])


def meetings(institution, **query: Any) -> list[Entry]:
    """The meetings of an institution, latest first."""
    path = {"query": "/".join(institution.getPhysicalPath()), "depth": 1}
    return entries(
        search(
            deliberation_kind="meeting",
            path=path,
            sort_on="deliberation_start",
            sort_order="descending",
            **query,
        )
    )


def meetings_of(items: Iterable[Entry]) -> dict[str, Entry]:
    """The meetings that items are in, by path."""
    paths = sorted({item.meeting_path for item in items})
    if not paths:
        return {}
    found = entries(search(deliberation_kind="meeting", path={"query": paths, "depth": 0}))
    return {entry.path: entry for entry in found}
