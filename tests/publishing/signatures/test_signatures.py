"""Requests are signed so that other programs understand it, and nothing of them can be changed."""

import hashlib
import io
import pytest
import requests
from collective.deliberation.publishing.client import Body
from collective.deliberation.publishing.signatures import message
from collective.deliberation.publishing.signatures.checking import BadSignature
from collective.deliberation.publishing.signatures.checking import check
from collective.deliberation.publishing.signatures.keys import Key
from collective.deliberation.publishing.signatures.keys import KeyProblem
from collective.deliberation.publishing.signatures.keys import keys_of
from collective.deliberation.publishing.signatures.message import Message
from collective.deliberation.publishing.signatures.signing import PortalAuth
from collective.deliberation.publishing.signatures.signing import sign
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from http_message_signatures import algorithms
from http_message_signatures import HTTPMessageSigner
from http_message_signatures import HTTPMessageVerifier
from http_message_signatures import HTTPSignatureKeyResolver
from urllib.parse import urlsplit


SECRET = "0123456789abcdef0123456789abcdef"
KEY = Key("k1", SECRET.encode())
NOW = 1_800_000_000
ADDRESS = "https://www.example.be/d%C3%A9lib/@published/abc?institution=valbourg&x=%20a"


class Resolver(HTTPSignatureKeyResolver):
    def resolve_public_key(self, key_id):
        assert key_id == "valbourg/k1"
        return KEY.secret

    resolve_private_key = resolve_public_key


def prepared(method="PUT", address=ADDRESS, body=b'{"a": 1}', auth=None, **headers):
    if body is not None:
        headers = {"Content-Type": "application/json", **headers}
    return requests.Request(method, address, headers=headers, data=body, auth=auth).prepare()


def as_received(request):
    """What the portal sees of a request."""
    address = urlsplit(request.url)
    headers = {name.lower(): value for name, value in request.headers.items()}
    return Message(request.method, address.path, address.query, headers)


def ours(**arguments):
    return PortalAuth("valbourg", ("publisher", "p"), lambda slug: [KEY], lambda: NOW, **arguments)


def checked(request, now=NOW, size=8, keys=(KEY,)):
    return check(as_received(request), lambda slug: keys if slug == "valbourg" else (), now, size)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_another_program_verifies_our_signature(method):
    body = b'{"a": 1}' if method in ("PUT", "DELETE") else None
    request = prepared(
        method, auth=PortalAuth("valbourg", ("u", "p"), lambda slug: [KEY]), body=body
    )
    verifier = HTTPMessageVerifier(
        signature_algorithm=algorithms.HMAC_SHA256, key_resolver=Resolver()
    )
    needed = ("@method", "@path", "@query", *(("content-digest",) if body else ()))
    (found,) = verifier.verify(
        request, expect_tag="collective-deliberation", require_components=needed, body=body
    )
    assert found.parameters["keyid"] == "valbourg/k1"


def test_we_verify_the_signature_of_another_program():
    request = prepared()
    signer = HTTPMessageSigner(signature_algorithm=algorithms.HMAC_SHA256, key_resolver=Resolver())
    created = datetime.fromtimestamp(NOW, timezone.utc)
    signer.sign(
        request,
        key_id="valbourg/k1",
        created=created,
        expires=created + timedelta(seconds=60),
        nonce="0123456789abcdef0123",
        tag="collective-deliberation",
        label="theirs",
        covered_component_ids=("@path", "content-type", "@method", "@query"),
        body=request.body,
    )
    found = checked(request)
    assert (found.institution, found.key, found.nonce) == (
        "valbourg",
        "k1",
        "0123456789abcdef0123",
    )


def test_basic_authentication_stays_beside_the_signature():
    assert prepared(auth=ours()).headers["Authorization"].startswith("Basic ")


def change(**fields):
    def edit(asked):
        values = {name: getattr(asked, name) for name in ("method", "path", "query", "headers")}
        headers = fields.pop("headers", {})
        return Message(**{**values, **fields, "headers": {**asked.headers, **headers}})

    return edit


def without(*names):
    return lambda asked: Message(
        asked.method,
        asked.path,
        asked.query,
        {name: value for name, value in asked.headers.items() if name not in names},
    )


def in_input(old, new):
    def edit(asked):
        assert old in asked.headers["signature-input"]
        value = asked.headers["signature-input"].replace(old, new)
        return change(headers={"signature-input": value})(asked)

    return edit


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (change(method="DELETE"), "wrong"),
        (change(path="/délib/@published/abd"), "wrong"),
        (change(query="institution=autre&x=%20a"), "wrong"),
        (change(query="institution=valbourg&x=%20a&institution=autre"), "wrong"),
        (change(headers={"content-digest": message.content_digest(b"x" * 32)}), "wrong"),
        (change(headers={"content-type": "text/plain"}), "wrong"),
        (change(headers={"content-range": "bytes 0-3/8"}), "incomplete"),
        (in_input("created=1800000000", "created=1800000001"), "wrong"),
        (in_input("expires=1800000300", "expires=1800000301"), "wrong"),
        (in_input("valbourg/k1", "valbourg/k2"), "unknown-key"),
        (in_input("valbourg/k1", "autre/k1"), "unknown-key"),
        (in_input("valbourg/k1", "../k1"), "unknown-key"),
        (in_input('nonce="', 'nonce="a'), "wrong"),
        (in_input(' "@query"', ""), "incomplete"),
        (in_input(' "content-digest"', ""), "incomplete"),
        (in_input('"@method" ', '"@method" "@method" '), "malformed"),
        (in_input('"@method"', '"@method";req'), "malformed"),
        (in_input('"@query"', '"@query" "@status"'), "incomplete"),
        (in_input('"@query"', '"@query" "x-none"'), "incomplete"),
        (in_input(";created=1800000000", ""), "malformed"),
        (in_input(";expires=1800000300", ""), "malformed"),
        (in_input("expires=1800000300", 'expires="x"'), "malformed"),
        (in_input('alg="hmac-sha256"', 'alg="none"'), "malformed"),
        (in_input('tag="collective-deliberation"', 'tag="other"'), "missing"),
        (in_input("desk=(", "other=("), "malformed"),
        (in_input("desk=(", "desk=1, desk=("), "malformed"),
        (change(headers={"signature-input": "desk=("}), "malformed"),
        (change(headers={"signature-input": "\u20ac"}), "malformed"),
        (change(headers={"signature": "desk=:AAAA:"}), "wrong"),
        (change(headers={"signature": "desk=1"}), "malformed"),
        (change(headers={"signature": "x"}), "malformed"),
        (without("signature"), "missing"),
        (without("signature-input"), "missing"),
    ],
)
def test_nothing_of_a_signed_request_can_be_changed(edit, why):
    asked = as_received(prepared(auth=ours()))
    check(asked, lambda slug: (KEY,), NOW, 8)
    with pytest.raises(BadSignature) as refused:
        check(edit(asked), lambda slug: (KEY,) if slug == "valbourg" else (), NOW, 8)
    assert refused.value.why == why


@pytest.mark.parametrize(
    ("now", "holds"),
    [(NOW, True), (NOW - 60, True), (NOW - 61, False), (NOW + 360, True), (NOW + 361, False)],
)
def test_a_request_holds_for_five_minutes_and_clocks_may_differ_by_one(now, holds):
    request = prepared(auth=ours())
    if holds:
        assert checked(request, now).institution == "valbourg"
    else:
        with pytest.raises(BadSignature, match="expired"):
            checked(request, now)


def test_only_a_large_body_may_be_under_way_for_longer():
    asked = Message("PUT", "/@published/x", "", {})
    headers = sign(asked, "valbourg", KEY, NOW, size=500_000_000)
    signed = Message(
        "PUT", "/@published/x", "", {name.lower(): value for name, value in headers.items()}
    )
    late = NOW + 20_000
    assert check(signed, lambda slug: (KEY,), late, 500_000_000).key == "k1"
    with pytest.raises(BadSignature, match="expired"):
        check(signed, lambda slug: (KEY,), late, 1000)


def test_each_request_has_a_nonce_of_its_own():
    assert checked(prepared(auth=ours())).nonce != checked(prepared(auth=ours())).nonce


def test_a_part_of_a_file_is_signed_with_its_own_digest_and_then_sent_whole():
    stream = io.BytesIO(b"0123456789")
    stream.seek(2)
    request = prepared(body=Body(stream, 5), auth=ours(), **{"Content-Range": "bytes 2-6/10"})
    wanted = hashlib.sha256(b"23456").digest()
    assert message.sha256_of(request.headers["Content-Digest"]) == wanted
    assert '"content-range"' in request.headers["Signature-Input"]
    assert stream.tell() == 2
    assert checked(request, size=5).institution == "valbourg"


@pytest.mark.parametrize(
    "header", ["", "sha-256=x", "sha-512=:AAAA:", "sha-256=:AAAA:", "sha-256=(1 2)", "sha-256="]
)
def test_a_digest_of_another_kind_is_none(header):
    assert message.sha256_of(header) is None


def test_keys_are_the_institutions_own_else_those_of_all():
    environment = {
        "DELIBERATION_SIGNING_KEYS": f"all:{SECRET}",
        "DELIBERATION_SIGNING_KEYS_SAINT_MARC": f"new:{SECRET} old:{SECRET[::-1]}",
    }
    assert [key.name for key in keys_of("valbourg", environment)] == ["all"]
    assert [key.name for key in keys_of("saint-marc", environment)] == ["new", "old"]
    assert keys_of("valbourg", {}) == ()


def test_keys_in_a_file_change_without_a_restart(tmp_path):
    path = tmp_path / "keys"
    environment = {"DELIBERATION_SIGNING_KEYS_FILE": str(path)}
    path.write_text(f"# of 2026\nvalbourg k1:{SECRET}\n\n* all:{SECRET}\n")
    assert [key.name for key in keys_of("valbourg", environment)] == ["k1"]
    assert [key.name for key in keys_of("autre", environment)] == ["all"]
    path.write_text(f"valbourg k2:{SECRET} k1:{SECRET}\n")
    assert [key.name for key in keys_of("valbourg", environment)] == ["k2", "k1"]
    assert keys_of("autre", environment) == ()
    # The name of the file isn't the keys of an institution called "file".
    assert keys_of("file", environment) == ()


@pytest.mark.parametrize(
    "text", ["short:abc", f":{SECRET}", SECRET, f"a b:{SECRET}", f"k:{SECRET} k:{SECRET}"]
)
def test_keys_that_are_none_are_refused_without_repeating_them(text):
    with pytest.raises(KeyProblem, match="DELIBERATION_SIGNING_KEYS") as problem:
        keys_of("valbourg", {"DELIBERATION_SIGNING_KEYS": text})
    assert SECRET not in str(problem.value)
    with pytest.raises(KeyProblem, match="can't be read"):
        keys_of("valbourg", {"DELIBERATION_SIGNING_KEYS_FILE": "/nowhere/keys"})
    assert SECRET not in repr(KEY)
