"""Search by French stems, with facets: an index of our own in the place of a ZCTextIndex and its lexicon."""

from collective.deliberation.portal.search.index import INDEX
from collective.deliberation.portal.setup import ensure_index


LEXICON = "deliberation_lexicon"


def upgrade(setup) -> None:
    catalog = setup.aq_parent.portal_catalog
    if ensure_index(setup.aq_parent):
        catalog.reindexIndex(INDEX, None)
    if LEXICON in catalog.objectIds():
        catalog._delObject(LEXICON)
