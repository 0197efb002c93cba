"""The sites of a Zope: those of its root, mounted ones too."""

from collections.abc import Iterator
from plone.base.interfaces import IPloneSiteRoot
from typing import Any


KINDS = ("Plone Site", "ZODB Mount Point")  # a site can have a database of its own


def sites(app) -> Iterator[tuple[str, Any]]:
    for site_id, site in app.objectItems(KINDS):
        if IPloneSiteRoot.providedBy(site):
            yield site_id, site
