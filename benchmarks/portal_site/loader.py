"""A faster way to the same portal: what ``store.upsert`` leaves, without what it does for each object.

The first meeting and its items are received by the store. All others are made from them: an object with the
attributes that the store sets; a catalog entry whose values are those of the first, but for the ones that differ from
publication to publication, which come from the indexers' own functions; the search's index, for which words
are collected and written at the end. Left out are z3c.relationfield, intids and events of Plone that keep
nothing a page or a catalog query shows. ``check`` catalogs some of the objects again, as the store would, and
compares all values and the page.
"""

import array
import transaction
from BTrees.Length import Length
from BTrees.OOBTree import OOBTree
from collections import defaultdict
from collections.abc import Callable
from collections.abc import Iterable
from collective.deliberation.portal import addresses
from collective.deliberation.portal import files
from collective.deliberation.portal import store
from collective.deliberation.portal.pages import cards
from collective.deliberation.portal.pages import french
from collective.deliberation.portal.pages import presented
from collective.deliberation.portal.pages.searched import search_document
from collective.deliberation.portal.received import Entry
from collective.deliberation.portal.received import received
from collective.deliberation.portal.search import bits
from collective.deliberation.portal.search import texts
from collective.deliberation.portal.search import words
from collective.deliberation.portal.search.bits import Bits
from collective.deliberation.portal.search.document import Indexed
from collective.deliberation.portal.search.index import INDEX
from collective.deliberation.portal.search.index import SearchIndex
from collective.deliberation.publishing import wire
from DateTime import DateTime
from datetime import datetime
from plone.indexer.interfaces import IIndexableObject
from Products.CMFCore.indexing import processQueue
from Products.CMFPlone.CatalogTool import sortable_title
from types import SimpleNamespace
from uuid import uuid4
from zope.component import getMultiAdapter


Meeting = tuple[wire.Publication, list[wire.Publication]]
COMMIT = 80  # meetings
_MISSING = object()


def receive(site, meetings: Iterable[Meeting], now: datetime) -> None:
    """Through the store, as the receiving service does."""
    for number, (meeting, items) in enumerate(meetings, 1):
        institution = site[meeting.institution]
        for publication in (meeting, *items):
            store.upsert(institution, wire.to_dict(publication), now)
        if number % COMMIT == 0:
            transaction.commit()
    transaction.commit()


def load(site, meetings: Iterable[Meeting], now: datetime) -> None:
    meetings = iter(meetings)
    first = next(meetings)
    receive(site, [first], now)
    catalog = site.portal_catalog
    institution = site[first[0].institution]
    models = {
        publication.kind: Model(catalog, store.published(institution, publication.uid))
        for publication in (first[0], first[1][0])
    }
    index = Bulk(catalog._catalog.getIndex(INDEX))
    for number, (meeting, items) in enumerate(meetings, 1):
        institution = site[meeting.institution]
        container = models["meeting"].put(institution, institution, meeting, meeting.record, now)[0]
        for item in items:
            _obj, document_id, document = models["item"].put(
                institution, container, item, meeting.record, now
            )
            index.add(document_id, document)
        if number % COMMIT == 0:
            transaction.commit()
            site._p_jar.cacheMinimize()
    index.write()
    transaction.commit()


class Model:
    """A received object, from which others of its kind are made."""

    def __init__(self, catalog, obj):
        self.catalog = catalog
        self.factory = type(obj.aq_base)
        obj._p_activate()
        self.attributes = {
            name: value for name, value in obj.aq_base.__dict__.items() if not name.startswith("_")
        }
        inner = catalog._catalog
        self.indexes = [name for name in inner.indexes if name != INDEX]
        wrapped = getMultiAdapter((obj, catalog), IIndexableObject)
        names = {*inner.schema, *self.indexes, "getPhysicalPath"}
        self.values = {name: _value(wrapped, name) for name in names}
        self.viewers = self.values["allowedRolesAndUsers"]

    def put(self, institution, container, publication: wire.Publication, meeting, now: datetime):
        """The new object, its id in the catalog, and what the search's index takes of it."""
        record = publication.record
        document = wire.to_dict(publication)
        title = getattr(record, "title", None) or record.bodyTitle
        obj = self._object(container, publication, document, title, now)
        path = obj.getPhysicalPath()
        value = Entry(
            publication.kind,
            "/".join(path[len(institution.getPhysicalPath()) :]),
            publication.revision,
            obj.content_hash,
            False,
        )
        index = received(institution)
        index.entries[publication.uid] = value
        wanted = {annex.sha256 for annex in record.annexes}
        files.use(index, publication.uid, set(), wanted, now.timestamp())
        searched = None
        if publication.kind == "item":
            searched = search_document(publication, meeting, self.viewers)
        values = self._values(obj, publication, meeting, title)
        self.catalog._catalog.catalogObject(
            SimpleNamespace(**values), "/".join(path), idxs=self.indexes
        )
        self.catalog._increment_counter()
        return obj, self.catalog._catalog.uids["/".join(path)], searched

    def _object(self, container, publication, document, title: str, now: datetime):
        name = addresses.free(container, addresses.wish(publication))
        obj = self.factory.__new__(self.factory)
        obj.__dict__.update(
            self.attributes,
            id=name,
            title=title,
            source_uid=publication.uid,
            content_hash=wire.content_hash(document),
            document=document,
            received=now.isoformat(),
            first_published=now.isoformat(),
            _tree=OOBTree(),
            _count=Length(),
            _mt_index=OOBTree(),
        )
        obj.__dict__["_plone.uuid"] = uuid4().hex
        obj.setModificationDate(DateTime(now))
        container._setOb(name, obj)
        return container[name]

    def _values(self, obj, publication, meeting, title: str) -> dict:
        start = french.moment(meeting.start)
        record = publication.record
        own = {
            "id": obj.id,
            "getId": obj.id,
            "Title": title,
            "UID": obj.__dict__["_plone.uuid"],
            "getPhysicalPath": obj.getPhysicalPath,
            "SearchableText": presented.searched(record).title,
            "deliberation_kind": publication.kind,
            "deliberation_institution": publication.institution,
            "deliberation_body": meeting.body,
            "deliberation_stage": getattr(record, "stage", None) or record.state,
            "deliberation_year": str(start.year),
            "deliberation_start": DateTime(meeting.start),
            "deliberation_published": DateTime(publication.published),
            "deliberation_card": cards.to_metadata(
                cards.card_of(SimpleNamespace(publication=publication))
            ),
        }
        own["sortable_title"] = sortable_title.callable(SimpleNamespace(Title=lambda: title))
        values = {**self.values, **own}
        return {name: value for name, value in values.items() if value is not _MISSING}


class Bulk:
    """Documents for the search's index, written at once."""

    def __init__(self, index: SearchIndex):
        self.index = index
        self.slot = index.used.number.bit_length()
        self.words: dict[tuple[str, str], array.array] = defaultdict(lambda: array.array("I"))
        self.facets: dict[tuple[str, str], array.array] = defaultdict(lambda: array.array("I"))
        self.first = self.slot

    def add(self, document_id: int, document: Indexed) -> None:
        index, slot = self.index, self.slot
        self.slot += 1
        text = texts.stemmed(document)
        index.texts.keep(slot, text)
        index.slots[document_id] = slot
        facets = index.facets_of(document)
        index.rows[slot] = (document_id, document.start, document.position, facets)
        for stem, zone in texts.zones_of(text).items():
            self.words[stem, zone].append(slot)
        for facet in facets:
            self.facets[facet].append(slot)
        for part in (document.title, document.text):
            index.spellings.learn(words.written(part))
        for label in document.labels:
            index.facets.name(*label)

    def write(self) -> None:
        index = self.index
        index.used.change(index.used.number | bits.of(range(self.first, self.slot)))
        for (dimension, value), slots in self.facets.items():
            key = f"{dimension}\0{value}"
            found = index.facets.tree.get(key)
            if found is None:
                index.facets.tree[key] = Bits(bits.of(slots))
            else:
                found.change(found.number | bits.of(slots))
        for (stem, zone), slots in sorted(self.words.items()):
            index.postings.extend(stem, zone, slots)
        index._counter.change(self.slot - self.first)


def check(site, page: Callable[[str], bytes], count: int = 40) -> int:
    """Catalog some objects again, as the store does, and compare; the number of values compared.

    :param page: body of the page of a path
    :raises SystemExit: at the first difference
    """
    catalog = site.portal_catalog
    inner = catalog._catalog
    brains = catalog.unrestrictedSearchResults(deliberation_kind=["item", "meeting"])
    compared = 0
    for place in range(0, len(brains), max(1, len(brains) // count)):
        path = brains[place].getPath()
        before = (*_known(inner, path), page(path))
        obj = site.unrestrictedTraverse(path)
        outcome = store.upsert(_institution(site, path), obj.document, datetime.now())
        obj.reindexObject()
        processQueue()
        after = (*_known(inner, path), page(path))
        if outcome.result != "unchanged" or before != after:
            raise SystemExit(f"{path} is loaded otherwise than it is received")
        compared += len(before[0]) + len(before[1]) + 1
    return compared


def _institution(site, path: str):
    return site[path.split("/")[len(site.getPhysicalPath())]]


def _known(inner, path: str) -> tuple[dict, dict]:
    document_id = inner.uids[path]
    return inner.getIndexDataForRID(document_id), inner.getMetadataForRID(document_id)


def _value(wrapped, name: str):
    try:
        value = getattr(wrapped, name)
        return value() if callable(value) else value
    except (AttributeError, TypeError):
        return _MISSING
