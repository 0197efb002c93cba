"""Put the certificates in a time-stamping authority's reply into the order of DER, that of their bytes. Pure.

Authorities that use OpenSSL send them as they come, the library refuses that. No signature covers the order of
certificates, and no length changes with it.
"""

from dataclasses import dataclass


CERTIFICATES = 0xA0  # the tag of SignedData's certificates (RFC 5652, section 5.1)


@dataclass(frozen=True, slots=True)
class Part:
    """A tag, a length and a content: ``data[begin:end]``, the content from ``inner``."""

    tag: int
    begin: int
    inner: int
    end: int


def sorted_certificates(reply: bytes) -> bytes:
    """The same reply with sorted certificates.

    :raises ValueError: when it isn't made as a ``TimeStampResp`` with a token
    """
    whole = _parts(reply, 0, len(reply))[0]
    _status, token = _parts(reply, whole.inner, whole.end)[:2]
    _type, content = _parts(reply, token.inner, token.end)[:2]
    (signed,) = _parts(reply, content.inner, content.end)
    for part in _parts(reply, signed.inner, signed.end):
        if part.tag == CERTIFICATES:
            found = _parts(reply, part.inner, part.end)
            ordered = b"".join(sorted(reply[each.begin : each.end] for each in found))
            return reply[: part.inner] + ordered + reply[part.end :]
    return reply


def _parts(data: bytes, begin: int, end: int) -> list[Part]:
    found = []
    while begin < end:
        found.append(_part(data, begin, end))
        begin = found[-1].end
    if not found:
        raise ValueError("empty")
    return found


def _part(data: bytes, begin: int, end: int) -> Part:
    inner = begin + 2
    if inner > end:
        raise ValueError("cut off")
    size = data[begin + 1]
    if size & 0x80:
        octets = size & 0x7F
        size = int.from_bytes(data[inner : inner + octets], "big")
        inner += octets
    if inner > end or inner + size > end:
        raise ValueError("cut off")
    return Part(data[begin], begin, inner, inner + size)
