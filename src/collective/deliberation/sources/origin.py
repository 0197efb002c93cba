"""Where an object came from, kept beside it: system, UID there, and what each field said there."""

import hashlib
import json
from dataclasses import asdict
from persistent.mapping import PersistentMapping
from typing import Any
from zope.annotation.interfaces import IAnnotations


KEY = "collective.deliberation.source"


def fingerprints(value: Any) -> dict[str, str]:
    """Per field of a typed value, a hash that changes exactly when the source says something else."""
    return {
        name: hashlib.sha256(json.dumps(part, default=str).encode()).hexdigest()
        for name, part in asdict(value).items()
    }


def uid_of(content) -> str:
    """The UID at the source; ``""`` for what was made here."""
    return IAnnotations(content).get(KEY, {}).get("uid", "")


def changed(content, value: Any) -> frozenset[str]:
    """The fields that the source says otherwise than at the last import."""
    known = IAnnotations(content).get(KEY, {}).get("fields", {})
    return frozenset(
        name for name, print_ in fingerprints(value).items() if known.get(name) != print_
    )


def remember(content, system: str, value: Any) -> None:
    """Keep that ``content`` says what ``value`` says."""
    IAnnotations(content)[KEY] = PersistentMapping(
        system=system, uid=value.uid, fields=fingerprints(value)
    )
