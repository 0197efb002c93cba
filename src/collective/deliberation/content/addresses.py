"""Ids in addresses: they say where, never what, as a title can hold a name. Pure."""

import re
from datetime import date


def short_uid(uid: str) -> str:
    """The part of a UID that stands in addresses: its first 8 hex digits."""
    return uid[:8]


def meeting_id(day: date, body: str) -> str:
    """``2026-12-14-conseil``: the day in Brussels and the slug of the body."""
    return f"{day:%Y-%m-%d}-{body}"


_WORDLESS = re.compile(
    r"\d{4}-\d\d-\d\d-[a-z0-9]+(?:-[a-z0-9]+)*"  # a meeting's
    r"|[0-9a-f]{1,12}(?:-\d{1,4})?"
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"  # plone.api's, until the object is named
)


def is_wordless(name: str) -> bool:
    """Whether an id is made of a day and a body, or of hex digits, and a number where it was taken."""
    return _WORDLESS.fullmatch(name) is not None
