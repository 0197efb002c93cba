"""The public copy of a file: without metadata, comments, changes or files within; checked afterwards."""

from collections.abc import Collection
from collective.deliberation.pseudonym.files import office_cleaning
from collective.deliberation.pseudonym.files import pdf_cleaning
from collective.deliberation.pseudonym.files import picture_cleaning
from collective.deliberation.pseudonym.files.analysis import analyse
from collective.deliberation.pseudonym.files.analysis import family_of
from collective.deliberation.pseudonym.files.findings import Analysis
from collective.deliberation.pseudonym.files.passages import MAX_FILE
from collective.deliberation.pseudonym.files.passages import Unreadable
from collective.deliberation.pseudonym.register import Register


# Where a text may stand that isn't what the pages say: a PDF can do without all of them.
_ASIDE = ("outline", "hidden", "link", "form", "metadata", "comment", "embedded", "change")


def clean(data: bytes, mime: str, bare: bool = False) -> bytes:
    """The same file without its traces.

    :param bare: of a PDF, without bookmarks, links and structure too
    :raises Unreadable: when it can't be read whole: then it can't be published either
    """
    if len(data) > MAX_FILE:
        raise Unreadable("too-large")
    family = family_of(mime)
    try:
        if family == "pdf":
            return pdf_cleaning.clean(data, bare)
        if family == "office":
            return office_cleaning.clean(data)
        if family == "picture":
            return picture_cleaning.clean(data)
    except (RecursionError, MemoryError):
        raise Unreadable("too-large") from None
    if family == "text":
        return data
    raise Unreadable("unknown")


def public_copy(
    data: bytes, mime: str, register: Register, exempt: Collection[str] = ()
) -> tuple[bytes, Analysis]:
    """The cleaned file and what is still read in it, the same way as in the original.

    :raises Unreadable: when it can't be cleaned, or what should be gone can still be read
    """
    cleaned = clean(data, mime)
    found = analyse(cleaned, mime, register, exempt)
    if family_of(mime) == "pdf" and any(hit.kind in _ASIDE for hit in found.hits):
        cleaned = clean(data, mime, bare=True)
        found = analyse(cleaned, mime, register, exempt)
    if found.unreadable or any(hit.cleaned for hit in found.hits):
        raise Unreadable(found.unreadable or "unknown")
    return cleaned, found
