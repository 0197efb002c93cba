"""From each earlier version of the portal's profile to the present one, with what was published then."""

import pytest
from collective.deliberation.portal import home
from collective.deliberation.portal import store
from collective.deliberation.portal.pages.lexicon import FrenchWords
from collective.deliberation.portal.search.document import Sought
from collective.deliberation.portal.search.index import SearchIndex
from datetime import datetime
from datetime import timezone
from Products.CMFCore.indexing import processQueue
from Products.ZCTextIndex.OkapiIndex import OkapiIndex
from Products.ZCTextIndex.ZCTextIndex import PLexicon
from Products.ZCTextIndex.ZCTextIndex import ZCTextIndex


PROFILE = "collective.deliberation:portal"
TEXT = "deliberation_text"


@pytest.fixture()
def from_1000(portal):
    """A portal whose catalog is that of version 1000."""
    catalog = portal.portal_catalog
    catalog.delIndex(TEXT)
    catalog._setObject("deliberation_lexicon", PLexicon("deliberation_lexicon", "", FrenchWords()))
    catalog.addIndex(
        TEXT,
        ZCTextIndex(
            TEXT, caller=catalog, index_factory=OkapiIndex, lexicon_id="deliberation_lexicon"
        ),
    )
    portal.portal_setup.setLastVersionForProfile(PROFILE, "1000")
    return portal


def test_from_1000_the_search_finds_stems(from_1000, send, add_institution):
    institution = add_institution(from_1000, "valbourg")
    catalog = from_1000.portal_catalog
    now = datetime.now(timezone.utc)
    store.upsert(institution, send.meeting(), now)
    from_1000.portal_setup.upgradeProfile(PROFILE)
    store.upsert(institution, send.item(title="Achat de chevaux"), now)
    processQueue()
    index = catalog._catalog.getIndex(TEXT)
    assert isinstance(index, SearchIndex)
    assert index.numObjects() == 1 and "valbourg" in index.institutions
    assert len(catalog.searchResults(deliberation_text={"query": Sought((("cheval",),))})) == 1
    assert "deliberation_lexicon" not in catalog.objectIds()


@pytest.mark.parametrize(
    ("chosen", "then"), [("", "deliberations"), ("summary_view", "summary_view")]
)
def test_from_1001_the_home_page_is_the_portals_unless_another_was_chosen(portal, chosen, then):
    home.put_back(portal)
    if chosen:
        portal.setLayout(chosen)
    portal.portal_setup.setLastVersionForProfile(PROFILE, "1001")
    portal.portal_setup.upgradeProfile(PROFILE)
    assert portal.getLayout() == then
