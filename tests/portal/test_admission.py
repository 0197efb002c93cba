"""A password alone opens nothing: calls are signed, counted, measured, taken once, and on their own port."""

import hashlib
import json
import pytest
import requests
import transaction
from collective.deliberation.portal import files
from collective.deliberation.portal import store
from collective.deliberation.portal.admission import admit
from collective.deliberation.portal.admission.limits import Limits
from collective.deliberation.portal.admission.limits import limits
from collective.deliberation.portal.admission.nonces import Nonces
from collective.deliberation.portal.admission.rates import Rates
from collective.deliberation.publishing.signatures.keys import keys_of
from collective.deliberation.publishing.signatures.signing import PortalAuth
from collective.deliberation.testing import PASSWORD
from Products.SiteAccess.VirtualHostMonster import manage_addVirtualHostMonster
from urllib.parse import urlsplit


PDF = b"%PDF-1.7 plan"
SHA = hashlib.sha256(PDF).hexdigest()
MEETING = "a" * 32
NEW = "f" * 32
KEYS = "DELIBERATION_SIGNING_KEYS"
SECRET = "another-secret-of-tests-that-protects-nothing"
DATE = "2026-12-02T09:00:00+01:00"
WITHDRAWAL = {"revision": 9, "reason": "Erreur", "date": DATE}
RAW = {"Content-Type": "application/octet-stream"}
NAMES = ["list", "put", "put file", "head file", "delete"]


@pytest.fixture()
def portal(live_portal, add_institution, send):
    """Two institutions; ``valbourg`` has one meeting on line."""
    for slug in ("valbourg", "autre"):
        add_institution(live_portal.site, slug)
    transaction.commit()
    made = live_portal.as_user("valbourg-publisher").put(
        f"/@published/{MEETING}", json=send.meeting()
    )
    assert made.status_code == 201
    live_portal.send = send
    return live_portal


def auth_of(account, key_of):
    return PortalAuth(key_of, (f"{account}-publisher", PASSWORD), keys_of)


def call(portal, name, auth, institution="valbourg"):
    """A call of a service, ready to be sent."""
    file = f"/@published/{NEW}/annexes/{SHA}?institution={institution}"
    document = portal.send.meeting(uid=NEW, institution=institution)
    method, path, arguments = {
        "list": ("GET", f"/@published?institution={institution}", {}),
        "put": ("PUT", f"/@published/{NEW}", {"json": document}),
        "put file": ("PUT", file, {"data": PDF, "headers": dict(RAW)}),
        "head file": ("HEAD", file, {}),
        "delete": (
            "DELETE",
            f"/@published/{MEETING}?institution={institution}",
            {"json": WITHDRAWAL},
        ),
    }[name]
    return requests.Request(method, portal.base + path, auth=auth, **arguments).prepare()


def sent(request):
    with requests.Session() as session:
        return session.send(request, timeout=60)


def reason(answer):
    return answer.json()["type"] if answer.request.method != "HEAD" else ""


def state(portal):
    """All that calls could change: what is known, and which files."""
    transaction.begin()
    return {
        slug: (
            [tuple(entry) for entry in store.entries(portal.site[slug], 0, 100)[1]],
            files.known(portal.site[slug], SHA),
        )
        for slug in ("valbourg", "autre")
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_stolen_password_alone_reads_and_writes_nothing(portal, name):
    before = state(portal)
    answer = sent(call(portal, name, ("valbourg-publisher", PASSWORD)))
    assert (answer.status_code, reason(answer)) in [(401, "SignatureMissing"), (401, "")]
    assert MEETING not in answer.text
    assert state(portal) == before


@pytest.mark.parametrize("name", NAMES)
def test_the_same_request_is_taken_once(portal, name):
    request = call(portal, name, auth_of("valbourg", "valbourg"))
    first = sent(request)
    assert first.status_code in (200, 201, 404)
    after = state(portal)
    again = sent(request)
    assert (again.status_code, reason(again)) in [(401, "SignatureReplayed"), (401, "")]
    assert again.headers["Retry-After"]
    assert MEETING not in again.text
    assert state(portal) == after


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("account", "key"), [("autre", "autre"), ("autre", "valbourg"), ("valbourg", "autre")]
)
def test_account_and_key_must_both_be_the_institutions(portal, name, account, key):
    before = state(portal)
    answer = sent(call(portal, name, auth_of(account, key)))
    assert (answer.status_code, reason(answer)) in [(403, "InstitutionForeign"), (403, "")]
    assert MEETING not in answer.text
    assert state(portal) == before


@pytest.mark.parametrize("name", NAMES)
def test_a_captured_request_cant_be_turned_to_another_institution_object_or_method(portal, name):
    before = state(portal)
    account = requests.auth.HTTPBasicAuth("autre-publisher", PASSWORD)
    for old, new in (("valbourg", "autre"), (NEW, "e" * 32), (MEETING, "e" * 32)):
        request = call(portal, name, auth_of("valbourg", "valbourg"))
        if old in request.url:
            request.url = request.url.replace(old, new)
        elif request.body and old.encode() in request.body:
            request.body = request.body.replace(old.encode(), new.encode())
            request.prepare_content_length(request.body)
        else:
            continue
        for stolen in (request, account(request)):
            answer = sent(stolen)
            assert (answer.status_code, reason(answer)) in [
                (401, "SignatureWrong"),
                (401, "DigestDiffers"),
                (401, ""),
            ]
    for method in ("PUT", "DELETE", "GET"):
        request = call(portal, name, auth_of("valbourg", "valbourg"))
        if request.method != method:
            request.method = method
            assert sent(request).status_code == 401
    assert state(portal) == before


def test_another_body_under_the_same_digest_is_refused(portal):
    before = state(portal)
    for name, old, new in (("put", b"Maison", b"Chalet"), ("put file", b"plan", b"PLAN")):
        request = call(portal, name, auth_of("valbourg", "valbourg"))
        request.body = request.body.replace(old, new)
        answer = sent(request)
        assert (answer.status_code, answer.json()["type"]) == (401, "DigestDiffers")
    assert state(portal) == before


def test_two_keys_hold_while_they_are_exchanged_and_the_old_one_no_longer(portal, monkeypatch):
    old, both = f"old:{SECRET}", f"new:{SECRET[::-1]} old:{SECRET}"
    desk = lambda keys: PortalAuth(  # noqa: E731
        "valbourg",
        ("valbourg-publisher", PASSWORD),
        lambda slug: keys_of(slug, {KEYS: keys}),
    )
    status = lambda keys: sent(call(portal, "list", desk(keys))).status_code  # noqa: E731
    for portal_keys, desk_keys, expected in (
        (old, old, 200),
        (both, old, 200),  # the portal knows both before a desk uses the new one
        (both, both, 200),
        (f"new:{SECRET[::-1]}", both, 200),
        (f"new:{SECRET[::-1]}", old, 401),
    ):
        monkeypatch.setenv("DELIBERATION_SIGNING_KEYS_VALBOURG", portal_keys)
        assert status(desk_keys) == expected
    answer = sent(call(portal, "list", desk(old)))
    assert (answer.json()["type"], answer.json()["retry"]) == ("KeyUnknown", False)


def test_an_institution_without_a_key_is_served_only_where_the_portal_says_so(portal, monkeypatch):
    monkeypatch.delenv(KEYS)
    plain = ("valbourg-publisher", PASSWORD)
    assert sent(call(portal, "list", plain)).json()["type"] == "SignatureMissing"
    monkeypatch.setenv("DELIBERATION_UNSIGNED", "accept")
    assert sent(call(portal, "list", plain)).status_code == 200
    monkeypatch.setenv("DELIBERATION_SIGNING_KEYS_VALBOURG", f"k:{SECRET}")
    assert sent(call(portal, "list", plain)).json()["type"] == "SignatureMissing"


def test_keys_that_cant_be_read_are_the_portals_trouble_and_retried(portal, monkeypatch):
    request = call(portal, "list", auth_of("valbourg", "valbourg"))
    monkeypatch.setenv(KEYS, "k:short")
    answer = sent(request)
    assert (answer.status_code, answer.json()["retry"]) == (503, True)
    assert "short" not in answer.text


def test_an_old_request_is_refused_and_may_be_sent_anew(portal):
    auth = PortalAuth("valbourg", ("valbourg-publisher", PASSWORD), keys_of, lambda: 1_700_000_000)
    answer = sent(call(portal, "list", auth))
    assert (answer.status_code, answer.json()["type"]) == (401, "SignatureExpired")
    assert (answer.json()["retry"], answer.headers["Retry-After"]) == (True, "60")


def test_a_signature_holds_behind_a_proxy_that_maps_the_public_address(portal):
    manage_addVirtualHostMonster(portal.site.getPhysicalRoot())
    transaction.commit()
    at = urlsplit(portal.base)
    for inside, outside in (
        ("VirtualHostBase/https/www.example.be:443/portal/VirtualHostRoot", ""),
        (
            "VirtualHostBase/https/www.example.be:443/portal/VirtualHostRoot/_vh_délib",
            "/d%C3%A9lib",
        ),
    ):
        path = "/@published?institution=valbourg"
        auth = auth_of("valbourg", "valbourg")
        asked = requests.Request("GET", f"https://www.example.be{outside}{path}", auth=auth)
        request = asked.prepare()
        request.url = requests.Request("GET", f"http://{at.netloc}/{inside}{path}").prepare().url
        answer = sent(request)
        assert answer.status_code == 200
        assert answer.json()["items"][0]["url"].startswith(f"https://www.example.be{outside}/valb")


def test_too_many_requests_of_an_account_are_429_with_a_time_and_others_are_served(
    portal, monkeypatch
):
    monkeypatch.setattr(admit, "RATES", Rates())
    monkeypatch.setenv("DELIBERATION_LIMIT_REQUESTS", "2")
    answers = [sent(call(portal, "list", auth_of("valbourg", "valbourg"))) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert (answers[2].json()["type"], answers[2].json()["retry"]) == ("TooManyRequests", True)
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 30
    other = call(portal, "list", auth_of("autre", "autre"), "autre")
    assert sent(other).status_code == 200


@pytest.mark.parametrize(("name", "kind"), [("put", "document"), ("put file", "file")])
def test_what_is_too_large_is_413_before_it_is_read(portal, monkeypatch, name, kind):
    monkeypatch.setenv(f"DELIBERATION_LIMIT_{kind.upper()}", "12")
    before = state(portal)
    answer = sent(call(portal, name, auth_of("valbourg", "valbourg")))
    assert (answer.status_code, answer.json()["type"]) == (413, "TooLarge")
    assert "12" in answer.json()["message"]
    assert state(portal) == before


@pytest.mark.parametrize("name", NAMES)
def test_on_the_public_port_there_are_no_services(portal, monkeypatch, name):
    own = urlsplit(portal.base).port
    monkeypatch.setenv("DELIBERATION_WRITE_PORTS", f"{own + 1}, {own + 2}")
    before = state(portal)
    spoofed = {
        "Host": f"localhost:{own + 1}",
        "X-Forwarded-Port": str(own + 1),
        "Server-Port": str(own + 1),
    }
    for auth in (auth_of("valbourg", "valbourg"), ("admin", PASSWORD), None):
        request = call(portal, name, auth)
        request.headers.update(spoofed)
        assert sent(request).status_code == 404
    assert state(portal) == before
    assert requests.get(f"{portal.base}/valbourg", timeout=60).status_code == 200
    monkeypatch.setenv("DELIBERATION_WRITE_PORTS", str(own))
    assert sent(call(portal, name, auth_of("valbourg", "valbourg"))).status_code in (200, 201, 404)


def test_limits_come_from_the_environment_and_nonsense_leaves_the_default(caplog):
    assert limits({"DELIBERATION_LIMIT_FILE": " 1000 "}).file == 1000
    for nonsense in ("0", "-1", "x", "1e9", "²", "9" * 30):
        assert limits({"DELIBERATION_LIMIT_DOCUMENT": nonsense}) == Limits()
    assert "DELIBERATION_LIMIT_DOCUMENT" in caplog.text


def test_calls_fill_up_again_with_time():
    rates = Rates()
    assert [rates.wait("a", 60, 0.0) for _ in range(60)] == [0.0] * 60
    assert rates.wait("a", 60, 0.0) == 1.0
    assert rates.wait("b", 60, 0.0) == 0.0
    assert rates.wait("a", 60, 1.0) == 0.0
    assert rates.wait("a", 60, 1.0) == 1.0


def test_nonces_are_forgotten_once_their_request_would_be_too_old():
    nonces = Nonces()
    assert nonces.is_new("n", 1_000, 700)
    assert not nonces.is_new("n", 1_000, 1_060)
    for number in range(5_000):
        assert nonces.is_new(f"m{number}", 2_000, 1_900)
    assert sum(map(len, nonces.shelves)) == 5_000 + len(nonces.shelves)


def test_a_refusal_names_no_secret_and_no_account(portal):
    texts = [
        json.dumps(sent(call(portal, "list", auth)).json())
        for auth in (("valbourg-publisher", PASSWORD), auth_of("valbourg", "autre"))
    ]
    assert not [text for text in texts if "publisher" in text or "a-secret-of-tests" in text]
