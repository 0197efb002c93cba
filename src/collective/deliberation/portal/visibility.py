"""Who finds a published object in the catalog: nobody, once it or its meeting is withdrawn.

Withdrawn objects are taken out of the catalog; this holds even after somebody rebuilds it.
"""

from collective.deliberation.portal.content import Published
from plone.indexer import indexer
from Products.CMFPlone.CatalogTool import allowedRolesAndUsers


_of_any = allowedRolesAndUsers.callable


@indexer(Published)
def allowed(obj):
    return [] if obj.withdrawn_by() is not None else _of_any(obj)
