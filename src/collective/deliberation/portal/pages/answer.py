"""HTTP around a page: headers that protect the reader, validators, and when 304 is enough. Pure."""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from datetime import timezone
from email.utils import format_datetime
from email.utils import parsedate_to_datetime


# A cache may keep a page, and asks each time whether it still holds; see ``portal.caching`` for more.
SHARED = "public, max-age=0, must-revalidate"
PRIVATE = "private, no-cache"
NOT_KEPT = "no-store"

PROTECTION = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class Validators:
    """What tells one state of a page from another."""

    etag: str  # with its quotes
    modified: datetime  # whole seconds, UTC

    @property
    def last_modified(self) -> str:
        return format_datetime(self.modified, usegmt=True)


def validators(body: bytes, modified: float) -> Validators:
    """The validators of an answer; ``modified`` is the POSIX time since which it can't have changed."""
    digest = hashlib.sha256(body).hexdigest()[:32]
    return Validators(f'"{digest}"', datetime.fromtimestamp(int(modified), timezone.utc))


def unchanged(current: Validators, header: Callable[[str], str | None]) -> bool:
    """Whether a conditional request holds the current state (RFC 9110, 13.2.2)."""
    match = header("If-None-Match")
    if match is not None:
        tags = {tag.strip().removeprefix("W/") for tag in match.split(",")}
        return "*" in tags or current.etag in tags
    since = header("If-Modified-Since")
    if since:
        try:
            return current.modified <= parsedate_to_datetime(since)
        except (TypeError, ValueError):  # no date, or one without a zone
            return False
    return False


def content_security_policy(style: str = "") -> str:
    """Only our own stylesheet, images and forms; ``style`` is the one inline style allowed, by its hash."""
    styles = "'self'"
    if style:
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        styles += f" 'sha256-{digest}'"
    return (
        f"default-src 'none'; style-src {styles}; img-src 'self' data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
