"""The sample portal: what the profile ``demo-portal`` loads."""

import os
from collective.deliberation.demo import accounts
from collective.deliberation.demo.accounts import PASSWORD
from collective.deliberation.demo.desk import COLLEGE
from collective.deliberation.demo.valbourg import institution as valbourg
from collective.deliberation.interfaces import IPortalLayer
from plone.dexterity.utils import createContentInContainer
from zope.component import getGlobalSiteManager
from zope.interface import Interface
from zope.interface import providedBy


PUBLISHER = "publisher"
HOME = "deliberations"
_PUBLIC = (
    "kind",
    "nisCode",
    "population",
    "website",
    "email",
    "phone",
    "address",
    "coordinates",
    "bodies",
)


def load(setup) -> None:
    """The institutions of the sample desk, the account that publishes to them, and the home page."""
    site = setup.aq_parent
    accounts.add(site, {"admin": "Manager"})
    add_publisher(site)
    fields = {name: valbourg.FIELDS[name] for name in _PUBLIC}
    add_institution(site, "valbourg", "Valbourg", pseudonymPolicy="letter", **fields)
    add_institution(site, "demo-college", COLLEGE, kind="commune")
    if _has_view(site, HOME):
        site.setLayout(HOME)


def unload(setup) -> None:
    """Take away what ``load`` made, and what was published there."""
    site = setup.aq_parent
    site.manage_delObjects([id for id in ("valbourg", "demo-college") if id in site.objectIds()])
    accounts.remove(site, (PUBLISHER, "admin"))
    if getattr(site, "layout", None) == HOME:
        del site.layout


def add_publisher(site) -> None:
    """The technical account of the desk's deliverer, with the password of its environment."""
    if site.acl_users.source_users.getUserById(PUBLISHER) is None:
        password = os.environ.get("DELIBERATION_PORTAL_PASSWORD") or PASSWORD
        site.acl_users.userFolderAddUser(PUBLISHER, password, [], [])


def add_institution(site, slug: str, title: str, **fields) -> None:
    """The folder that receives what an institution publishes, open to its account alone."""
    if slug in site.objectIds():
        return
    made = createContentInContainer(site, "Institution", title=title, slug=slug, **fields)
    made.manage_setLocalRoles(PUBLISHER, ["Publisher"])
    made.reindexObjectSecurity()


def _has_view(site, name: str) -> bool:
    lookup = getGlobalSiteManager().adapters.lookup
    return lookup((providedBy(site), IPortalLayer), Interface, name) is not None
