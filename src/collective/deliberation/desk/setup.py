"""What the desk's profile does beyond XML, and how it is undone."""

from collective.deliberation.desk.challenge import DeskChallenge
from collective.deliberation.desk.challenge import PLUGIN
from Products.PluggableAuthService.interfaces.plugins import IChallengePlugin


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
    users = setup.aq_parent.acl_users
    if PLUGIN in users:
        users.plugins.deactivatePlugin(IChallengePlugin, PLUGIN)
        users._delObject(PLUGIN)
