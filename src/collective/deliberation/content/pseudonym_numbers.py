"""How the persons of an item or a meeting are numbered: each item for itself, or alike within one meeting.

The key of the latter comes from the environment, ``DELIBERATION_PSEUDONYM_KEY``, never from the database.
"""

import os
from collections.abc import Mapping
from collective.deliberation.content import vocabularies
from collective.deliberation.pseudonym import numbering
from plone.uuid.interfaces import IUUID


KEY = "DELIBERATION_PSEUDONYM_KEY"


def key(environment: Mapping[str, str] = os.environ) -> bytes | None:
    """The key, or None when there is none of at least 16 bytes."""
    found = environment.get(KEY, "").encode()
    return found if len(found) >= numbering.SHORTEST_KEY else None


def draw_for(content) -> numbering.Draw:
    """How new persons in the register of ``content`` are numbered.

    Alike within a meeting when the institution wants it and there is a key; else at random.
    """
    institution = vocabularies.institution_of(content)
    wanted = institution is not None and getattr(institution, "samePseudonyms", False)
    secret = key() if wanted else None
    meeting = content if content.portal_type == "Meeting" else content.__parent__
    scope = IUUID(meeting, None)
    if secret is None or scope is None:
        return numbering.at_random
    return numbering.by_name(secret, scope)
