"""Time-stamps of RFC 3161: a third party's signed word that a hash existed at a moment. Pure.

What is stamped is an entry of a publication log: the message imprint of a time-stamp is the entry's hash, so that
``openssl ts -verify -digest {hash}`` checks it, too. A *reply* is the authority's whole answer (``TimeStampResp``, DER).
"""

from collective.deliberation.publishing.log.der import sorted_certificates
from cryptography import x509
from dataclasses import dataclass
from datetime import datetime
from datetime import timezone
from pathlib import Path
from rfc3161_client import decode_timestamp_response
from rfc3161_client import TimeStampResponse
from rfc3161_client import VerifierBuilder


SHA256 = x509.ObjectIdentifier("2.16.840.1.101.3.4.2.1")
GRANTED = 0


class NoTimestamp(ValueError):
    """There is no time-stamp, or none that holds. The message is for a person, and quotes no address."""


@dataclass(frozen=True, slots=True)
class Authority:
    """Whose word counts: the certificates of those who issue a time-stamping authority's."""

    certificates: tuple[x509.Certificate, ...]

    @classmethod
    def of_file(cls, name: str) -> "Authority":
        """That of the certificates in a file, in PEM.

        :raises NoTimestamp: when it has none
        """
        try:
            return cls(tuple(x509.load_pem_x509_certificates(Path(name).read_bytes())))
        except (OSError, ValueError):
            raise NoTimestamp("the authority's certificates can't be read") from None

    def check(self, reply: bytes, hash: str, nonce: int | None = None) -> datetime:
        """The moment at which a reply says that this SHA-256 existed.

        :param nonce: of the request, when it is known
        :raises NoTimestamp: when it isn't signed by this authority, or is of another hash
        """
        response, imprint, moment = _read(reply)
        if imprint != hash:
            raise NoTimestamp("the time-stamp is of another hash")
        verifier = VerifierBuilder(roots=list(self.certificates), nonce=nonce).build()
        try:
            verifier.verify(response, bytes.fromhex(hash))
        except Exception:  # what a strange certificate raises has many names
            message = "the time-stamp isn't signed by the authority that is trusted"
            raise NoTimestamp(message) from None
        return moment


def read(reply: bytes) -> tuple[str, datetime]:
    """The hash and the moment that a reply says, whoever signed it.

    :raises NoTimestamp: when it is none
    """
    _response, imprint, moment = _read(reply)
    return imprint, moment


def _read(reply: bytes) -> tuple[TimeStampResponse, str, datetime]:
    try:
        response = decode_timestamp_response(sorted_certificates(reply))
        if response.status != GRANTED:
            raise NoTimestamp("the authority refused")
        imprint, moment = response.tst_info.message_imprint, response.tst_info.gen_time
        if imprint.hash_algorithm != SHA256:
            raise NoTimestamp("the time-stamp is of another kind of hash")
        return response, imprint.message.hex(), moment.astimezone(timezone.utc)
    except NoTimestamp:
        raise
    except ValueError:
        raise NoTimestamp("that is no time-stamp") from None
