"""Check the signature of a request on the portal (RFC 9421, section 3.2). Pure: who remembers nonces is the caller."""

import hmac
import http_sf
import re
from collections.abc import Callable
from collective.deliberation.publishing.signatures import message
from collective.deliberation.publishing.signatures.keys import Key
from collective.deliberation.publishing.signatures.message import Message
from collective.deliberation.publishing.signatures.signing import lifetime
from dataclasses import dataclass
from typing import Any
from typing import Literal


SKEW = 60  # seconds that two clocks may differ
_NONCE = re.compile(r"[A-Za-z0-9_=+/-]{16,64}")
_INSTITUTION = re.compile(r"[a-z0-9-]{1,64}")
Why = Literal["missing", "malformed", "incomplete", "unknown-key", "wrong", "expired"]


class BadSignature(ValueError):
    """Why a request isn't signed as it must be."""

    def __init__(self, why: Why):
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that holds."""

    institution: str  # whose key it was: its slug
    key: str  # name of the key
    nonce: str
    expires: int  # seconds since 1970


def check(
    asked: Message, keys_of: Callable[[str], tuple[Key, ...]], now: float, size: int = 0
) -> Signed:
    """The signature of a request, when one of an institution's keys made it, and it is neither old nor partial.

    :param size: of the body, in bytes: a large one may have been under way for longer
    :raises BadSignature: in all other cases
    """
    if "signature-input" not in asked.headers or "signature" not in asked.headers:
        raise BadSignature("missing")
    names, parameters, signature = _parsed(asked)
    institution, _slash, key_name = parameters["keyid"].partition("/")
    if not set(asked.covered()) <= set(names):
        raise BadSignature("incomplete")
    if not _INSTITUTION.fullmatch(institution):
        raise BadSignature("unknown-key")
    key = next((key for key in keys_of(institution) if key.name == key_name), None)
    if key is None:
        raise BadSignature("unknown-key")
    try:
        wanted = message.signed(key.secret, message.base(asked, names, parameters))
    except KeyError:
        raise BadSignature("incomplete") from None
    if not hmac.compare_digest(wanted, signature):
        raise BadSignature("wrong")
    created, expires = parameters["created"], parameters["expires"]
    if created > now + SKEW or now > expires + SKEW or expires - created > lifetime(size):
        raise BadSignature("expired")
    return Signed(institution, key_name, parameters["nonce"], expires)


def _parsed(asked: Message) -> tuple[tuple[str, ...], dict[str, Any], bytes]:
    """Components, parameters and bytes of the one signature that is for us."""
    inputs = _dictionary(asked.headers["signature-input"])
    signatures = _dictionary(asked.headers["signature"])
    ours = [
        (label, value)
        for label, value in inputs.items()
        if isinstance(value, tuple) and value[1].get("tag") == message.TAG
    ]
    if len(ours) != 1:
        raise BadSignature("missing" if not ours else "malformed")
    label, (items, parameters) = ours[0]
    value = signatures.get(label)
    signature = value[0] if isinstance(value, tuple) else value
    if not isinstance(items, list) or not isinstance(signature, bytes):
        raise BadSignature("malformed")
    return _names(items), _parameters(parameters), signature


def _dictionary(header: str) -> dict[str, Any]:
    def twice(key: str, context: str) -> None:
        raise BadSignature("malformed")

    try:
        return http_sf.parse(
            header.encode("latin-1", "replace"), tltype="dictionary", on_duplicate_key=twice
        )
    except (ValueError, http_sf.StructuredFieldError):
        raise BadSignature("malformed") from None


def _names(items: list[Any]) -> tuple[str, ...]:
    """Names of components; parameters of one ("req", "key" …) say something else than the whole."""
    names = []
    for item in items:
        name, parameters = item if isinstance(item, tuple) else (item, {})
        if type(name) is not str or parameters or name in names:
            raise BadSignature("malformed")
        names.append(name)
    return tuple(names)


def _parameters(parameters: dict[str, Any]) -> dict[str, Any]:
    """Those of the signature, in their order; each of ours must be there."""
    shapes = {"created": int, "expires": int, "nonce": str, "keyid": str, "tag": str}
    if not all(type(parameters.get(name)) is shape for name, shape in shapes.items()):
        raise BadSignature("malformed")
    if parameters.get("alg", message.ALGORITHM) != message.ALGORITHM:
        raise BadSignature("malformed")
    if not _NONCE.fullmatch(parameters["nonce"]):
        raise BadSignature("malformed")
    return parameters
