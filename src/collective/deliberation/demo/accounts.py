"""Sample accounts. Their passwords are public: for localhost only."""

import logging


PASSWORD = "deliberation"
DESK = {"agent": "Agent", "clerk": "Clerk", "admin": "Manager"}

logger = logging.getLogger(__name__)


def add(site, roles, password=PASSWORD):
    """Add accounts, ``{user id: role}``; existing ones stay as they are."""
    for user_id, role in roles.items():
        if site.acl_users.source_users.getUserById(user_id) is None:
            # Not through portal_registration: its password policy refuses a sample password.
            site.acl_users.userFolderAddUser(user_id, password, ["Member", role], [])
    logger.warning(
        "%s: sample accounts %s with a public password: localhost only.",
        site.getId(),
        ", ".join(roles),
    )
