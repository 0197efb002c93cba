"""The wire format: what a desk says to a portal about one meeting or item, as typed values and JSON.

Pure: both sides import this module, and it imports no Plone. Texts in it are *neutralised*: they hold
tokens (see ``pseudonym.neutralise``), never an original. Field names follow OParl 1.1 where it has one.
"""

import hashlib
import json
import rfc8785
from collective.deliberation.publishing import checks
from collective.deliberation.publishing.checks import WireError
from dataclasses import asdict
from dataclasses import dataclass
from dataclasses import fields
from typing import Any
from typing import Literal


FORMAT = "collective.deliberation/1"
MOST_NESTED = 100_000  # arrays and objects in one document; each costs far more than its two bytes


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
    forget: bool = (
        False  # earlier revisions show what must not be seen any more: no history of them
    )

    @property
    def kind(self) -> Literal["meeting", "item"]:
        return "meeting" if isinstance(self.record, MeetingRecord) else "item"


def to_dict(publication: Publication) -> dict[str, Any]:
    """The JSON document of a publication, as plain dicts, lists, strings, integers and booleans."""
    return {
        "format": FORMAT,
        "uid": publication.uid,
        "institution": publication.institution,
        "revision": publication.revision,
        "published": publication.published,
        "forget": publication.forget,
        "kind": publication.kind,
        "record": plain(publication.record),
    }


def plain(record: MeetingRecord | ItemRecord) -> dict[str, Any]:
    """A record as plain dicts, lists, strings and integers."""
    return _plain(asdict(record))


def canonical(document: dict[str, Any]) -> bytes:
    """The canonical bytes of a JSON document (RFC 8785)."""
    return rfc8785.dumps(document)


def content_hash(document: dict[str, Any]) -> str:
    """The SHA-256 of the canonical form, in hex: equal on both sites when the content is."""
    return hashlib.sha256(canonical(document)).hexdigest()


def parse(body: bytes) -> dict[str, Any]:
    """The JSON object in a request's body.

    :raises WireError: when it is no JSON object in UTF-8.
    """

    def refuse(constant: str) -> None:
        raise ValueError(constant)  # NaN and Infinity are no JSON

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            raise ValueError("twice")  # two readers would take different ones
        return found

    if body.count(b"[") + body.count(b"{") > MOST_NESTED:
        raise WireError("document", f"must hold at most {MOST_NESTED} brackets")
    try:
        document = json.loads(body.decode("utf-8"), parse_constant=refuse, object_pairs_hook=once)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        raise WireError("document", "must be a JSON object in UTF-8, with no field twice")
    return document


def from_dict(document: Any) -> Publication:
    """Read a JSON document strictly.

    :raises WireError: at the first field that is missing, unknown, or not what it must be.
    """
    checks.keys(document, "", {"format", "kind", *_names(Publication)})
    if document["format"] != FORMAT:
        raise WireError("format", f"must be {FORMAT}")
    kind = checks.choice(document["kind"], "kind", ("meeting", "item"))
    return Publication(
        uid=checks.uid(document["uid"], "uid"),
        institution=checks.slug(document["institution"], "institution"),
        revision=checks.integer(document["revision"], "revision", 1),
        published=checks.moment(document["published"], "published"),
        record=(_meeting if kind == "meeting" else _item)(document["record"]),
        forget=checks.boolean(document["forget"], "forget"),
    )


def _meeting(value: Any) -> MeetingRecord:
    checks.keys(value, "record", _names(MeetingRecord))
    end, convocation = value["end"], value["convocation"]
    return MeetingRecord(
        body=checks.slug(value["body"], "record.body"),
        bodyTitle=checks.line(value["bodyTitle"], "record.bodyTitle"),
        start=checks.moment(value["start"], "record.start"),
        end=None if end is None else checks.moment(end, "record.end"),
        location=checks.line(value["location"], "record.location"),
        convocation=None if convocation is None else checks.day(convocation, "record.convocation"),
        state=checks.choice(value["state"], "record.state", ("convened", "held", "closed")),
        attendance=checks.text(value["attendance"], "record.attendance"),
        annexes=_annexes(value["annexes"]),
    )


def _item(value: Any) -> ItemRecord:
    checks.keys(value, "record", _names(ItemRecord))
    stage = checks.choice(value["stage"], "record.stage", ("draft", "decision"))
    if stage == "draft":
        for name in ("resolutionText", "votes"):
            checks.empty(value[name], f"record.{name}", "while stage is draft")
    representatives = checks.array(value["representatives"], "record.representatives")
    lines = ("number", "title", "category")
    texts = ("motivation", "draftDecision", "resolutionText", "votes")
    return ItemRecord(
        meeting=checks.uid(value["meeting"], "record.meeting"),
        stage=stage,
        position=checks.integer(value["position"], "record.position", 0),
        listType=checks.choice(value["listType"], "record.listType", ("normal", "late")),
        representatives=tuple(
            checks.line(name, f"record.representatives.{index}")
            for index, name in enumerate(representatives)
        ),
        annexes=_annexes(value["annexes"]),
        **{name: checks.line(value[name], f"record.{name}") for name in lines},
        **{name: checks.text(value[name], f"record.{name}") for name in texts},
    )


def _annexes(value: Any) -> tuple[AnnexRecord, ...]:
    annexes = tuple(
        _annex(annex, f"record.annexes.{index}")
        for index, annex in enumerate(checks.array(value, "record.annexes"))
    )
    if len({annex.uid for annex in annexes}) < len(annexes):
        raise WireError("record.annexes", "must not hold one annex twice")
    return annexes


def _annex(value: Any, path: str) -> AnnexRecord:
    checks.keys(value, path, _names(AnnexRecord))
    return AnnexRecord(
        uid=checks.uid(value["uid"], f"{path}.uid"),
        title=checks.line(value["title"], f"{path}.title"),
        category=checks.line(value["category"], f"{path}.category"),
        mimeType=checks.media_type(value["mimeType"], f"{path}.mimeType"),
        extension=checks.extension(value["extension"], f"{path}.extension"),
        size=checks.integer(value["size"], f"{path}.size", 1),
        sha256=checks.sha256(value["sha256"], f"{path}.sha256"),
    )


def _names(record: type) -> set[str]:
    return {field.name for field in fields(record)}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return value
