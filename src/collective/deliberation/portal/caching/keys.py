"""Surrogate keys: the names under which a cache in front of the portal throws away what changed.

An answer carries the keys of what it depends on in ``Surrogate-Key``, separated by spaces; a purge names
those that changed. A cache takes the header off before anybody sees it.
"""

from collections.abc import Iterable


HEADER = "Surrogate-Key"
ALL = "all"
PORTAL = "portal"


def of_answer(scopes: Iterable[str], institution, meeting) -> tuple[str, ...]:
    """The keys of an answer; ``institution`` and ``meeting`` are those it is about, or ``None``."""
    found = [ALL]
    if institution is not None:
        found.append(_all_of(institution))
    for scope in scopes:
        if scope in ("institution", "meetings") and institution is not None:
            found.append(f"{scope}:{institution.getId()}")
        elif scope == "meeting" and meeting is not None and institution is not None:
            found.append(_meeting(institution, meeting))
        else:
            found.append(PORTAL)
    return tuple(dict.fromkeys(found))


def of_publication(institution, meeting, is_meeting: bool) -> tuple[str, ...]:
    """What a published, changed or withdrawn meeting or item makes stale."""
    found = [PORTAL, f"institution:{institution.getId()}"]
    if meeting is not None:
        found.append(_meeting(institution, meeting))
    if is_meeting:
        found.append(f"meetings:{institution.getId()}")
    return tuple(found)


def of_institution(institution) -> tuple[str, ...]:
    """What another name, colour or policy of an institution makes stale."""
    return (PORTAL, _all_of(institution))


def _all_of(institution) -> str:
    return f"all:{institution.getId()}"


def _meeting(institution, meeting) -> str:
    return f"meeting:{institution.getId()}/{meeting.getId()}"
