"""Whether a call of a service is let in: not too often, not too large, signed, and never seen before.

The account and its password were checked by Zope; a stolen password alone gets no further than here.
"""

import hashlib
import logging
import math
import time
from AccessControl import getSecurityManager
from collective.deliberation import _
from collective.deliberation.portal.admission.limits import limits
from collective.deliberation.portal.admission.nonces import nonces_of
from collective.deliberation.portal.admission.rates import Rates
from collective.deliberation.portal.refusal import Refusal
from collective.deliberation.publishing.signatures import message
from collective.deliberation.publishing.signatures.checking import BadSignature
from collective.deliberation.publishing.signatures.checking import check
from collective.deliberation.publishing.signatures.checking import Signed
from collective.deliberation.publishing.signatures.checking import SKEW
from collective.deliberation.publishing.signatures.keys import Key
from collective.deliberation.publishing.signatures.keys import KeyProblem
from collective.deliberation.publishing.signatures.keys import keys_of
from collective.deliberation.publishing.signatures.keys import unsigned_accepted
from collective.deliberation.publishing.signatures.message import Message
from urllib.parse import urlsplit


logger = logging.getLogger(__name__)

CHUNK = 1 << 18
RATES = Rates()
CLOCK = time.time


def admit(site, request, is_file: bool) -> Signed | None:
    """Let a call in; return its signature, ``None`` when it has none.

    :param site: the portal
    :param is_file: it sends the bytes of a file
    :raises Refusal: when it isn't let in
    """
    now = CLOCK()
    limit = limits()
    account = getSecurityManager().getUser().getId()
    wait = RATES.wait(account, limit.requests, now)
    if wait:
        raise _too_often(wait)
    size = _size(request)
    if size > (limit.file if is_file else limit.document):
        raise _too_large(limit.file if is_file else limit.document)
    asked = _asked(request)
    if "signature" not in asked.headers and "signature-input" not in asked.headers:
        return None
    try:
        signed = check(asked, _keys, now, size)
    except BadSignature as error:
        raise _refused(error.why) from None
    if size and not _is_body(request, asked.headers.get("content-digest", "")):
        raise _refused("digest")
    institution = site.get(signed.institution)
    if getattr(institution, "portal_type", None) == "Institution":
        if not nonces_of(institution).is_new(signed.nonce, signed.expires, now):
            raise _refused("replayed")
    return signed


def require(signed: Signed | None, slug: str) -> None:
    """A call that is about an institution must be signed with a key of this very institution.

    :raises Refusal: when it isn't
    """
    if signed is not None:
        if signed.institution != slug:
            raise _refused("foreign")
    elif _keys(slug) or not unsigned_accepted():
        raise _refused("missing")


def _keys(slug: str) -> tuple[Key, ...]:
    try:
        return keys_of(slug)
    except KeyProblem as error:
        logger.error("Requests can't be checked: %s.", error)
        raise _refused("keys") from None


def _size(request) -> int:
    text = request.environ.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0


def _asked(request) -> Message:
    environ = request.environ
    headers = {
        name[5:].lower().replace("_", "-"): value
        for name, value in environ.items()
        if name.startswith("HTTP_") and isinstance(value, str)
    }
    if environ.get("CONTENT_TYPE"):
        headers["content-type"] = environ["CONTENT_TYPE"]
    path = urlsplit(request["ACTUAL_URL"]).path  # as the public knows it, behind any proxy
    return Message(environ["REQUEST_METHOD"], path, environ.get("QUERY_STRING", ""), headers)


def _is_body(request, header: str) -> bool:
    """Whether the body is the one that was signed; it is read in chunks, and can be read again."""
    wanted = message.sha256_of(header)
    stream = request.get("BODYFILE")
    if wanted is None or stream is None:
        return False
    digest = hashlib.sha256()
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
    stream.seek(0)
    return digest.digest() == wanted


def _too_often(wait: float) -> Refusal:
    text = _("publishing_too_often", default="Too many requests of this account. Try again later.")
    return Refusal(429, "TooManyRequests", text, retry=True, wait=max(1, math.ceil(wait)))


def _too_large(most: int) -> Refusal:
    text = _(
        "publishing_too_large_for",
        default="Over this portal's limit of ${most} bytes.",
        mapping={"most": most},
    )
    return Refusal(413, "TooLarge", text, field="body")


_MISSING = _(
    "publishing_signature_missing",
    default="The request isn't signed with a key of this institution. Set the same key on desk and portal.",
)
_WRONG = _(
    "publishing_signature_wrong",
    default="The signature doesn't fit this request. Are the keys of desk and portal the same?",
)
_REFUSALS = {
    "missing": (401, "SignatureMissing", _MISSING, 0),
    "malformed": (401, "SignatureWrong", _WRONG, 0),
    "incomplete": (401, "SignatureWrong", _WRONG, 0),
    "wrong": (401, "SignatureWrong", _WRONG, 0),
    "unknown-key": (
        401,
        "KeyUnknown",
        _(
            "publishing_key_unknown",
            default="The portal doesn't know the key that signed this request. Set it there first.",
        ),
        0,
    ),
    "expired": (
        401,
        "SignatureExpired",
        _(
            "publishing_signature_expired",
            default="The request is too old, or the clocks of desk and portal differ by more than a minute.",
        ),
        SKEW,
    ),
    "replayed": (
        401,
        "SignatureReplayed",
        _("publishing_signature_replayed", default="This very request was here before."),
        1,
    ),
    "digest": (
        401,
        "DigestDiffers",
        _(
            "publishing_digest_differs",
            default="The body that arrived isn't the one that was signed (Content-Digest).",
        ),
        1,
    ),
    "foreign": (
        403,
        "InstitutionForeign",
        _(
            "publishing_key_foreign",
            default="The request is signed with the key of another institution.",
        ),
        0,
    ),
    "keys": (
        503,
        "KeysUnusable",
        _("publishing_keys_unusable", default="The portal's keys can't be read: see its log."),
        SKEW,
    ),
}


def _refused(why: str) -> Refusal:
    """Those that can succeed when sent anew say when; the rest waits for a person."""
    status, type, text, wait = _REFUSALS[why]
    field = "institution" if why == "foreign" else ""
    return Refusal(status, type, text, field=field, retry=bool(wait), wait=wait)
