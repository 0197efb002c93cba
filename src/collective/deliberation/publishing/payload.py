"""From content of the desk to what may leave it: records of the wire format, neutralised, and files.

Every text goes through ``pseudonym.neutralise`` with the register of its object. What can't be shown
without risk is a ``Unpublishable`` that names the field, never the text.
"""

from collections.abc import Callable
from collections.abc import Collection
from collective.deliberation import _
from collective.deliberation.content.annexes import decisions
from collective.deliberation.content.annexes import public
from collective.deliberation.content.annexes import words
from collective.deliberation.content.annexes.kept import scope_of
from collective.deliberation.content.french_dates import local
from collective.deliberation.content.meeting import body_title
from collective.deliberation.content.numbering import items_of
from collective.deliberation.content.register import register_of
from collective.deliberation.content.review.decisions import exempted
from collective.deliberation.content.vocabularies import ANNEX_CATEGORIES
from collective.deliberation.pseudonym import gate
from collective.deliberation.pseudonym import neutralise
from collective.deliberation.pseudonym.files import isolated
from collective.deliberation.pseudonym.files.findings import FileHit
from collective.deliberation.pseudonym.files.passages import Unreadable
from collective.deliberation.pseudonym.register import Register
from collective.deliberation.publishing import wire
from collective.deliberation.publishing.labels import label
from collective.deliberation.publishing.policy import Stage
from collective.deliberation.publishing.records import FileRef
from dataclasses import dataclass
from plone import api
from plone.uuid.interfaces import IUUID
from typing import Any
from typing import BinaryIO
from zope.i18n import translate


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
    """``left_out`` are the finds in annexes that must be reviewed again, when those were to be left out."""

    record: wire.MeetingRecord | wire.ItemRecord
    files: tuple[FileRef, ...]
    left_out: tuple[FileHit, ...] = ()


def of_meeting(meeting, leave_out: bool = False) -> Payload:
    """See ``of_item``."""
    texts = Texts(meeting)
    annexes, files, left = _annexes(meeting, texts, leave_out)
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
    return _checked(record, files, texts, left)


def of_item(item, stage: Stage, leave_out: bool = False) -> Payload:
    """
    :param leave_out: whether annexes that must be reviewed again are left out, not refused
    :raises Unpublishable:
    """
    texts = Texts(item)
    meeting = item.__parent__
    annexes, files, left = _annexes(item, texts, leave_out)
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
    return _checked(record, files, texts, left)


class Texts:
    """The texts of one object, neutralised with its register."""

    def __init__(self, content):
        self.register = register_of(content)
        self.exempt = exempted(content)

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


def refuse_originals(
    record: dict[str, Any], register: Register, exempt: Collection[str] = ()
) -> None:
    """The gate: search a record as it will leave for every form of the register, and for numbers.

    :raises Unpublishable: at the first hit; it names the fields.
    """
    refuse_originals_in(texts_in(record), register, exempt)


def texts_in(record: dict[str, Any]) -> dict[str, Any]:
    """What a reader reads of a record of the wire format."""
    texts = {name: value for name, value in record.items() if name in TEXTS}
    texts["annexes"] = [
        {"title": annex["title"], "category": annex["category"]} for annex in record["annexes"]
    ]
    return texts


def refuse_originals_in(texts: Any, register: Register, exempt: Collection[str] = ()) -> None:
    hits = gate.search(texts, register, exempt)
    if hits:
        fields = ", ".join(dict.fromkeys(label(hit.path.split(".")[0]) for hit in hits))
        if not any(hit.entry_id or not hit.category for hit in hits):
            message = _(
                "publishing_gate_number",
                default="A national number or an account that nobody has judged stands in: ${fields}. "
                "Open the review of personal data: hide it, or leave it public.",
                mapping={"fields": fields},
            )
            raise Unpublishable(message)
        message = _(
            "publishing_gate_hit",
            default="Personal data of the register can still be read in: ${fields}. "
            "Mark it there, or correct the list of personal data, and save.",
            mapping={"fields": fields},
        )
        raise Unpublishable(message)


def _checked(record, files: tuple[FileRef, ...], texts: "Texts", left=()) -> Payload:
    refuse_originals(wire.plain(record), texts.register, texts.exempt)
    return Payload(record, files, tuple(left))


def _annexes(holder, texts: Texts, leave_out: bool):
    records, files, left = [], {}, []
    annexes = [each for each in holder.objectValues() if each.portal_type == "Annex"]
    for number, annex in enumerate(annexes, 1):
        try:
            copy = _public_copy(annex, number)
        except _Blocked as blocked:
            if not leave_out:
                raise
            left += blocked.hits
            continue
        if copy is None:
            continue
        size = copy.file.getSize()
        files[copy.sha256] = FileRef(copy.sha256, size, copy.file._blob)
        category = ANNEX_CATEGORIES.get(annex.category, "")
        records.append(
            wire.AnnexRecord(
                uid=IUUID(annex),
                title=texts.plain("annexes", annex.title),
                category=translate(category, target_language="fr"),
                mimeType=_media_type(copy.file.contentType),
                extension=_extension(copy.file.filename),
                size=size,
                sha256=copy.sha256,
            )
        )
    return tuple(records), tuple(files.values()), left


def _public_copy(annex, number: int) -> public.PublicCopy | None:
    """The cleaned copy of an annex that is published; nobody must have overlooked what is in it."""
    field = public.public_field(annex)
    file = getattr(annex, field, None) if field else None
    if file is None or not file.getSize():
        return None
    try:
        copy = public.copy_of(annex, field)
    except Unreadable as error:
        raise _unpublishable_annex(number, words.not_cleaned(error.reason)) from None
    hits = decisions.unreleased(annex, copy.found.hits)
    if hits:
        raise _unpublishable_annex(number, words.still_there(hits), hits)
    return copy


def refuse_annexes(
    content, annexes: list[dict[str, Any]], opened: Callable[[str], BinaryIO]
) -> None:
    """The gate for files, at delivery: search each once more with the register as it is now.

    :param annexes: as the record has them
    :param opened: gives the file with a digest, open and with a descriptor
    :raises Unpublishable: at the first file with a find that nobody released; it says which annex
    """
    scope = scope_of(content)
    by_uid = {IUUID(each): each for each in content.objectValues() if each.portal_type == "Annex"}
    for number, record in enumerate(annexes, 1):
        annex = by_uid.get(record["uid"])
        found = None
        if annex is not None and public.public_field(annex):
            copy = public.known_copy(annex, public.public_field(annex))
            found = copy.found if copy is not None and copy.sha256 == record["sha256"] else None
        if found is None:
            with opened(record["sha256"]) as stream:
                found = isolated.analyse(stream, record["mimeType"], scope.register, scope.exempt)
        if found.unreadable:
            raise _unpublishable_annex(number, words.not_cleaned(found.unreadable))
        hits = decisions.unreleased(annex, found.hits) if annex is not None else found.hits
        if hits:
            raise _unpublishable_annex(number, words.still_there(hits))


class _Blocked(Unpublishable):
    """An annex must be reviewed again; ``hits`` are the finds that nobody released."""

    def __init__(self, message: str, hits: tuple[FileHit, ...]):
        super().__init__(message)
        self.hits = hits


def _unpublishable_annex(number: int, why: Any, hits: tuple[FileHit, ...] = ()) -> Unpublishable:
    message = _(
        "publishing_annex_hit",
        default="Annex no. ${number}: ${why} Review it again: hold it back, redact it, or publish it "
        "as it is with a reason.",
        mapping={"number": str(number), "why": translate(why, target_language="fr")},
    )
    return _Blocked(message, hits)


def _media_type(value: str) -> str:
    return value.partition(";")[0].strip().lower()


def _extension(filename: str) -> str:
    """Only a short plain extension is told: a file name can hold a name up to its last letter."""
    extension = filename.rpartition(".")[2].lower()
    return (
        extension if extension.isascii() and extension.isalnum() and len(extension) < 9 else "bin"
    )
