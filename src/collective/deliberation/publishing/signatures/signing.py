"""Sign the requests of a desk: an ``auth`` of ``requests`` that adds a signature to user and password."""

import hashlib
import http_sf
import time
from collections.abc import Callable
from collections.abc import Sequence
from collective.deliberation.publishing.signatures import message
from collective.deliberation.publishing.signatures.keys import Key
from collective.deliberation.publishing.signatures.message import Message
from requests import PreparedRequest
from requests.auth import AuthBase
from requests.auth import HTTPBasicAuth
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlsplit


LIFETIME = 300  # seconds that a request may be under way
SLOWEST = 16_384  # bytes a second: a large body may be under way for longer
CHUNK = 1 << 18


def lifetime(size: int) -> int:
    """Seconds that a signature of a request with so many bytes may hold."""
    return LIFETIME + size // SLOWEST


def sign(
    asked: Message, institution: str, key: Key, now: float, size: int = 0, nonce: str = ""
) -> dict[str, str]:
    """The headers that sign a request.

    :param institution: slug on the portal
    :param now: seconds since 1970
    :param size: of the body, in bytes
    """
    names = asked.covered()
    parameters = {
        "created": int(now),
        "expires": int(now) + lifetime(size),
        "nonce": nonce or token_urlsafe(18),
        "keyid": f"{institution}/{key.name}",
        "alg": message.ALGORITHM,
        "tag": message.TAG,
    }
    signature = message.signed(key.secret, message.base(asked, names, parameters))
    listed = message.inner_list(names, parameters)
    return {
        "Signature-Input": f"{message.LABEL}={listed}",
        "Signature": http_sf.ser({message.LABEL: signature}),
    }


class PortalAuth(AuthBase):
    """User and password, and with a key a signature over what is asked and its body."""

    def __init__(
        self,
        institution: str,
        account: tuple[str, str],
        keys_of: Callable[[str], Sequence[Key]],
        clock: Callable[[], float] = time.time,
    ):
        self.institution = institution
        self.basic = HTTPBasicAuth(*account)
        self.keys_of = keys_of  # asked for each request: keys change without a restart
        self.clock = clock

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        self.basic(request)
        key = next(iter(self.keys_of(self.institution)), None)
        if key is None:
            return request
        digest, size = _digest(request.body)
        if digest is not None:
            request.headers["Content-Digest"] = message.content_digest(digest)
        address = urlsplit(request.url)
        headers = {name.lower(): value for name, value in request.headers.items()}
        asked = Message(request.method, address.path, address.query, headers)
        request.headers.update(sign(asked, self.institution, key, self.clock(), size))
        return request


def _digest(body: Any) -> tuple[bytes | None, int]:
    """The SHA-256 and the size of a body; a stream is read once, and then stands where it stood."""
    if body is None:
        return None, 0
    if isinstance(body, (str, bytes)):
        data = body.encode() if isinstance(body, str) else body
        return hashlib.sha256(data).digest(), len(data)
    begin, left = body.stream.tell(), body.len
    digest = hashlib.sha256()
    while left and (chunk := body.stream.read(min(CHUNK, left))):
        digest.update(chunk)
        left -= len(chunk)
    body.stream.seek(begin)
    return digest.digest(), body.len
