"""What installing and uninstalling the portal's profile does beyond XML."""

from collective.deliberation.portal import home
from collective.deliberation.portal.caching import journal
from collective.deliberation.portal.caching import stamps
from collective.deliberation.portal.search.index import INDEX
from collective.deliberation.portal.search.index import SearchIndex
from collective.deliberation.uninstalling import forget
from collective.deliberation.uninstalling import forget_permissions
from collective.deliberation.uninstalling import remove_roles


def install(setup) -> None:
    """Give the catalog its search index: it has settings that catalog.xml can't say; and citizens their home."""
    ensure_index(setup.aq_parent)
    home.take_place(setup.aq_parent)


def ensure_index(site) -> bool:
    """Put the index there; ``False`` when it was. One of another kind by its name is replaced."""
    catalog = site.portal_catalog
    if INDEX in catalog.indexes():
        if isinstance(catalog._catalog.getIndex(INDEX), SearchIndex):
            return False
        catalog.delIndex(INDEX)
    catalog._catalog.addIndex(INDEX, SearchIndex(INDEX))
    return True


def uninstall(setup) -> None:
    site = setup.aq_parent
    home.put_back(site)
    stamps.forget(site)
    journal.forget(site)
    remove_roles(site, ("Publisher",))
    forget_permissions(site)
    site.manage_permission("WebDAV access", ("Site Administrator",), acquire=1)  # as Plone has it
    forget(setup, "portal")
