"""The profiles install, each on a site of its own."""

from collective.deliberation.interfaces import IDeskLayer
from collective.deliberation.interfaces import IPortalLayer
from plone.browserlayer.utils import registered_layers


def test_the_desk_profile_registers_the_desk_layer_only(desk):
    assert IDeskLayer in registered_layers()
    assert IPortalLayer not in registered_layers()


def test_the_portal_profile_registers_the_portal_layer_only(portal):
    assert IPortalLayer in registered_layers()
    assert IDeskLayer not in registered_layers()


def test_a_site_answers_over_http(live_desk):
    assert live_desk.as_user("admin").get("").json()["@type"] == "Plone Site"


def test_a_new_portal_begins_with_the_portals_own_home_page(live_portal):
    assert (
        "Les décisions de votre conseil"
        in live_portal.get("", headers={"Accept": "text/html"}).text
    )
