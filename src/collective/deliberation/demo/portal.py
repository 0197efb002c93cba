"""The sample portal: what the profile ``demo-portal`` loads."""

import logging
import os
from collective.deliberation.demo import accounts
from collective.deliberation.demo.accounts import PASSWORD
from plone import api


INSTITUTIONS = {
    "valbourg": "Valbourg",
    "demo-college": "Commune de démonstration (iA.Délib)",
}
PUBLISHER = "publisher"
HOME_VIEW = "deliberations"

logger = logging.getLogger(__name__)


def load(setup):
    site = setup.aq_parent
    accounts.add(site, {"admin": "Manager"})
    add_publisher(site)
    for slug, title in INSTITUTIONS.items():
        add_institution(site, slug, title)
    if HOME_VIEW in [name for name, _ in site.getAvailableLayouts()]:
        site.setLayout(HOME_VIEW)


def add_publisher(site):
    """The technical account of the desk's deliverer; its password is the environment's."""
    password = os.environ.get("DELIBERATION_PORTAL_PASSWORD", PASSWORD)
    if site.acl_users.source_users.getUserById(PUBLISHER) is None:
        site.acl_users.userFolderAddUser(PUBLISHER, password, ["Member"], [])


def add_institution(site, slug, title):
    """The folder that receives what the institution publishes, open to its account alone."""
    if slug in site.objectIds() or "Institution" not in site.portal_types:
        return
    institution = api.content.create(site, "Institution", slug, title, slug=slug, kind="commune")
    institution.manage_setLocalRoles(PUBLISHER, ["Publisher"])
    institution.reindexObjectSecurity()
