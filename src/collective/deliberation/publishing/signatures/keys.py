"""Keys with which a desk signs its requests and a portal checks them, from the environment. Pure.

``DELIBERATION_SIGNING_KEYS_VALBOURG`` for the institution ``valbourg``, ``DELIBERATION_SIGNING_KEYS`` for those that have
none of their own: one or several ``name:secret``, separated by spaces. A desk signs with the first, a portal
accepts all. ``DELIBERATION_SIGNING_KEYS_FILE`` names a file with a line for each institution instead, ``valbourg
name:secret …``, and ``*`` for all others; it is read anew for each request, so keys change without a restart.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path


VARIABLE = "DELIBERATION_SIGNING_KEYS"
FILE = f"{VARIABLE}_FILE"
UNSIGNED = "DELIBERATION_UNSIGNED"
LEAST = 32  # characters of a secret
_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")


class KeyProblem(ValueError):
    """Keys that can't be used. The message names where they stand, never what they are."""


@dataclass(frozen=True, slots=True)
class Key:
    name: str
    secret: bytes = field(repr=False)


def keys_of(slug: str, environment: Mapping[str, str] = os.environ) -> tuple[Key, ...]:
    """The keys of the institution with this slug on the portal, the one to sign with first.

    :raises KeyProblem: when what is set is no list of keys
    """
    name = environment.get(FILE)
    if name:
        return _of_file(slug, name)
    own = f"{VARIABLE}_{slug.upper().replace('-', '_')}"
    for variable in (own, VARIABLE):
        text = environment.get(variable, "").strip()
        if text and variable != FILE:
            return _parsed(text, variable)
    return ()


def unsigned_accepted(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a portal takes unsigned requests of an institution that has no key."""
    return environment.get(UNSIGNED, "").strip().lower() == "accept"


def _of_file(slug: str, name: str) -> tuple[Key, ...]:
    try:
        lines = Path(name).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise KeyProblem(f"{FILE}: the file can't be read") from None
    found = {}
    for number, line in enumerate(lines, 1):
        whose, _space, text = line.strip().partition(" ")
        if whose and not whose.startswith("#"):
            found[whose] = (text, f"{FILE}, line {number}")
    text, where = found.get(slug) or found.get("*") or ("", "")
    return _parsed(text, where) if where else ()


def _parsed(text: str, where: str) -> tuple[Key, ...]:
    keys = []
    for part in text.split():
        name, _colon, secret = part.partition(":")
        if not _NAME.fullmatch(name) or len(secret) < LEAST:
            message = f"must be name:secret, with a secret of at least {LEAST} characters"
            raise KeyProblem(f"{where}: {message}")
        keys.append(Key(name, secret.encode()))
    if len({key.name for key in keys}) < len(keys):
        raise KeyProblem(f"{where}: two keys have one name")
    return tuple(keys)
