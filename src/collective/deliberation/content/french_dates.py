"""Dates as Belgian administrations write them, in the time of Brussels."""

import pytz
from datetime import date
from datetime import datetime
from zoneinfo import ZoneInfo


BRUSSELS = ZoneInfo("Europe/Brussels")
MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
)


def local(moment: datetime) -> datetime:
    """The moment in Brussels; one without a zone is taken to be there already."""
    return moment.replace(tzinfo=BRUSSELS) if moment.tzinfo is None else moment.astimezone(BRUSSELS)


def storable(moment: datetime) -> datetime:
    """The moment in Brussels as an object can keep it: the ZODB's pickles can't hold a ZoneInfo."""
    return local(moment).astimezone(pytz.timezone("Europe/Brussels"))


def long_date(day: date) -> str:
    """``14 décembre 2026``, ``1er mars 2027``."""
    if isinstance(day, datetime):
        day = local(day).date()
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {MONTHS[day.month - 1]} {day.year}"


def hour(moment: datetime) -> str:
    """``19 h 00``, with spaces that don't break."""
    here = local(moment)
    return f"{here.hour}\u00a0h\u00a0{here.minute:02}"


def meeting_title(body: str, start: datetime) -> str:
    """``Conseil communal du 14 décembre 2026, 19 h 00``."""
    return f"{body} du {long_date(start)}, {hour(start)}"
