"""The day of a decision, as its own text tells it."""

import re
from collections.abc import Iterable
from collective.deliberation.pseudonym.detection import births
from collective.deliberation.pseudonym.detection.readable import key
from datetime import date


_DAY = r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+)?"
_TOLD = re.compile(
    rf"(?i:\b(?:s[ée]ances?|r[ée]union|conseil communal|conseil de l'action sociale|coll[èe]ge|comit[ée] sp[ée]cial|bureau permanent|proc[èe]s-verbal)\b)[^.;\n]{{0,60}}?(?:\bd[ue]\s+|\ble\s+|[–:,-]\s*){_DAY}(?P<day>{births.DATE})"
    rf"|\b(?i:fait|donn[ée]|arr[êe]t[ée]|ainsi d[ée]lib[ée]r[ée]|a comparu|ce jour)\b[^.;\n]{{0,60}}?(?:\ble\s+|\bce\s+){_DAY}(?P<made>{births.DATE})"
)
_ANY = re.compile(rf"(?<![\d/.-]){births.DATE}")
_COMING = re.compile(
    r"(?i:\b(?:jusqu'au|au|avant le|pour le|d[èe]s le|[àa] partir du|[àa] dater du|[ée]ch[ée]ance|d'ici le|n[ée]e? .{0,30})\s+)$"
)
_MONTHS = "janv fev mars avr mai juin juil aou sept oct nov dec".split()


def day_of_decision(texts: Iterable[str]) -> date | None:
    """The day that a text gives for its sitting or its signing, else the latest day it looks back on."""
    latest = None
    for text in texts:
        told = _TOLD.search(text)
        day = _day(told["day"] or told["made"]) if told else None
        if day is not None:
            return day
        for match in _ANY.finditer(text):
            day = _day(match[0])
            if day and not _COMING.search(text, max(0, match.start() - 40), match.start()):
                latest = day if latest is None else max(latest, day)
    return latest


def _day(written: str) -> date | None:
    numbers = [int(number) for number in re.findall(r"\d+", written)]
    if len(numbers) == 2:
        plain = key(written)
        months = [number for number, month in enumerate(_MONTHS, 1) if month in plain]
        numbers = [numbers[0], months[0], numbers[1]] if months else []
    if len(numbers) != 3:
        return None
    first, month, last = numbers
    year, day = (first, last) if first > 31 else (last, first)
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
