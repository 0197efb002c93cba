"""Dates, moments and sizes as a French-speaking Belgian reads them. Pure."""

import re
from datetime import date
from datetime import datetime
from zoneinfo import ZoneInfo


BRUSSELS = ZoneInfo("Europe/Brussels")
NBSP = "\N{NO-BREAK SPACE}"
_BEFORE = re.compile(" (?=[:;?!»])")
_AFTER = re.compile("« ")
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def moment(iso: str) -> datetime:
    """An ISO 8601 date and time with its offset, as local time in Brussels."""
    return datetime.fromisoformat(iso).astimezone(BRUSSELS)


def day(value: date) -> str:
    """``14 décembre 2026``; the first of a month is ``1er``."""
    number = "1er" if value.day == 1 else str(value.day)
    return f"{number}{NBSP}{MONTHS[value.month - 1]}{NBSP}{value.year}"


def weekday(value: date) -> str:
    """``lundi 14 décembre 2026``."""
    return f"{DAYS[value.weekday()]} {day(value)}"


def hour(value: datetime) -> str:
    """``19 h 00``."""
    return f"{value.hour}{NBSP}h{NBSP}{value.minute:02d}"


def spaced(text: str) -> str:
    """A line with the spaces that French puts before ``:``, ``;``, ``?``, ``!`` and inside guillemets kept together."""
    return _BEFORE.sub(NBSP, _AFTER.sub(f"«{NBSP}", text))


def size(count: int) -> str:
    """A number of bytes: ``812 octets``, ``34 Ko``, ``1,2 Mo``."""
    if count < 1000:
        return f"{count}{NBSP}octet{'s' if count > 1 else ''}"
    for unit in ("Ko", "Mo"):
        count /= 1000
        if count < 999.5:
            number = f"{count:.1f}" if count < 9.95 else f"{count:.0f}"
            return f"{number.removesuffix('.0').replace('.', ',')}{NBSP}{unit}"
    return f"{count / 1000:.1f}".removesuffix(".0").replace(".", ",") + f"{NBSP}Go"
