"""What Plone's add-on panel doesn't offer: it would install the shared profile and neither site."""

from collective.deliberation.uninstalling import PACKAGE
from Products.CMFPlone.interfaces import INonInstallable
from zope.interface import implementer


@implementer(INonInstallable)
class Hidden:
    """Administrators choose desk or portal themselves, in portal_setup or when they make a site."""

    def getNonInstallableProducts(self) -> list[str]:
        return [PACKAGE]

    def getNonInstallableProfiles(self) -> list[str]:
        names = ("default", "uninstall-desk", "uninstall-portal", "uninstall-default")
        demos = ("demo", "demo-portal", "demo-uninstall", "demo-portal-uninstall")
        return [f"{PACKAGE}:{name}" for name in (*names, *demos)]
