"""What a deliverer says to a portal over HTTP, and what the answer means for the job.

An answer is ``Done``, ``Later`` (the same call can succeed as it is) or ``Refused`` (a human must act).
"""

import requests
from collections.abc import Callable
from collective.deliberation import _
from collective.deliberation.publishing.signatures.keys import keys_of
from collective.deliberation.publishing.signatures.signing import PortalAuth
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from typing import BinaryIO


TIMEOUT = (5, 120)  # seconds to connect, and between two packets
RETRY = (408, 409, 423, 425, 429)
BUSY = (408, 429)  # said of the portal, not of the one call
LONGEST_PAUSE = 3600.0  # seconds that a portal can ask for
CHUNK = 1 << 18
PART = 16 << 20  # bytes; a larger file is sent in parts of this size, and a cut costs one part


@dataclass(frozen=True, slots=True)
class Done:
    answer: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Later:
    """``portal``: it is the portal as a whole that is in trouble, or asks for ``wait`` seconds of rest."""

    reason: str
    portal: bool = False
    wait: float | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    reason: str


Result = Done | Later | Refused


class Body:
    """Bytes of known number from a file, read in chunks: ``requests`` then neither loads nor chunks them."""

    def __init__(self, stream: BinaryIO, size: int):
        self.stream, self.len, self.left = stream, size, size

    def read(self, size: int = -1) -> bytes:
        if not self.left:
            return b""
        data = self.stream.read(min(CHUNK if size < 0 else size, self.left))
        self.left -= len(data)
        return data

    def __iter__(self):
        while chunk := self.read():
            yield chunk

    def __len__(self) -> int:
        return self.len


class PortalClient:
    """One institution's account on one portal."""

    def __init__(self, base: str, institution: str, auth: tuple[str, str]):
        self.base = base.rstrip("/")
        self.institution = institution
        self.session = requests.Session()
        self.session.trust_env = False  # no .netrc, no proxy of a shell
        self.session.auth = PortalAuth(institution, auth, keys_of)
        self.session.headers["Accept"] = "application/json"
        self.session.headers["Accept-Language"] = "fr"

    def close(self) -> None:
        self.session.close()

    def publish(self, uid: str, document: dict[str, Any]) -> Result:
        return self._call("PUT", f"/@published/{uid}", json=document)

    def withdraw(self, uid: str, body: dict[str, Any]) -> Result:
        return self._call("DELETE", f"/@published/{uid}", json=body, params=self._whose())

    def entries(self, after: str, size: int, verify: bool = False) -> Result:
        """A batch of what the portal has, in the order of UIDs, from the one that follows ``after``."""
        more = {"after": after, "b_size": str(size), **({"verify": "1"} if verify else {})}
        return self._call("GET", "/@published", params={**self._whose(), **more})

    def send_file(self, uid: str, sha256: str, size: int, opener: Callable[[], BinaryIO]) -> Result:
        """Send a file unless the portal has it: from where a cut left off, when it is sent in parts."""
        path = f"/@published/{uid}/annexes/{sha256}"
        known = self._call("HEAD", path, params=self._whose())
        if not isinstance(known, Absent):
            return known
        with opener() as stream:
            if size <= PART:
                return self._send(path, Body(stream, size))
            return self._send_parts(path, size, known.offset, stream)

    def _send_parts(self, path: str, size: int, offset: int, stream: BinaryIO) -> Result:
        while True:
            offset = offset if offset < size else 0
            end = min(offset + PART, size)
            stream.seek(offset)
            content_range = {"Content-Range": f"bytes {offset}-{end - 1}/{size}"}
            result = self._send(path, Body(stream, end - offset), content_range)
            if not isinstance(result, Done) or result.answer.get("result") != "partial":
                return result
            offset = end

    def _send(self, path: str, body: Body, headers: dict[str, str] | None = None) -> Result:
        return self._call(
            "PUT",
            path,
            params=self._whose(),
            data=body,
            headers={"Content-Type": "application/octet-stream", **(headers or {})},
        )

    def _whose(self) -> dict[str, str]:
        return {"institution": self.institution}

    def _call(self, method: str, path: str, **arguments: Any) -> Result:
        url = f"{self.base}{path}"
        try:
            with closing(
                self.session.request(
                    method, url, timeout=TIMEOUT, allow_redirects=False, **arguments
                )
            ) as response:
                return self._read(method, response)
        except OSError as error:  # all of requests, and a file that can't be read for its digest
            return Later(
                _(
                    "publishing_unreachable",
                    default="The portal can't be reached (${error}).",
                    mapping={"error": type(error).__name__},
                ),
                portal=True,
            )

    def _read(self, method: str, response: requests.Response) -> Result:
        status = response.status_code
        try:
            answer = response.json() if method != "HEAD" else {}
        except ValueError:
            answer = None
        if status in (200, 201, 202, 204):
            if isinstance(answer, dict):
                return Done(answer)
            # A proxy's page, or another application: not the portal's word that it has it.
            return Later(_said(status, None), portal=True)
        if method == "HEAD" and status == 404:
            return Absent(_said(status, None), _whole(response.headers.get("Upload-Offset", "")))
        reason = _said(status, answer)
        if status in RETRY or status >= 500 or "Retry-After" in response.headers:
            busy = status in BUSY or status >= 500
            return Later(reason, busy, _pause(response.headers.get("Retry-After", "")))
        return Refused(reason)


@dataclass(frozen=True, slots=True)
class Absent(Refused):
    """The portal doesn't know this file, or the institution: sending it will tell which."""

    offset: int = 0  # bytes of it that are there already


def _pause(asked: str) -> float | None:
    """Seconds of rest from ``Retry-After``; its other form, a date, is left to the usual pause."""
    return min(float(asked), LONGEST_PAUSE) if _whole(asked) else None


def _whole(text: str) -> int:
    """A whole number, 0 when it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 13 else 0


def _said(status: int, answer: Any) -> str:
    message = answer.get("message") if isinstance(answer, dict) else None
    field = answer.get("field") if isinstance(answer, dict) else None
    if not isinstance(message, str) or not message or len(message) > 500:
        return _(
            "publishing_answered",
            default="The portal answered ${status}.",
            mapping={"status": status},
        )
    if isinstance(field, str) and len(field) < 100:
        message = f"{message} ({field})"
    return _(
        "publishing_answered_message",
        default="The portal answered ${status}: ${message}",
        mapping={"status": status, "message": message},
    )
