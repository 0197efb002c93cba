"""What alerts need of the environment; without it the portal offers none."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit


KEY = "DELIBERATION_ALERTS_KEY"
URL = "DELIBERATION_ALERTS_URL"
EVERY = "DELIBERATION_ALERTS_EVERY"
SHORTEST_KEY = 16  # bytes
USUAL = 3600.0  # seconds between two digests


@dataclass(frozen=True, slots=True)
class Settings:
    key: bytes  # signs what stands in messages
    url: str  # of the portal, for messages: a request could claim any host
    every: float = USUAL


def read(environment: Mapping[str, str] = os.environ) -> Settings | None:
    """The settings, ``None`` when alerts are not set up.

    :raises ValueError: for a value that can't be used, with its name
    """
    key, url = environment.get(KEY, "").encode(), environment.get(URL, "").rstrip("/")
    if not key and not url:
        return None
    if len(key) < SHORTEST_KEY:
        raise ValueError(f"{KEY}: must have at least {SHORTEST_KEY} bytes")
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc:
        raise ValueError(f"{URL}: must be the public address of the portal")
    every = environment.get(EVERY, "").strip() or str(USUAL)
    if not every.isascii() or not every.replace(".", "", 1).isdigit():
        raise ValueError(f"{EVERY}: must be a number of seconds")
    return Settings(key, url, float(every))


def usable() -> Settings | None:
    """As ``read``, and ``None`` for what can't be used: pages then offer no alerts."""
    try:
        return read()
    except ValueError:
        return None
