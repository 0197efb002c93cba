"""What uninstalling the portal's profile does beyond XML."""

from collective.deliberation.uninstalling import forget
from collective.deliberation.uninstalling import forget_permissions
from collective.deliberation.uninstalling import remove_roles


def uninstall(setup) -> None:
    site = setup.aq_parent
    remove_roles(site, ("Publisher",))
    forget_permissions(site)
    forget(setup, "portal")
