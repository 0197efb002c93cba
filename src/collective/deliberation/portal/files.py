"""Files of annexes: each kept once per institution, under the SHA-256 of its bytes.

A file comes before the document that names it. One that no document names is removed: at once when the
last document that showed it is replaced or withdrawn, after a day when no document ever came for it.
"""

import hashlib
from collections.abc import Iterable
from collective.deliberation import _
from collective.deliberation.portal.admission.limits import limits
from collective.deliberation.portal.received import peek
from collective.deliberation.portal.received import Received
from collective.deliberation.portal.received import received
from collective.deliberation.portal.received import StoredFile
from collective.deliberation.portal.refusal import Refusal
from typing import BinaryIO
from ZODB.blob import Blob


CHUNK = 1 << 18
MAX_SIZE = limits().file  # bytes
PATIENCE = 24 * 3600  # seconds that a file may wait for its document
SWEEP = 3600  # seconds from one look for old files to the next


def known(institution, sha256: str) -> bool:
    return sha256 in peek(institution).files


def stored(institution, sha256: str) -> StoredFile | None:
    return peek(institution).files.get(sha256)


def store(institution, sha256: str, body: BinaryIO, now: float) -> bool:
    """Keep the bytes of ``body``, read in chunks; ``False`` when they were there already.

    :raises Refusal: when the bytes are none, too many, or not those of the hash.
    """
    if known(institution, sha256):
        return False
    blob = Blob()
    digest = hashlib.sha256()
    size = 0
    with blob.open("w") as target:
        while chunk := body.read(CHUNK):
            size += len(chunk)
            if size > MAX_SIZE:
                raise too_large()
            digest.update(chunk)
            target.write(chunk)
    if not size:
        raise Refusal(
            400, "EmptyFile", _("publishing_empty_file", default="The file is empty."), field="body"
        )
    if digest.hexdigest() != sha256:
        message = _(
            "publishing_hash_differs",
            default="The file that arrived isn't the one announced: its SHA-256 differs.",
        )
        raise Refusal(422, "HashDiffers", message, field="sha256")
    index = received(institution)
    index.files[sha256] = StoredFile(blob, size)
    index.unused[sha256] = now
    return True


def words(institution, sha256: str) -> str:
    """The text of a file; empty when there is none, or none was read yet."""
    file = stored(institution, sha256)
    return file.words.text if file is not None and file.words is not None else ""


def missing(institution, wanted: Iterable[str]) -> tuple[str, ...]:
    """Those of the SHA-256 that are not here, each once, in a fixed order."""
    files = peek(institution).files
    return tuple(sorted({sha256 for sha256 in wanted if sha256 not in files}))


def use(index: Received, uid: str, before: set[str], after: set[str], now: float) -> None:
    """Note that the object ``uid`` showed the files ``before`` and now shows those ``after``."""
    for sha256 in before - after:
        file = index.files.get(sha256)
        if file is not None:
            file.users -= {uid}
            if not file.users:
                _remove(index, sha256)
    for sha256 in after - before:
        file = index.files[sha256]
        file.users |= {uid}
        index.unused.pop(sha256, None)
    sweep(index, now)


def sweep(index: Received, now: float) -> None:
    """Remove what no document came for within a day. Looks at most once an hour.

    Safe beside deliveries: a document that takes one of these files changes the file's record, so that one of
    the two transactions is refused by ZODB and done again; a deliverer whose file went is told to send it.
    """
    if now < index.next_sweep:
        return
    old = [sha256 for sha256, since in index.unused.items() if since < now - PATIENCE]
    for sha256 in old:
        index.files[sha256]._p_changed = True
        _remove(index, sha256)
    uploads = index.uploads or {}
    cut = [sha256 for sha256, upload in uploads.items() if upload.since < now - PATIENCE]
    for sha256 in cut:
        del uploads[sha256]
    if len(index.unused) > 1 or uploads:
        index.next_sweep = now + SWEEP


def _remove(index: Received, sha256: str) -> None:
    index.files.pop(sha256, None)
    index.unused.pop(sha256, None)


def too_large() -> Refusal:
    message = _(
        "publishing_file_too_large",
        default="The file is larger than the 500 MB that the portal takes.",
    )
    return Refusal(413, "TooLarge", message, field="body")
