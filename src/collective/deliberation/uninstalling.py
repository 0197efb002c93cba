"""What the uninstall profiles of desk and portal share: refusal, roles, permissions, the last of both."""

from AccessControl.Permission import getPermissions
from AccessControl.Permission import pname
from collective.deliberation import _
from zope.globalrequest import getRequest
from zope.i18n import translate


PACKAGE = "collective.deliberation"
OTHER = {"desk": "portal", "portal": "desk"}
UNKNOWN = "unknown"  # GenericSetup's word for a profile that isn't installed


class StillInUse(Exception):
    """A profile can't be uninstalled: its text says what to do first."""


def refuse_with_content(setup) -> None:
    """Before uninstalling: what a council decided isn't deleted by taking out an add-on.

    :raises StillInUse: while there is an institution
    """
    catalog = setup.aq_parent.portal_catalog
    if catalog.unrestrictedSearchResults(portal_type="Institution"):
        message = _(
            "uninstall_not_empty",
            default="There are still institutions: delete them first, with all they hold. "
            "Nothing was uninstalled.",
        )
        raise StillInUse(translate(message, context=getRequest()))


def remove_roles(site, roles: tuple[str, ...]) -> None:
    """First from the site: its role manager takes in what the site has each time it lists its own."""
    site._delRoles([role for role in roles if role in site.__ac_roles__])
    manager = site.acl_users.portal_role_manager
    for role in set(roles) & set(manager.listRoleIds()):
        manager.removeRole(role)


def forget_permissions(site) -> None:
    """Our permissions are as they were: not set on the site."""
    for name, *_rest in getPermissions():
        if name.startswith(f"{PACKAGE}: ") and pname(name) in vars(site):
            delattr(site, pname(name))


def forget(setup, name: str) -> None:
    """Say that a profile isn't installed any more, and uninstall ``default`` when none needs it."""
    setup.unsetLastVersionForProfile(f"{PACKAGE}:{name}")
    if setup.getLastVersionForProfile(f"{PACKAGE}:{OTHER[name]}") == UNKNOWN:
        setup.runAllImportStepsFromProfile(f"profile-{PACKAGE}:uninstall-default")
        setup.unsetLastVersionForProfile(f"{PACKAGE}:default")
