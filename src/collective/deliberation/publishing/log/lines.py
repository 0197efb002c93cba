"""One line of a downloaded log: an entry, its hash, and the openings that may be shown. Pure.

``{"entry": {…}, "hash": "…", "openings": {"why": {"salt": "…", "text": "…"}}}``; a time-stamp has ``"reply"``, too, the
authority's answer in base64.
"""

import base64
import json
from collective.deliberation.publishing.log.entries import Entry
from collective.deliberation.publishing.log.entries import Opening
from collective.deliberation.publishing.log.entries import read
from dataclasses import dataclass
from typing import Any


SEALED = ("by", "why")


@dataclass(frozen=True, slots=True)
class Line:
    entry: Entry
    hash: str
    openings: dict[str, Opening]  # by the name of the sealed field
    reply: bytes = b""  # of a time-stamping authority

    def to_dict(self, shown: tuple[str, ...] = SEALED) -> dict[str, Any]:
        """As plain JSON, with the openings of those fields only."""
        reply = {"reply": base64.b64encode(self.reply).decode()} if self.reply else {}
        return {
            "entry": self.entry.to_dict(),
            "hash": self.hash,
            "openings": {
                name: {"salt": opening.salt, "text": opening.text}
                for name, opening in self.openings.items()
                if name in shown
            },
            **reply,
        }

    def to_bytes(self, shown: tuple[str, ...] = SEALED) -> bytes:
        text = json.dumps(self.to_dict(shown), ensure_ascii=False, separators=(",", ":"))
        return text.encode() + b"\n"


def parse(source: bytes) -> Line:
    """A line as it was downloaded; whether it is true is for ``verifying`` to say.

    :raises ValueError: when it is none; the message says what is wrong, for a person
    """
    try:
        value = json.loads(source.decode("utf-8"))
    except (ValueError, RecursionError):
        raise ValueError("is not JSON in UTF-8") from None
    if not isinstance(value, dict) or set(value) - {"reply"} != {"entry", "hash", "openings"}:
        raise ValueError('must be an object with "entry", "hash" and "openings"')
    if not isinstance(value["hash"], str):
        raise ValueError("has a hash that is none")
    return Line(read(value["entry"]), value["hash"], _openings(value["openings"]), _reply(value))


def _reply(value: dict[str, Any]) -> bytes:
    try:
        return base64.b64decode(value.get("reply", ""), validate=True)
    except (ValueError, TypeError):
        raise ValueError("has a time-stamp that is not in base64") from None


def _openings(value: Any) -> dict[str, Opening]:
    if not isinstance(value, dict) or not set(value) <= set(SEALED):
        raise ValueError("has openings of a field that isn't sealed")
    found = {}
    for name, part in value.items():
        valid = isinstance(part, dict) and set(part) == {"salt", "text"}
        if not valid or not all(isinstance(text, str) for text in part.values()):
            raise ValueError("has an opening that is none")
        found[name] = Opening(**part)
    return found
