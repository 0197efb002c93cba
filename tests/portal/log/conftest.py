"""A portal over HTTP with one institution, and the account that publishes for it."""

import pytest
import transaction


@pytest.fixture()
def site(live_portal, add_institution):
    add_institution(live_portal.site, "valbourg")
    transaction.commit()
    return live_portal


@pytest.fixture()
def publisher(site):
    return site.as_user("valbourg-publisher")
