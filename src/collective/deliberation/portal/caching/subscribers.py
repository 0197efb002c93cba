"""What makes answers stale beside publications: institutions and settings of the portal."""

from collective.deliberation.interfaces import IPortalLayer
from collective.deliberation.portal.caching import keys
from collective.deliberation.portal.caching import purging
from collective.deliberation.portal.caching import stamps
from plone.base.interfaces import IPloneSiteRoot
from plone.browserlayer.utils import registered_layers
from zope.component.hooks import getSite


def institution_changed(institution, event) -> None:
    # Its own serial and the catalog's counter tell the processes; only caches have to be told.
    purging.after_commit(keys.of_institution(institution))


def institution_moved(institution, event) -> None:
    """Added, removed, renamed: what was at its address isn't, and itself says nothing of that."""
    institution_changed(institution, event)
    settings_changed(event)


def settings_changed(event) -> None:
    site = getSite()
    if IPloneSiteRoot.providedBy(site) and IPortalLayer in registered_layers():
        stamps.site_changed(site)
