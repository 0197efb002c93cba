"""A request as its signature sees it, and the bytes that are signed (RFC 9421, section 2). Pure."""

import base64
import hashlib
import hmac
import http_sf
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from urllib.parse import unquote


ALGORITHM = "hmac-sha256"
TAG = (
    "collective-deliberation"  # what the signature is for: one of another application is none here
)
LABEL = "desk"
ALWAYS = ("@method", "@path", "@query")
WHEN_PRESENT = ("content-digest", "content-type", "content-range")
_SAFE = "/@:!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True)
class Message:
    method: str
    path: str  # of the public address
    query: str  # as it was sent, without the question mark
    headers: Mapping[str, str]  # by their names in lower case

    def component(self, name: str) -> str:
        """The value of a component.

        :raises KeyError: when the request hasn't got it
        """
        if name == "@method":
            return self.method.upper()
        if name == "@path":
            return quote(unquote(self.path), safe=_SAFE) or "/"
        if name == "@query":
            return f"?{self.query}"
        if name.startswith("@"):
            raise KeyError(name)
        return " ".join(self.headers[name].split())

    def covered(self) -> tuple[str, ...]:
        """The components that a signature must cover: all that says what is to be done."""
        return (*ALWAYS, *(name for name in WHEN_PRESENT if name in self.headers))


def base(message: Message, names: tuple[str, ...], parameters: Mapping[str, Any]) -> bytes:
    """What is signed (section 2.5).

    :raises KeyError: when the request hasn't got a component
    """
    lines = [f"{http_sf.ser(name)}: {message.component(name)}" for name in names]
    lines.append(f'"@signature-params": {inner_list(names, parameters)}')
    return "\n".join(lines).encode()


def inner_list(names: tuple[str, ...], parameters: Mapping[str, Any]) -> str:
    return http_sf.ser([([(name, {}) for name in names], dict(parameters))])


def signed(secret: bytes, base: bytes) -> bytes:
    return hmac.new(secret, base, hashlib.sha256).digest()


def content_digest(sha256: bytes) -> str:
    """The header ``Content-Digest`` (RFC 9530) of content with this SHA-256."""
    return f"sha-256=:{base64.b64encode(sha256).decode()}:"


def sha256_of(header: str) -> bytes | None:
    """The SHA-256 that a ``Content-Digest`` names, ``None`` when it names none."""
    try:
        found = http_sf.parse(header.encode(), tltype="dictionary")
    except (ValueError, http_sf.StructuredFieldError):
        return None
    value = found.get("sha-256")
    digest = value[0] if isinstance(value, tuple) else value
    return digest if isinstance(digest, bytes) and len(digest) == 32 else None
