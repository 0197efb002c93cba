"""The public copy of a file: without metadata, comments, changes or files within; checked afterwards."""

import io
from collections.abc import Callable
from collections.abc import Collection
from collective.deliberation.pseudonym.files import office_cleaning
from collective.deliberation.pseudonym.files import pdf_cleaning
from collective.deliberation.pseudonym.files import picture_cleaning
from collective.deliberation.pseudonym.files.analysis import analyse
from collective.deliberation.pseudonym.files.analysis import family_of
from collective.deliberation.pseudonym.files.findings import Analysis
from collective.deliberation.pseudonym.files.mapped import File
from collective.deliberation.pseudonym.files.mapped import held
from collective.deliberation.pseudonym.files.passages import Unreadable
from collective.deliberation.pseudonym.register import Register
from typing import BinaryIO
from typing import TypeVar


# Where a text may stand that isn't what the pages say: a PDF can do without all of them.
_ASIDE = ("outline", "hidden", "link", "form", "metadata", "comment", "embedded", "change")
Copy = TypeVar("Copy")


def clean(file: File, mime: str, bare: bool = False) -> bytes:
    """See ``write``; the copy in memory."""
    out = io.BytesIO()
    write(file, mime, out, bare)
    return out.getvalue()


def write(file: File, mime: str, out: BinaryIO, bare: bool = False) -> None:
    """The same file without its traces; a PDF is written as it is read, and never held.

    :param bare: of a PDF, without bookmarks, links and structure too
    :raises Unreadable: when it can't be read whole: then it can't be published either
    """
    family = family_of(mime)
    try:
        if family == "pdf":
            pdf_cleaning.write(file, out, bare)
        elif family == "office":
            out.write(office_cleaning.clean(held(file)))
        elif family == "picture":
            out.write(picture_cleaning.clean(held(file)))
        elif family == "text":
            out.write(held(file))
        else:
            raise Unreadable("unknown")
    except (RecursionError, MemoryError):
        raise Unreadable("too-large") from None


def public_copy(
    file: File, mime: str, register: Register, exempt: Collection[str] = ()
) -> tuple[bytes, Analysis]:
    """The cleaned file and what is still read in it: see ``checked``."""
    return checked(
        mime,
        lambda bare: clean(file, mime, bare),
        lambda copy: analyse(copy, mime, register, exempt),
    )


def checked(
    mime: str, make: Callable[[bool], Copy], search: Callable[[Copy], Analysis]
) -> tuple[Copy, Analysis]:
    """A cleaned copy and what is still read in it, the same way as in the original; bare when that is better.

    :param make: cleans the file, bare or not
    :param search: of a copy
    :raises Unreadable: when it can't be cleaned, or what should be gone can still be read
    """
    copy = make(False)
    found = search(copy)
    if family_of(mime) == "pdf" and any(hit.kind in _ASIDE for hit in found.hits):
        copy = make(True)
        found = search(copy)
    if found.unreadable or any(hit.cleaned for hit in found.hits):
        raise Unreadable(found.unreadable or "unknown")
    return copy, found
