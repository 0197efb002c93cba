"""How much one account may send, from the environment. Pure."""

import logging
import os
from collections.abc import Mapping
from collective.deliberation.pseudonym.files.passages import MAX_FILE
from dataclasses import dataclass
from functools import lru_cache


logger = logging.getLogger(__name__)

PREFIX = "DELIBERATION_LIMIT_"
MOST = 2**40


@dataclass(frozen=True, slots=True)
class Limits:
    requests: int = 6_000  # of one account in a minute, on each Zope client
    document: int = 20 * 1024 * 1024  # bytes of JSON
    file: int = MAX_FILE  # bytes; what a desk reads and cleans


def limits(environment: Mapping[str, str] = os.environ) -> Limits:
    """The limits that are set; a value that is no number is as none, and the log says so."""
    found = {
        name: _number(f"{PREFIX}{name.upper()}", environment.get(f"{PREFIX}{name.upper()}", ""))
        for name in ("requests", "document", "file")
    }
    return Limits(**{name: value for name, value in found.items() if value is not None})


@lru_cache(maxsize=64)
def _number(variable: str, text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) < 14 and 0 < int(text) <= MOST:
        return int(text)
    logger.error("%s: must be a whole number above 0; the default holds.", variable)
    return None
