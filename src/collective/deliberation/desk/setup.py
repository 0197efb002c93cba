"""What the desk's profiles do beyond XML, and how it is undone."""

from collective.deliberation.desk import before
from collective.deliberation.desk.challenge import DeskChallenge
from collective.deliberation.desk.challenge import PLUGIN
from collective.deliberation.documents.setup import remove_templates
from collective.deliberation.publishing import outbox
from collective.deliberation.uninstalling import forget
from collective.deliberation.uninstalling import forget_permissions
from collective.deliberation.uninstalling import remove_roles
from collective.deliberation.workflow import audit
from Products.PluggableAuthService.interfaces.plugins import IChallengePlugin
from zope.annotation.interfaces import IAnnotations


ROLES = ("Agent", "Clerk")


def install(setup) -> None:
    """Close the desk to the anonymous with answers of its own."""
    users = setup.aq_parent.acl_users
    if PLUGIN not in users:
        users._setObject(PLUGIN, DeskChallenge(PLUGIN, "Délibérations : 401 et 403 du bureau"))
    plugins = users.plugins
    if PLUGIN not in plugins.listPluginIds(IChallengePlugin):
        plugins.activatePlugin(IChallengePlugin, PLUGIN)
    plugins.movePluginsTop(IChallengePlugin, [PLUGIN])


def uninstall(setup) -> None:
    """After the uninstall profile's XML: what XML can't take away. The audit log goes too."""
    site = setup.aq_parent
    users = site.acl_users
    if PLUGIN in users:
        users.plugins.deactivatePlugin(IChallengePlugin, PLUGIN)
        users._delObject(PLUGIN)
    remove_templates(site)
    for key in (audit.KEY, outbox.KEY):
        IAnnotations(site).pop(key, None)
    before.put_back(site)
    remove_roles(site, ROLES)
    forget_permissions(site)
    forget(setup, "desk")
