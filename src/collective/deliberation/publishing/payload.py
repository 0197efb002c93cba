"""From content of the desk to what may leave it: records of the wire format, neutralised, and files.

Every text goes through ``pseudonym.neutralise`` with the register of its object. What can't be shown
without risk is a ``Unpublishable`` that names the field, never the text.
"""

import hashlib
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import MutableMapping
from collective.deliberation import _
from collective.deliberation.content.french_dates import local
from collective.deliberation.content.meeting import body_title
from collective.deliberation.content.numbering import items_of
from collective.deliberation.content.register import register_of
from collective.deliberation.content.vocabularies import ANNEX_CATEGORIES
from collective.deliberation.pseudonym import gate
from collective.deliberation.pseudonym import neutralise
from collective.deliberation.pseudonym.register import Register
from collective.deliberation.publishing import wire
from collective.deliberation.publishing.labels import label
from collective.deliberation.publishing.policy import Stage
from collective.deliberation.publishing.records import FileRef
from dataclasses import dataclass
from plone import api
from plone.uuid.interfaces import IUUID
from typing import Any
from zope.i18n import translate


CHUNK = 1 << 18
PUBLIC_FILE = {"publishable": "file", "redacted": "publicFile"}
# What a reader reads. The rest is dates, numbers, hashes and fixed words.
TEXTS = (
    *("bodyTitle", "location", "attendance", "number", "title", "category", "representatives"),
    *("motivation", "draftDecision", "resolutionText", "votes", "annexes"),
)


class Unpublishable(Exception):
    """``message`` says to the clerk which field stops the publication and what to do about it."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Payload:
    record: wire.MeetingRecord | wire.ItemRecord
    files: tuple[FileRef, ...]


def of_meeting(meeting, digests: MutableMapping[Any, str]) -> Payload:
    texts = Texts(register_of(meeting))
    annexes, files = _annexes(meeting, texts, digests)
    record = wire.MeetingRecord(
        body=meeting.body,
        bodyTitle=texts.plain("bodyTitle", body_title(meeting)),
        start=local(meeting.start).isoformat(),
        end=local(meeting.end).isoformat() if meeting.end else None,
        location=texts.plain("location", meeting.location),
        convocation=meeting.convocation.isoformat() if meeting.convocation else None,
        state=api.content.get_state(meeting),
        attendance=texts.rich("attendance", meeting.attendance),
        annexes=annexes,
    )
    return _checked(record, files, texts.register)


def of_item(item, stage: Stage, digests: MutableMapping[Any, str]) -> Payload:
    texts = Texts(register_of(item))
    meeting = item.__parent__
    annexes, files = _annexes(item, texts, digests)
    decided = stage == "decision"
    record = wire.ItemRecord(
        meeting=IUUID(meeting),
        stage=stage,
        number=texts.plain("number", item.number),
        position=[other.getId() for other in items_of(meeting)].index(item.getId()),
        listType=item.listType,
        title=texts.plain("title", item.title),
        category=texts.plain("category", item.category),
        representatives=tuple(
            texts.plain("representatives", name) for name in item.representatives or ()
        ),
        motivation=texts.rich("motivation", item.motivation),
        draftDecision=texts.rich("draftDecision", item.draftDecision),
        resolutionText=texts.rich("resolutionText", item.resolutionText) if decided else "",
        votes=texts.plain("votes", item.votes) if decided else "",
        annexes=annexes,
    )
    return _checked(record, files, texts.register)


class Texts:
    """The texts of one object, neutralised with its register."""

    def __init__(self, register: Register):
        self.register = register

    def plain(self, field: str, text: str | None) -> str:
        return self._neutral(field, neutralise.plain_text, text or "")

    def rich(self, field: str, value) -> str:
        return self._neutral(field, neutralise.rich_text, value.raw if value is not None else "")

    def _neutral(self, field: str, call: Callable[[str, Register], str], text: str) -> str:
        try:
            return call(text, self.register) if text else ""
        except neutralise.Withheld:
            message = _(
                "publishing_withheld",
                default="The field “${field}” can't be read whole, or holds a mark that its register "
                "doesn't know. Open it, correct the text and save it again.",
                mapping={"field": label(field)},
            )
            raise Unpublishable(message) from None


def refuse_originals(record: dict[str, Any], register: Register) -> None:
    """The gate: search a record as it will leave for every form of the register.

    :raises Unpublishable: at the first hit; it names the fields.
    """
    texts = {name: value for name, value in record.items() if name in TEXTS}
    texts["annexes"] = [
        {"title": annex["title"], "category": annex["category"]} for annex in record["annexes"]
    ]
    refuse_originals_in(texts, register)


def refuse_originals_in(texts: Any, register: Register) -> None:
    hits = gate.search(texts, register)
    if hits:
        fields = ", ".join(dict.fromkeys(label(hit.path.split(".")[0]) for hit in hits))
        message = _(
            "publishing_gate_hit",
            default="Personal data of the register can still be read in: ${fields}. "
            "Mark it there, or correct the list of personal data, and save.",
            mapping={"fields": fields},
        )
        raise Unpublishable(message)


def _checked(record, files: tuple[FileRef, ...], register: Register) -> Payload:
    refuse_originals(wire.plain(record), register)
    return Payload(record, files)


def _annexes(holder, texts: Texts, digests: MutableMapping[Any, str]):
    records, files = [], {}
    for annex in holder.objectValues():
        if annex.portal_type != "Annex":
            continue
        file = getattr(annex, PUBLIC_FILE.get(api.content.get_state(annex), ""), None)
        if file is None or not file.getSize():
            continue
        sha256 = _sha256(file, digests)
        files[sha256] = FileRef(sha256, file.getSize(), file._blob)
        category = ANNEX_CATEGORIES.get(annex.category, "")
        records.append(
            wire.AnnexRecord(
                uid=IUUID(annex),
                title=texts.plain("annexes", annex.title),
                category=translate(category, target_language="fr"),
                mimeType=_media_type(file.contentType),
                extension=_extension(file.filename),
                size=file.getSize(),
                sha256=sha256,
            )
        )
    return tuple(records), tuple(files.values())


def _media_type(value: str) -> str:
    return value.partition(";")[0].strip().lower()


def _extension(filename: str) -> str:
    """Only a short plain extension is told: a file name can hold a name up to its last letter."""
    extension = filename.rpartition(".")[2].lower()
    return (
        extension if extension.isascii() and extension.isalnum() and len(extension) < 9 else "bin"
    )


def _sha256(file, digests: MutableMapping[Any, str]) -> str:
    blob = file._blob
    key = (blob._p_oid, blob._p_serial) if blob._p_jar is not None and not blob._p_changed else None
    if key is not None and key in digests:
        return digests[key]
    digest = hashlib.sha256()
    with file.open() as stream:
        for chunk in _chunks(stream):
            digest.update(chunk)
    sha256 = digest.hexdigest()
    if key is not None and key[1] != b"\0" * 8:
        digests[key] = sha256
    return sha256


def _chunks(stream) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK):
        yield chunk
