"""A ZIP archive written to a temporary file, which goes when it was sent. Pure.

It never stands in memory. It isn't made while it is sent, either: a reader with a slow line would keep a thread of
the server for as long as that takes. Files are put in as they are (most are compressed already), texts are compressed.
"""

import hashlib
import shutil
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO


CHUNK = 1 << 18
_TIME = (1980, 1, 1, 0, 0, 0)  # the same content is the same archive


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive: a text, or the path of a file with the SHA-256 of its bytes."""

    name: str
    text: str = ""
    path: str = ""
    sha256: str = ""


def fingerprint(members: Iterable[Member]) -> str:
    """What tells one archive from another, without making it."""
    digest = hashlib.sha256()
    for member in members:
        digest.update(repr((member.name, member.text, member.sha256)).encode())
    return digest.hexdigest()[:32]


def written(members: Iterable[Member]) -> BinaryIO:
    """The archive, from its first byte, as a file without a name."""
    file = tempfile.TemporaryFile(prefix="deliberation-zip-")
    with zipfile.ZipFile(file, "w") as archive:
        for member in members:
            info = zipfile.ZipInfo(member.name, _TIME)
            info.external_attr = 0o644 << 16
            if member.path:
                with open(member.path, "rb") as source, archive.open(info, "w") as target:
                    shutil.copyfileobj(source, target, CHUNK)
            else:
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, member.text.encode())
    file.seek(0)
    return file
