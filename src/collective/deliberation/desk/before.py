"""What the desk's profile overwrites in a site: remembered when it is installed, put back after.

Only settings that were there before: what the profile adds is taken away by its uninstall profile.
"""

from AccessControl.Permission import pname
from persistent.mapping import PersistentMapping
from plone.registry.interfaces import IRegistry
from zope.annotation.interfaces import IAnnotations
from zope.component import getUtility


KEY = "collective.deliberation.before-desk"
RECORDS = (
    "plone.toolbar",
    "plone.enable_self_reg",
    "plone.enable_user_folders",
    "plone.enable_sitemap",
    "plone.allow_anon_views_about",
    "plone.base.interfaces.syndication.ISiteSyndicationSettings.allowed",
)
FTI = ("default_view", "view_methods", "filter_content_types", "allowed_content_types")
# Lists that the profile appends to.
APPENDED = {
    "plone.custom_plugins": ("personaldata|++plone++deliberation-editor/plugin.js",),
    "plone.content_css": ("++plone++deliberation-editor/marks.css",),
    "plone.custom_attributes": ("data-pm-id", "data-pm-cat"),
}
# Permissions of Plone's own that its rolemap closes.
PERMISSIONS = ("Add portal content", "List folder contents", "Sharing page: Delegate roles")
_NOT_SET = "not set"


def remember(setup) -> None:
    """Before the profile's first import into a site."""
    site = setup.aq_parent
    annotations = IAnnotations(site)
    if KEY in annotations:
        return
    registry = getUtility(IRegistry)
    fti = site.portal_types["Plone Site"]
    annotations[KEY] = PersistentMapping(
        records={name: registry[name] for name in RECORDS if name in registry},
        fti={name: fti.getProperty(name) for name in FTI},
        permissions={name: vars(site).get(pname(name), _NOT_SET) for name in PERMISSIONS},
    )


def put_back(site) -> None:
    """After the profile is gone. Of a list only our own entries are taken away."""
    before = IAnnotations(site).pop(KEY, None)
    registry = getUtility(IRegistry)
    for name, ours in APPENDED.items():
        registry[name] = [each for each in registry[name] or () if each not in ours]
    if before is None:
        return
    for name, value in before["records"].items():
        if name in registry:
            registry[name] = value
    site.portal_types["Plone Site"].manage_changeProperties(**before["fti"])
    for name, roles in before["permissions"].items():
        _set_roles(site, name, roles)


def _set_roles(site, permission: str, roles) -> None:
    """A tuple means that roles aren't acquired, a list that they are: as Zope keeps them."""
    attribute = pname(permission)
    if roles != _NOT_SET:
        setattr(site, attribute, roles)
    elif attribute in vars(site):
        delattr(site, attribute)
