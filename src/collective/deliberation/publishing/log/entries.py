"""An entry of a publication log: what was published, when, by whom, and the hash that chains it. Pure.

Each entry holds the SHA-256 of the canonical form (RFC 8785) of the one before it, so that none can be
changed, taken out or put in later without every hash after it changing.

Words that may have to be forgotten one day (who did it, why it was withdrawn) are not in an entry: it holds
a *seal* of them, the SHA-256 of a random salt and the text. The *opening*, salt and text, lies beside. Without
it nobody can tell what was sealed, and the chain still verifies.
"""

import hashlib
import re
import rfc8785
from collections.abc import Mapping
from dataclasses import asdict
from dataclasses import dataclass
from dataclasses import fields
from dataclasses import replace
from secrets import token_hex
from typing import Any
from typing import Literal


FORMAT = "collective.deliberation.log/1"
NOTHING_BEFORE = "0" * 64  # in the place of a hash, in the first entry
Action = Literal["publish", "replace", "withdraw", "remove", "confirm", "recall", "timestamp"]
ACTIONS = ("publish", "replace", "withdraw", "remove", "confirm", "recall", "timestamp")
STAMP = "timestamp"
HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class What:
    """What happened to one meeting or item. A ``confirm`` is the portal's word, noted by the desk.

    A ``recall`` takes an order of the desk back of which nothing has left yet.

    A ``timestamp`` is about no object: its hash is that of a time-stamping authority's reply, and the receipt of its
    entry names the entry of this log that was stamped.
    """

    action: Action
    uid: str
    kind: str  # "meeting" or "item"
    stage: str  # "draft", "decision" or "meeting"; empty when it went off line
    meeting: str  # UID of an item's meeting; empty for a meeting
    revision: int
    hash: str  # SHA-256 of the wire document; empty when it went off line
    annexes: tuple[str, ...] = ()  # SHA-256 of its files, sorted


def put(action: Action, document: Mapping[str, Any], hash: str) -> What:
    """What a wire document, of this hash, puts on line."""
    record = document.get("record", {})
    return What(
        action,
        uid=document.get("uid", ""),
        kind=document.get("kind", ""),
        stage=record.get("stage", "meeting"),
        meeting=record.get("meeting", ""),
        revision=document.get("revision", 0),
        hash=hash,
        annexes=tuple(sorted({annex["sha256"] for annex in record.get("annexes", ())})),
    )


def gone(action: Action, uid: str, kind: str, revision: int) -> What:
    """What goes off line."""
    return What(action, uid, kind, stage="", meeting="", revision=revision, hash="")


def stamped(reply: bytes) -> What:
    """That an authority put a time-stamp on an entry."""
    what = gone(STAMP, uid="", kind="", revision=0)
    return replace(what, hash=hashlib.sha256(reply).hexdigest())


@dataclass(frozen=True, slots=True)
class Receipt:
    """An entry, by its number and hash: of the other site's log; for a time-stamp, of this one."""

    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Opening:
    """What a seal is of."""

    salt: str  # 32 hex digits
    text: str

    @property
    def seal(self) -> str:
        return hashlib.sha256(f"{self.salt}{self.text}".encode()).hexdigest()


def opening(text: str) -> Opening:
    return Opening(token_hex(16), text)


@dataclass(frozen=True, slots=True)
class Entry:
    site: Literal["desk", "portal"]
    institution: str
    number: int  # from 1, without gaps
    previous: str  # hash of the entry before
    at: str  # ISO 8601 with offset, by this site's clock; never earlier than the entry before
    what: What
    by: str  # seal of who: a user of the desk, the portal's technical account
    why: str  # seal of the reason of a withdrawal; empty without one
    receipt: Receipt | None = None

    def to_dict(self) -> dict[str, Any]:
        """As plain JSON: the fields of ``what`` stand beside the others."""
        plain = asdict(self)
        what = plain.pop("what")
        return {"format": FORMAT, **plain, **what, "annexes": list(what["annexes"])}

    @property
    def canonical(self) -> bytes:
        return rfc8785.dumps(self.to_dict())

    @property
    def hash(self) -> str:
        return hashlib.sha256(self.canonical).hexdigest()


FIELDS = frozenset(
    {"format", *(field.name for part in (Entry, What) for field in fields(part))} - {"what"}
)
_TEXTS = FIELDS - {"number", "revision", "annexes", "receipt"}


def read(value: Any) -> Entry:
    """An entry from its JSON object, read strictly.

    :raises ValueError: when it is none; the message says what is wrong, for a person
    """
    if not isinstance(value, dict) or set(value) != FIELDS:
        raise ValueError("is not an entry of this format: fields are missing or unknown")
    if value["format"] != FORMAT:
        raise ValueError(f"is not of the format {FORMAT}")
    receipt, annexes = value["receipt"], value["annexes"]
    numbers = [value["number"], value["revision"]]
    if receipt is not None:
        if not isinstance(receipt, dict) or set(receipt) != {"number", "hash"}:
            raise ValueError("has a receipt that is none")
        numbers.append(receipt["number"])
    if not all(type(number) is int and 0 <= number < 2**53 for number in numbers):
        raise ValueError("has a number that is none")
    texts = [value[name] for name in _TEXTS]
    texts += annexes if isinstance(annexes, list) else [None]
    if not all(isinstance(text, str) for text in texts):
        raise ValueError("has a text that is none")
    if value["action"] not in ACTIONS:
        raise ValueError("has an action that this format doesn't know")
    what = What(
        annexes=tuple(annexes),
        **{field.name: value[field.name] for field in fields(What) if field.name != "annexes"},
    )
    return Entry(
        what=what,
        receipt=Receipt(**receipt) if receipt is not None else None,
        **{
            field.name: value[field.name]
            for field in fields(Entry)
            if field.name not in ("what", "receipt")
        },
    )
