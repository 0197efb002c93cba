"""Search by French stems, with facets: an index of our own in the place of a ZCTextIndex and its lexicon."""

from collective.deliberation.content.vocabularies import institution_of
from collective.deliberation.portal.reading import waiting
from collective.deliberation.portal.search.index import INDEX
from collective.deliberation.portal.setup import ensure_index


LEXICON = "deliberation_lexicon"


def upgrade(setup) -> None:
    catalog = setup.aq_parent.portal_catalog
    if ensure_index(setup.aq_parent):
        catalog.reindexIndex(INDEX, None)
    for brain in catalog.unrestrictedSearchResults(deliberation_kind="item"):
        if brain.deliberation_card["annexes"]:
            item = brain._unrestrictedGetObject()
            annexes = item.publication.record.annexes
            waiting.add(institution_of(item), {annex.sha256: annex.mimeType for annex in annexes})
    if LEXICON in catalog.objectIds():
        catalog._delObject(LEXICON)
