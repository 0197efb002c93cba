"""Asking for an alert: which addresses are taken, and how often one may ask."""

import re
from collective.deliberation.opendata.alerts import tokens
from collective.deliberation.opendata.alerts.records import Subscriptions
from dataclasses import dataclass


HOUR = 3600.0
FROM_ONE_NETWORK = 10  # demands an hour
TO_ONE_ADDRESS = 4  # demands a day: none can be flooded with messages that ask to confirm
LONGEST = 254  # RFC 5321
KEPT = 24 * HOUR  # how long a demand counts
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)


class TooOften(Exception):
    """This network asked too often within the hour."""


@dataclass(frozen=True, slots=True)
class Demand:
    address: str
    question: str
    network: str  # the IP address it came from


def clean_address(text: str) -> str:
    """An address as it is kept; empty when it is none that mail can be sent to."""
    text = text.strip()
    local, _at, domain = text.rpartition("@")
    text = f"{local}@{domain.lower()}"
    return text if len(text) <= LONGEST and _ADDRESS.fullmatch(text) else ""


def ask(known: Subscriptions, key: bytes, demand: Demand, now: float) -> None:
    """Take a demand in. Whether the address is known, or was asked for too often, nobody is told.

    :raises TooOften: when the network may not ask now
    """
    known.purge(now)
    _forget_attempts(known, now)
    network = tokens.pseudonym(key, "network", demand.network)
    owner = tokens.pseudonym(key, "address", demand.address.lower())
    if _count(known, network, now - HOUR) >= FROM_ONE_NETWORK:
        raise TooOften
    _note(known, network, now)
    if _count(known, owner, now - KEPT) < TO_ONE_ADDRESS:
        _note(known, owner, now)
        known.add(demand.address, owner, demand.question, now)


def _count(known: Subscriptions, who: str, since: float) -> int:
    return sum(moment > since for moment in known.attempts.get(who, ()))


def _note(known: Subscriptions, who: str, now: float) -> None:
    known.attempts[who] = (*known.attempts.get(who, ()), now)


def _forget_attempts(known: Subscriptions, now: float) -> None:
    for who, moments in list(known.attempts.items()):
        if moments[-1] <= now - KEPT:
            del known.attempts[who]
