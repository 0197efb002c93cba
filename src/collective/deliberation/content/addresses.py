"""Ids in addresses: they say where, never what, as a title can hold a name. Pure."""

from datetime import date


def short_uid(uid: str) -> str:
    """The part of a UID that stands in addresses: its first 8 hex digits."""
    return uid[:8]


def meeting_id(day: date, body: str) -> str:
    """``2026-12-14-conseil``: the day in Brussels and the slug of the body."""
    return f"{day:%Y-%m-%d}-{body}"
