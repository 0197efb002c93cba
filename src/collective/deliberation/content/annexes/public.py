"""The copy of an annex that may leave the desk: always cleaned, and searched once more."""

from collections.abc import Mapping
from collective.deliberation.content.annexes.kept import digest_of
from collective.deliberation.content.annexes.kept import kept
from collective.deliberation.content.annexes.kept import key_of
from collective.deliberation.content.annexes.kept import media_type
from collective.deliberation.content.annexes.kept import peek
from collective.deliberation.content.annexes.kept import scope_of
from collective.deliberation.content.validation import extension
from collective.deliberation.pseudonym.files import isolated
from collective.deliberation.pseudonym.files.findings import Analysis
from collective.deliberation.pseudonym.files.passages import Unreadable
from contextlib import ExitStack
from dataclasses import dataclass
from persistent.mapping import PersistentMapping
from plone import api
from plone.namedfile.file import NamedBlobFile


FIELDS = {"publishable": "file", "redacted": "publicFile"}


@dataclass(frozen=True, slots=True)
class PublicCopy:
    """``file`` is the cleaned copy and ``sha256`` its digest; ``found`` is what is still read in it."""

    file: NamedBlobFile
    sha256: str
    found: Analysis


def public_field(annex) -> str:
    """The field whose copy is published in the present state; empty when none is."""
    return FIELDS.get(api.content.get_state(annex, ""), "")


def known_copy(annex, field: str) -> PublicCopy | None:
    """The copy as it was made, if file and register are still the same; for requests that read.

    :raises Unreadable: when it is known that there can't be one
    """
    entry, file = peek(annex).get(f"public-{field}"), getattr(annex, field, None)
    if entry is None or file is None or entry["key"] != key_of(file, scope_of(annex)):
        return None
    if entry["refused"]:
        raise Unreadable(entry["refused"])
    return PublicCopy(entry["file"], entry["sha256"], Analysis.from_json(entry["found"]))


def copy_of(annex, field: str) -> PublicCopy:
    """The copy of the file in ``field``, made now when it must be.

    :raises Unreadable: when it can't be cleaned: then it can't be published
    """
    known = known_copy(annex, field)
    if known is not None:
        return known
    file, scope = getattr(annex, field), scope_of(annex)
    before = peek(annex).get(f"public-{field}", {})
    entry = PersistentMapping(key=key_of(file, scope), refused="")
    kept(annex)[f"public-{field}"] = entry
    made = NamedBlobFile(b"", file.contentType, f"annexe.{extension(file.filename) or 'bin'}")
    earlier = _of_same_file(before, entry)
    try:
        with ExitStack() as opened:
            bare, found = isolated.public_copy(
                opened.enter_context(file.open()),
                media_type(file),
                opened.enter_context(made.open("r+")),
                scope.register,
                scope.exempt,
                opened.enter_context(earlier.open()) if earlier is not None else None,
            )
    except Unreadable as error:
        entry["refused"] = error.reason
        raise
    if earlier is not None and not bare:
        made = earlier
    digest = digest_of(made)
    entry["file"] = before["file"] if before.get("sha256") == digest else made
    entry["sha256"], entry["bare"], entry["found"] = digest, bare, found.to_json()
    return PublicCopy(entry["file"], digest, found)


def refresh(annex) -> None:
    """Make the copy that is published now anew, when file or register have changed since."""
    field = public_field(annex)
    if field and getattr(annex, field, None) is not None:
        try:
            copy_of(annex, field)
        except Unreadable:
            pass  # it is kept why; the checklist and the queue say so


def _of_same_file(before: Mapping, entry: Mapping) -> NamedBlobFile | None:
    """The copy made before, if only the register has changed since: it needs to be searched, not made again."""
    same = before.get("key", ())[:2] == entry["key"][:2] and before.get("bare") is False
    return before["file"] if same else None


def public_copy(annex) -> NamedBlobFile | None:
    """The file that is published now, or None when this annex is not.

    :raises Unreadable: when it should be, and can't be cleaned
    """
    field = public_field(annex)
    file = getattr(annex, field, None) if field else None
    if file is None or not file.getSize():
        return None
    return copy_of(annex, field).file


def source_digest(annex, field: str) -> str:
    """The digest of what the copy is made of: a decision holds for it alone."""
    file = getattr(annex, field, None)
    return digest_of(file) if file is not None else ""
