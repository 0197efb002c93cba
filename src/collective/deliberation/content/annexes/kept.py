"""Where the desk keeps what it knows of an annex's files: one annotation, and the keys of its entries."""

import hashlib
import json
from collections.abc import Iterator
from collective.deliberation.content.register import register_of
from collective.deliberation.content.review.decisions import exempted
from collective.deliberation.pseudonym.register import Register
from dataclasses import dataclass
from persistent.mapping import PersistentMapping
from plone.namedfile.file import NamedBlobFile
from zope.annotation.interfaces import IAnnotations


KEY = "collective.deliberation.annexes"
VERSION = 1  # of reading and cleaning files: a new one makes all that is kept stale
_CHUNK = 1 << 18
_DIGESTS: dict[tuple[bytes, bytes], str] = {}  # of committed blobs; bounded
_MOST = 10_000


def kept(annex) -> PersistentMapping:
    """The annotation, made when there is none: for requests that write."""
    annotations = IAnnotations(annex)
    if KEY not in annotations:
        annotations[KEY] = PersistentMapping()
    return annotations[KEY]


def peek(annex) -> PersistentMapping | dict:
    """The annotation to read."""
    return IAnnotations(annex).get(KEY, {})


@dataclass(frozen=True, slots=True)
class Scope:
    """What is looked for in the files of an annex, and the numbers that may be public in them."""

    register: Register
    exempt: frozenset[str]


def scope_of(content) -> Scope:
    """Of an annex: the register and the exempted numbers of what holds it."""
    holder = content.__parent__ if content.portal_type == "Annex" else content
    return Scope(register_of(holder), exempted(holder))


def key_of(file: NamedBlobFile, scope: Scope) -> tuple[int, str, str]:
    """What an analysis holds for: the reading, the file, the register with the numbers exempted."""
    sought = json.dumps([scope.register.to_json(), sorted(scope.exempt)], sort_keys=True)
    return VERSION, digest_of(file), hashlib.sha256(sought.encode()).hexdigest()


def digest_of(file: NamedBlobFile) -> str:
    """SHA-256 of a file; computed once for each committed blob."""
    blob = file._blob
    committed = blob._p_jar is not None and not blob._p_changed and blob._p_serial != b"\0" * 8
    key = (blob._p_oid, blob._p_serial)
    if committed and key in _DIGESTS:
        return _DIGESTS[key]
    digest = hashlib.sha256()
    for chunk in chunks(file):
        digest.update(chunk)
    if committed:
        if len(_DIGESTS) >= _MOST:
            _DIGESTS.clear()
        _DIGESTS[key] = digest.hexdigest()
    return digest.hexdigest()


def chunks(file: NamedBlobFile) -> Iterator[bytes]:
    with file.open() as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def media_type(file: NamedBlobFile) -> str:
    return (file.contentType or "").partition(";")[0].strip().lower()
