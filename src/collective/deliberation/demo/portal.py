"""The sample portal: what the profile ``demo-portal`` loads."""

import os
from collective.deliberation.demo import accounts
from collective.deliberation.demo.accounts import PASSWORD
from collective.deliberation.demo.desk import COLLEGE
from collective.deliberation.demo.valbourg import institution as valbourg
from plone.dexterity.utils import createContentInContainer


PUBLISHER = "publisher"
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
    """The institutions of the sample desk, and the account that publishes to them."""
    site = setup.aq_parent
    accounts.add(site, {"admin": "Manager"})
    add_publisher(site)
    fields = {name: valbourg.FIELDS[name] for name in _PUBLIC}
    add_institution(site, "valbourg", "Valbourg", pseudonymPolicy="letter", **fields)
    add_institution(site, "demo-college", COLLEGE, kind="commune")


def unload(setup) -> None:
    """Take away what ``load`` made, and what was published there."""
    site = setup.aq_parent
    site.manage_delObjects([id for id in ("valbourg", "demo-college") if id in site.objectIds()])
    accounts.remove(site, (PUBLISHER, "admin"))


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
