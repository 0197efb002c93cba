"""Browser layers: which of the two sites, desk or portal, a request is for."""

from zope.publisher.interfaces.browser import IDefaultBrowserLayer


class IDeliberationLayer(IDefaultBrowserLayer):
    """Any site with the add-on (profile ``default``)."""


class IDeskLayer(IDeliberationLayer):
    """The agents' and clerks' site (profile ``desk``)."""


class IPortalLayer(IDeliberationLayer):
    """The citizens' site (profile ``portal``)."""
