"""Sample accounts. Their passwords are public: for localhost only."""

import logging


PASSWORD = "deliberation"
DESK = {"agent": "Agent", "clerk": "Clerk", "admin": "Manager"}

logger = logging.getLogger(__name__)


def add(site, roles: dict[str, str]) -> None:
    """Add accounts, ``{user id: role}``; existing ones stay as they are."""
    for user_id, role in roles.items():
        if site.acl_users.source_users.getUserById(user_id) is None:
            # Not through portal_registration: its password policy refuses a sample password.
            site.acl_users.userFolderAddUser(user_id, PASSWORD, ["Member", role], [])
    logger.warning(
        "%s: sample accounts %s have a public password: for localhost only.",
        site.getId(),
        ", ".join(roles),
    )


def remove(site, user_ids) -> None:
    known = site.acl_users.source_users.getUserIds()
    site.acl_users.userFolderDelUsers([user_id for user_id in user_ids if user_id in known])
