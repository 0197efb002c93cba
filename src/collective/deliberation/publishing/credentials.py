"""Accounts on the portal, from the environment: never from the database.

``DELIBERATION_PORTAL_USER_VALBOURG`` and ``DELIBERATION_PORTAL_PASSWORD_VALBOURG`` for the institution
``valbourg``, or both without the suffix for all.
"""

import os
from collections.abc import Mapping


def credentials(slug: str, environment: Mapping[str, str] = os.environ) -> tuple[str, str] | None:
    """User and password for the institution with this slug, ``None`` when there are none."""
    suffix = slug.upper().replace("-", "_")
    for name in (f"_{suffix}", ""):
        user = environment.get(f"DELIBERATION_PORTAL_USER{name}")
        password = environment.get(f"DELIBERATION_PORTAL_PASSWORD{name}")
        if user and password:
            return user, password
    return None
