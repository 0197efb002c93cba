"""The wire format: what a desk says to a portal about one meeting or item, as typed values and JSON.

Pure: both sides import this module, and it imports no Plone. Texts in it are *neutralised*: they hold
tokens (see ``pseudonym.neutralise``), never an original. Field names follow OParl 1.1 where it has one.
"""

import hashlib
import re
import rfc8785
from dataclasses import asdict
from dataclasses import dataclass
from dataclasses import fields
from datetime import datetime
from typing import Any
from typing import Literal


FORMAT = "collective.deliberation/1"
MAX_TEXT = 5_000_000  # characters in one text field; the longest real decision seen has 40,000

_UID = re.compile(r"[0-9a-f]{32}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_EXTENSION = re.compile(r"[a-z0-9]{1,8}")
_MIME = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+-]+")


class WireError(ValueError):
    """A document that is not in the wire format.

    ``field`` is the path of the first field that is wrong, ``message`` says what it must be. Neither
    repeats the value, which may be personal data.
    """

    def __init__(self, field: str, message: str):
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


@dataclass(frozen=True, slots=True)
class AnnexRecord:
    """One published file. It has no file name: its address is ``annexes/{uid[:8]}.{extension}``."""

    uid: str  # 32 hex digits
    title: str  # neutralised plain text
    category: str  # a word for people, e.g. "Note de synthèse explicative"
    mimeType: str  # noqa: N815 (OParl)
    extension: str  # lower case, without the dot
    size: int  # bytes
    sha256: str  # 64 hex digits, of the bytes


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """One sitting of one body. Its public state: convened, held or closed."""

    body: str  # slug, e.g. "conseil"
    bodyTitle: str  # noqa: N815  e.g. "Conseil communal"
    start: str  # ISO 8601 with offset
    end: str | None  # ISO 8601 with offset
    location: str  # neutralised plain text
    convocation: str | None  # ISO 8601 date
    state: Literal["convened", "held", "closed"]
    attendance: str  # neutralised HTML
    annexes: tuple[AnnexRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """One agenda item at one stage: a draft before the meeting, a decision after it."""

    meeting: str  # UID of its meeting
    stage: Literal["draft", "decision"]
    number: str  # as shown, e.g. "12" or "12.1"
    position: int  # sort key within the meeting, from 0
    listType: Literal["normal", "late"]  # noqa: N815 (iA.Délib)
    title: str  # neutralised plain text
    category: str  # neutralised plain text
    representatives: tuple[str, ...]  # elected representatives in charge, neutralised plain text
    motivation: str  # neutralised HTML
    draftDecision: str  # noqa: N815  neutralised HTML; what was proposed
    resolutionText: str  # noqa: N815 (OParl)  neutralised HTML; empty while stage is "draft"
    votes: str  # neutralised plain text; empty while stage is "draft"
    annexes: tuple[AnnexRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """What one ``PUT @published/{uid}`` carries: one object at one revision."""

    uid: str
    institution: str  # slug of the institution's folder on the portal
    revision: int  # from 1; a higher one replaces a lower one, never the reverse
    published: str  # ISO 8601 with offset: when the human validation took effect
    record: MeetingRecord | ItemRecord

    @property
    def kind(self) -> Literal["meeting", "item"]:
        return "meeting" if isinstance(self.record, MeetingRecord) else "item"


def short_uid(uid: str) -> str:
    """The part of a UID that stands in addresses: its first 8 hex digits."""
    return uid[:8]


def to_dict(publication: Publication) -> dict[str, Any]:
    """The JSON document of a publication, as plain dicts, lists, strings, integers and booleans."""
    return {
        "format": FORMAT,
        "uid": publication.uid,
        "institution": publication.institution,
        "revision": publication.revision,
        "published": publication.published,
        "kind": publication.kind,
        "record": _plain(asdict(publication.record)),
    }


def canonical(document: dict[str, Any]) -> bytes:
    """The canonical bytes of a JSON document (RFC 8785)."""
    return rfc8785.dumps(document)


def content_hash(document: dict[str, Any]) -> str:
    """The SHA-256 of the canonical form, in hex: equal on both sites when the content is."""
    return hashlib.sha256(canonical(document)).hexdigest()


def from_dict(document: Any) -> Publication:
    """Read a JSON document strictly.

    :raises WireError: at the first field that is missing, unknown, or not what it must be.
    """
    _keys(document, "", {"format", "uid", "institution", "revision", "published", "kind", "record"})
    if document["format"] != FORMAT:
        raise WireError("format", f"must be {FORMAT}")
    kind = _choice(document["kind"], "kind", ("meeting", "item"))
    return Publication(
        uid=_match(document["uid"], "uid", _UID, "32 hexadecimal digits"),
        institution=_match(document["institution"], "institution", _SLUG, "a slug"),
        revision=_integer(document["revision"], "revision", 1),
        published=_moment(document["published"], "published"),
        record=(_meeting if kind == "meeting" else _item)(document["record"]),
    )


def _meeting(value: Any) -> MeetingRecord:
    _keys(value, "record", _names(MeetingRecord))
    return MeetingRecord(
        body=_match(value["body"], "record.body", _SLUG, "a slug"),
        bodyTitle=_text(value["bodyTitle"], "record.bodyTitle"),
        start=_moment(value["start"], "record.start"),
        end=None if value["end"] is None else _moment(value["end"], "record.end"),
        location=_text(value["location"], "record.location"),
        convocation=None
        if value["convocation"] is None
        else _day(value["convocation"], "record.convocation"),
        state=_choice(value["state"], "record.state", ("convened", "held", "closed")),
        attendance=_text(value["attendance"], "record.attendance"),
        annexes=_annexes(value["annexes"]),
    )


def _item(value: Any) -> ItemRecord:
    _keys(value, "record", _names(ItemRecord))
    representatives = _list(value["representatives"], "record.representatives")
    texts = (
        "number",
        "title",
        "category",
        "motivation",
        "draftDecision",
        "resolutionText",
        "votes",
    )
    return ItemRecord(
        meeting=_match(value["meeting"], "record.meeting", _UID, "32 hexadecimal digits"),
        stage=_choice(value["stage"], "record.stage", ("draft", "decision")),
        position=_integer(value["position"], "record.position", 0),
        listType=_choice(value["listType"], "record.listType", ("normal", "late")),
        representatives=tuple(
            _text(name, f"record.representatives.{index}")
            for index, name in enumerate(representatives)
        ),
        annexes=_annexes(value["annexes"]),
        **{name: _text(value[name], f"record.{name}") for name in texts},
    )


def _annexes(value: Any) -> tuple[AnnexRecord, ...]:
    return tuple(
        _annex(annex, f"record.annexes.{index}")
        for index, annex in enumerate(_list(value, "record.annexes"))
    )


def _annex(value: Any, path: str) -> AnnexRecord:
    _keys(value, path, _names(AnnexRecord))
    return AnnexRecord(
        uid=_match(value["uid"], f"{path}.uid", _UID, "32 hexadecimal digits"),
        title=_text(value["title"], f"{path}.title"),
        category=_text(value["category"], f"{path}.category"),
        mimeType=_match(value["mimeType"], f"{path}.mimeType", _MIME, "a media type"),
        extension=_match(value["extension"], f"{path}.extension", _EXTENSION, "a file extension"),
        size=_integer(value["size"], f"{path}.size", 1),
        sha256=_match(value["sha256"], f"{path}.sha256", _SHA256, "64 hexadecimal digits"),
    )


def _names(record: type) -> set[str]:
    return {field.name for field in fields(record)}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return value


def _keys(value: Any, path: str, names: set[str]) -> None:
    if not isinstance(value, dict):
        raise WireError(path or "document", "must be a JSON object")
    prefix = f"{path}." if path else ""
    for name in sorted(names - set(value)):
        raise WireError(prefix + name, "is missing")
    if set(value) - names:
        raise WireError(path or "document", "holds a field that this format does not know")


def _list(value: Any, path: str) -> list[Any]:
    if not isinstance(value, list):
        raise WireError(path, "must be a JSON array")
    return value


def _text(value: Any, path: str) -> str:
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        raise WireError(path, f"must be a text of at most {MAX_TEXT} characters")
    return value


def _match(value: Any, path: str, pattern: re.Pattern[str], what: str) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise WireError(path, f"must be {what}")
    return value


def _choice(value: Any, path: str, choices: tuple[str, ...]) -> Any:
    if not isinstance(value, str) or value not in choices:
        raise WireError(path, f"must be one of {', '.join(choices)}")
    return value


def _integer(value: Any, path: str, least: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value < 2**53:
        raise WireError(path, f"must be an integer of at least {least}")
    return value


def _moment(value: Any, path: str) -> str:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        moment = None
    if moment is None or moment.tzinfo is None:
        raise WireError(path, "must be a date and time with its offset (ISO 8601)")
    return value


def _day(value: Any, path: str) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise WireError(path, "must be a date (ISO 8601)")
    return value
