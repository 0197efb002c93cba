"""The portal's search index: an index of the catalog that also counts, ranks and corrects.

The catalog keeps it up to date as any other of its indexes. Whoever wants pages of results asks it directly
(``find``, ``page``, ``counts``): bitmaps answer that without a look at any single document.
Documents have *slots*, small numbers of this index: dense, so that bitmaps are short.
"""

import random
from AccessControl.class_init import InitializeClass
from BTrees.IIBTree import IIBTree
from BTrees.IOBTree import IOBTree
from BTrees.Length import Length
from BTrees.OOBTree import OOBTree
from collections import Counter
from collections.abc import Iterable
from collective.deliberation.portal.search import bits
from collective.deliberation.portal.search import ranking
from collective.deliberation.portal.search import texts
from collective.deliberation.portal.search import words
from collective.deliberation.portal.search.bits import Bits
from collective.deliberation.portal.search.document import Count
from collective.deliberation.portal.search.document import Found
from collective.deliberation.portal.search.document import Indexed
from collective.deliberation.portal.search.document import InstitutionEntry
from collective.deliberation.portal.search.document import Sought
from collective.deliberation.portal.search.facets import Facets
from collective.deliberation.portal.search.postings import Postings
from collective.deliberation.portal.search.spelling import Spellings
from dataclasses import replace
from OFS.SimpleItem import SimpleItem
from Products.PluginIndexes.interfaces import IPluggableIndex
from Products.PluginIndexes.interfaces import IQueryIndex
from zope.interface import implementer


INDEX = "deliberation_text"
MAX_PHRASE_CHECKS = 500  # documents that a phrase is looked up in, word by word
FEW = 300  # documents that are counted one by one
_WINDOW = 16  # free slots of which a new document takes any: two transactions seldom take the same


@implementer(IPluggableIndex, IQueryIndex)
class SearchIndex(SimpleItem):
    meta_type = "Deliberation Search Index"
    query_options = ("query",)
    operators = ("or",)
    useOperator = "or"

    def __init__(self, id: str = INDEX):
        self.id = id
        self.clear()

    def clear(self) -> None:
        self.used = Bits()
        self.slots = IIBTree()  # catalog's document id: slot
        self.rows = IOBTree()  # slot: document id, start, position, facets
        self.texts = texts.Texts()
        self.postings = Postings()
        self.facets = Facets()
        self.spellings = Spellings()
        self.institutions = OOBTree()  # slug: title, kind
        self.institution_ids = IOBTree()  # catalog's document id: slug
        self._counter = Length() if not hasattr(self, "_counter") else self._counter
        self._counter.change(1)

    # What the catalog asks of an index

    def index_object(self, documentId, obj, threshold=None) -> int:  # noqa: N803 (ZCatalog)
        value = self._value(obj)
        if isinstance(value, InstitutionEntry):
            self._keep_institution(documentId, value)
            return 1
        if not isinstance(value, Indexed):
            self.unindex_object(documentId)
            return 0
        slot = self.slots.get(documentId)
        if slot is None:
            slot = self._take_slot(documentId)
        self._write(slot, documentId, value)
        self._counter.change(1)
        return 1

    def unindex_object(self, documentId) -> None:  # noqa: N803 (ZCatalog)
        slug = self.institution_ids.pop(documentId, None)
        if slug is not None:
            self.institutions.pop(slug, None)
        slot = self.slots.pop(documentId, None)
        if slot is None:
            return
        self._move_words(slot, self.texts.text(slot), "")
        self._move_facets(slot, self.rows[slot][3], ())
        self.texts.drop(slot)
        del self.rows[slot]
        self.used.discard(slot)
        self._counter.change(1)

    def query_index(self, record, resultset=None) -> IIBTree:
        """Document ids with a score that orders them as a page of results is."""
        scores = IIBTree()
        for sought in record.keys:
            for place, tier in enumerate(reversed(self.find(sought).tiers)):
                for slot in bits.members(tier):
                    document_id, start, _position, _facets = self.rows[slot]
                    scores[document_id] = (place << 24) + max(0, start // 3600)
        return scores

    def _apply_index(self, request):  # of an older catalog; ours calls query_index
        return None

    def getCounter(self) -> int:  # noqa: N802 (ZCatalog)
        return self._counter()

    def numObjects(self) -> int:  # noqa: N802 (ZCatalog)
        return len(self.slots)

    indexSize = numObjects  # noqa: N815 (ZCatalog)

    def getIndexSourceNames(self) -> list[str]:  # noqa: N802 (ZCatalog)
        return [self.id]

    def getIndexQueryNames(self) -> list[str]:  # noqa: N802 (ZCatalog)
        return [self.id]

    def getEntryForObject(self, documentId, default=None):  # noqa: N802, N803 (ZCatalog)
        slot = self.slots.get(documentId)
        return default if slot is None else self.texts.text(slot).split()

    # Questions

    def find(self, sought: Sought) -> Found:
        """All that is asked for, best tier first."""
        among = self._among(sought)
        stems = {stem for term in sought.terms for stem in term}
        found = [self.postings.find(stem) for stem in stems] if among else []
        tiers = ranking.tiers(found, among)
        phrases = [term for term in sought.terms if len(term) > 1]
        return self._with_phrases(tiers, phrases) if phrases else Found(tiers)

    def page(self, found: Found, by_date: bool, start: int, size: int) -> list[int]:
        """The catalog's ids of one page of results, in order."""
        tiers = (found.all,) if by_date else found.tiers
        slots = ranking.window(tiers, self._months(), self._order, start, size)
        return [self.rows[slot][0] for slot in slots]

    def in_annex_only(self, found: Found, document_id: int) -> bool:
        """Whether some word asked for is in an annex of a document, and nowhere else in it."""
        return len(found.tiers) > 1 and bool(found.tiers[-1] >> self.slots[document_id] & 1)

    def counts(self, dimension: str, found: int, most: int | None = None) -> list[Count]:
        """How many of ``found`` have each value of a dimension, most frequent first."""
        if dimension in ("institution", "kind"):
            counts = self.facets.counts("institution", found)
            if dimension == "kind":
                return self._by_kind(counts)
            return [replace(each, label=self._title(each.value)) for each in counts[:most]]
        if found.bit_count() <= FEW:
            return self._of_few(dimension, found)[:most]
        return self.facets.counts(dimension, found, most)

    def _of_few(self, dimension: str, found: int) -> list[Count]:
        """The same document by document: a small result has few of the values that there are."""
        sums = Counter(
            value
            for slot in bits.members(found)
            for name, value in self.rows[slot][3]
            if name == dimension
        )
        counted = sorted((-count, value) for value, count in sums.items())
        return [
            Count(value, self.facets.label(dimension, value), -count) for count, value in counted
        ]

    def label(self, dimension: str, value: str) -> str:
        return (
            self._title(value)
            if dimension == "institution"
            else self.facets.label(dimension, value)
        )

    def frequency(self, stem: str, viewers: tuple[str, ...] | None = None) -> int:
        """In how many documents, that some viewers may see, a stem is."""
        among = self._among(Sought(viewers=viewers))
        return sum((found & among).bit_count() for found in self.postings.find(stem).values())

    def suggest(self, word: str, viewers: tuple[str, ...] | None = None) -> str:
        """The word of these documents that a folded word, which is in none, most likely means."""
        return self.spellings.suggest(word, lambda stem: self.frequency(stem, viewers))

    def _among(self, sought: Sought) -> int:
        among = self.used.number
        if sought.viewers is not None:
            seen = 0
            for viewer in sought.viewers:
                seen |= self.facets.find("viewer", viewer)
            among &= seen
        for dimension, value in sought.filters:
            if dimension == "kind":
                among &= self._of_kind(value)
            else:
                among &= self.facets.find(dimension, value)
        return among

    def _title(self, slug: str) -> str:
        return self.institutions.get(slug, (slug, ""))[0]

    def _by_kind(self, counts: list[Count]) -> list[Count]:
        sums: dict[str, int] = {}
        for each in counts:
            kind = self.institutions.get(each.value, ("", ""))[1]
            sums[kind] = sums.get(kind, 0) + each.count
        found = [Count(kind, kind, count) for kind, count in sums.items() if kind]
        return sorted(found, key=lambda each: (-each.count, each.value))

    def _of_kind(self, kind: str) -> int:
        found = 0
        for slug, (_title, each) in self.institutions.items():
            if each == kind:
                found |= self.facets.find("institution", slug)
        return found

    def _with_phrases(self, tiers: Iterable[int], phrases: list[tuple[str, ...]]) -> Found:
        """Only what holds the phrases word after word; beyond a bound, the latest of all that has the words."""
        tiers = tuple(tiers)
        every = 0
        for tier in tiers:
            every |= tier
        unchecked = every.bit_count() > MAX_PHRASE_CHECKS
        slots = ranking.window((every,), self._months(), self._order, 0, MAX_PHRASE_CHECKS)
        good = bits.of(slot for slot in slots if self.texts.holds(slot, phrases))
        return Found(tuple(tier & good for tier in tiers), unchecked)

    def _months(self) -> list[int]:
        return [found.number for _month, found in reversed(list(self.facets.items("month")))]

    def _order(self, slot: int) -> tuple[int, int, int]:
        document_id, start, position, _facets = self.rows[slot]
        return -start, position, document_id

    # Writing

    @staticmethod
    def facets_of(document: Indexed) -> tuple[tuple[str, str], ...]:
        viewers = (("viewer", viewer) for viewer in document.viewers)
        return tuple(sorted({*document.facets, ("month", document.month), *viewers}))

    def _value(self, obj):
        try:
            value = getattr(obj, self.id)
            return value() if callable(value) else value
        except (AttributeError, TypeError):
            return None

    def _keep_institution(self, document_id: int, entry: InstitutionEntry) -> None:
        before = self.institution_ids.get(document_id)
        if before not in (None, entry.slug):
            self.institutions.pop(before, None)
        self.institution_ids[document_id] = entry.slug
        value = (entry.title, entry.kind)
        if self.institutions.get(entry.slug) != value:
            self.institutions[entry.slug] = value

    def _take_slot(self, document_id: int) -> int:
        used = self.used.number
        length = used.bit_length() + _WINDOW
        free = ~used & ((1 << length) - 1)
        choices = []
        while len(choices) < _WINDOW:
            lowest = free & -free
            choices.append(lowest.bit_length() - 1)
            free ^= lowest
        slot = random.choice(choices)
        self.used.add(slot)
        self.slots[document_id] = slot
        return slot

    def _write(self, slot: int, document_id: int, document: Indexed) -> None:
        text = texts.stemmed(document)
        before = self.texts.text(slot)
        if text != before:
            self._move_words(slot, before, text)
            self.texts.keep(slot, text)
            for part in (document.title, document.text):  # what a scanner misread is in annexes
                self.spellings.learn(words.written(part))
        facets = self.facets_of(document)
        row = (document_id, document.start, document.position, facets)
        old = self.rows.get(slot)
        if row != old:
            self._move_facets(slot, old[3] if old else (), facets)
            self.rows[slot] = row
        for dimension, value, label in document.labels:
            self.facets.name(dimension, value, label)

    def _move_words(self, slot: int, before: str, after: str) -> None:
        old, new = texts.zones_of(before), texts.zones_of(after)
        for stem, zone in old.items():
            if new.get(stem) != zone:
                self.postings.remove(slot, stem, zone)
                if stem not in new and not self.postings.has(stem):
                    self.spellings.forget(stem)
        for stem, zone in new.items():
            if old.get(stem) != zone:
                self.postings.add(slot, stem, zone)

    def _move_facets(self, slot: int, before: Iterable, after: Iterable) -> None:
        before, after = set(before), set(after)
        for dimension, value in before - after:
            self.facets.remove(slot, dimension, value)
        for dimension, value in after - before:
            self.facets.add(slot, dimension, value)


InitializeClass(SearchIndex)
