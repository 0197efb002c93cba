"""Signed words in addresses of messages and in forms: who holds one got it from us. Pure."""

import base64
import hashlib
import hmac


LENGTH = 22  # characters of a signature: 128 bits


def sign(key: bytes, purpose: str, value: str) -> str:
    """``value`` and its signature for one purpose: a token to stop an alert confirms none."""
    return f"{value}.{_signature(key, purpose, value)}"


def read(key: bytes, purpose: str, token: str) -> str | None:
    """The value of a token, ``None`` unless we signed it for this purpose."""
    value, _dot, signature = token.rpartition(".")
    known = _signature(key, purpose, value)
    if value and hmac.compare_digest(known.encode(), signature.encode("utf-8", "replace")):
        return value
    return None


def pseudonym(key: bytes, kind: str, value: str) -> str:
    """What counts for an address or a network without being one."""
    return _signature(key, f"pseudonym {kind}", value)


def _signature(key: bytes, purpose: str, value: str) -> str:
    message = f"{purpose}\0{value}".encode("utf-8", "replace")
    digest = hmac.new(key, message, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode()[:LENGTH]
