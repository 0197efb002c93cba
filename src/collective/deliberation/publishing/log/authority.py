"""Ask a time-stamping authority for a time-stamp, over HTTP (RFC 3161, section 3.4)."""

import requests
from collections.abc import Mapping
from collective.deliberation.publishing.log.timestamps import Authority
from collective.deliberation.publishing.log.timestamps import NoTimestamp
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from rfc3161_client import HashAlgorithm
from rfc3161_client import TimestampRequestBuilder


URL = "DELIBERATION_TIMESTAMP_URL"
CA = "DELIBERATION_TIMESTAMP_CA"
MINUTES = "DELIBERATION_TIMESTAMP_MINUTES"
USUAL_MINUTES = 60
MOST_MINUTES = 60 * 24 * 31
TIMEOUT = (5, 30)  # seconds to connect, and between two packets
LARGEST = 1 << 18  # bytes of a reply


@dataclass(frozen=True, slots=True)
class Settings:
    """Of one process. ``url`` can hold an account and its password."""

    url: str = field(repr=False)
    ca: str  # a file
    minutes: int = USUAL_MINUTES


def configured(environment: Mapping[str, str]) -> Settings | None:
    """What the environment says; ``None`` when nothing is to be stamped."""
    url = environment.get(URL, "").strip()
    if not url:
        return None
    text = environment.get(MINUTES, "").strip()
    minutes = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
    valid = 0 < minutes <= MOST_MINUTES
    return Settings(url, environment.get(CA, "").strip(), minutes if valid else USUAL_MINUTES)


def ask(settings: Settings, canonical: bytes, hash: str) -> tuple[bytes, datetime]:
    """A reply for an entry, and its moment.

    :param canonical: the entry, of which ``hash`` is the SHA-256
    :raises NoTimestamp: whatever the reason
    """
    trusted = Authority.of_file(settings.ca)
    builder = TimestampRequestBuilder().data(canonical).hash_algorithm(HashAlgorithm.SHA256)
    request = builder.build()
    reply = _posted(settings.url, request.as_bytes())
    return reply, trusted.check(reply, hash, request.nonce)


def _posted(url: str, request: bytes) -> bytes:
    headers = {"Content-Type": "application/timestamp-query"}
    try:
        with requests.post(
            url, data=request, headers=headers, timeout=TIMEOUT, allow_redirects=False, stream=True
        ) as answer:
            if answer.status_code != 200:
                raise NoTimestamp(f"the authority answers {answer.status_code}")
            reply = answer.raw.read(LARGEST + 1, decode_content=True)
    except NoTimestamp:
        raise
    except (
        Exception
    ) as error:  # what requests and urllib3 raise names the address, with its password
        raise NoTimestamp(f"the authority can't be reached ({type(error).__name__})") from None
    if len(reply) > LARGEST:
        raise NoTimestamp("the authority's answer is too large for a time-stamp")
    return reply
