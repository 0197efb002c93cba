"""The ``@published`` services over HTTP: who may call them, what they answer, what they refuse."""

import hashlib
import json
import pytest
import transaction
from collective.deliberation.portal import files
from collective.deliberation.portal.services.published import base


PDF = b"%PDF-1.7 plan"
SHA = hashlib.sha256(PDF).hexdigest()
UID = "a" * 32
FILE = f"/@published/{UID}/annexes/{SHA}?institution=valbourg"
WITHDRAWAL = {"revision": 9, "reason": "Erreur", "date": "2026-12-02T09:00:00+01:00"}
RAW = {"Content-Type": "application/octet-stream"}


@pytest.fixture()
def sites(live_portal, add_institution):
    """The portal over HTTP with two institutions, ``valbourg`` and ``autre``."""
    for slug in ("valbourg", "autre"):
        add_institution(live_portal.site, slug)
    transaction.commit()
    return live_portal


@pytest.fixture()
def publisher(sites):
    """The portal as the account of ``valbourg``."""
    return sites.as_user("valbourg-publisher")


@pytest.fixture()
def stored(sites):
    """What the portal has stored, as a fresh reader sees it."""

    def read(path):
        transaction.begin()
        return sites.site.unrestrictedTraverse(path, None)

    return read


CALLS = [
    ("get", "/@published?institution=valbourg", {}),
    ("put", f"/@published/{UID}", {"json": {"institution": "valbourg"}}),
    ("put", FILE, {"data": PDF, "headers": RAW}),
    ("head", FILE, {}),
    ("delete", f"/@published/{UID}?institution=valbourg", {"json": WITHDRAWAL}),
]
IDS = ["list", "put", "put file", "head file", "delete"]


@pytest.mark.parametrize(("method", "path", "arguments"), CALLS, ids=IDS)
@pytest.mark.parametrize("accept", ["application/json", "*/*", "text/html,application/xml"])
def test_without_credentials_every_service_answers_401_in_json(
    sites, method, path, arguments, accept
):
    headers = {**arguments.get("headers", {}), "Accept": accept}
    answer = getattr(sites, method)(path, **{**arguments, "headers": headers})
    assert answer.status_code == 401
    assert answer.headers["Content-Type"].startswith("application/json")
    assert "Traceback" not in answer.text
    if method != "head":
        assert answer.json()["message"]


@pytest.mark.parametrize(("method", "path", "arguments"), CALLS, ids=IDS)
def test_an_account_of_another_institution_gets_403_and_changes_nothing(
    sites, stored, method, path, arguments
):
    answer = getattr(sites.as_user("autre-publisher"), method)(path, **arguments)
    assert answer.status_code == 403
    assert len(stored("valbourg").objectIds()) == 0
    if method != "head":
        assert answer.json()["type"] == "InstitutionForeign"


@pytest.mark.parametrize("slug", ["../autre", "autre/", "Autre", "autre%00", "acl_users", ""])
def test_no_slug_leads_out_of_the_own_folder(publisher, send, slug):
    document = {**send.meeting(), "institution": slug}
    for answer in (
        publisher.put(f"/@published/{send.MEETING}", json=document),
        publisher.get(f"/@published?institution={slug}"),
        publisher.put(FILE.replace("valbourg", slug), data=PDF, headers=RAW),
        publisher.delete(f"/@published/{UID}?institution={slug}", json=WITHDRAWAL),
    ):
        assert answer.status_code in (400, 403, 404)
        assert answer.json()["message"]


@pytest.mark.parametrize(
    "path",
    [
        "/@published",
        "/@published/",
        f"/@published/{UID}/x",
        f"/@published/{UID}/annexes",
        f"/@published/{UID}/annexes/{SHA}/x",
        f"/@published/{UID}/other/{SHA}",
        "/@published/..%2F..%2Fautre",
        "/@published/valbourg",
        f"/@published/{UID.upper()}",
    ],
)
def test_a_path_that_is_no_service_is_refused_by_every_method(publisher, send, path):
    for answer in (
        publisher.put(path, json=send.meeting()),
        publisher.delete(f"{path}?institution=valbourg", json=WITHDRAWAL),
    ):
        assert answer.status_code in (400, 401, 404)
        assert answer.json()["message"]


def test_what_one_institution_published_another_can_neither_read_nor_replace(
    sites, publisher, send, stored
):
    publisher.put(f"/@published/{send.MEETING}", json=send.meeting())
    other = sites.as_user("autre-publisher")
    theirs = send.meeting(revision=7, institution="autre", location="Ailleurs")
    assert other.put(f"/@published/{send.MEETING}", json=theirs).status_code == 201
    gone = other.delete(f"/@published/{send.MEETING}?institution=autre", json=WITHDRAWAL)
    assert gone.json()["result"] == "withdrawn"
    mine = stored("valbourg/2026-12-14-conseil")
    assert (mine.revision, mine.withdrawal) == (1, None)


def test_a_known_file_of_another_institution_is_not_known_here(sites, publisher):
    assert publisher.put(FILE, data=PDF, headers=RAW).status_code == 201
    other = sites.as_user("autre-publisher")
    assert other.head(FILE.replace("=valbourg", "=autre")).status_code == 404


def test_a_meeting_and_its_item_with_a_file_are_published(publisher, send, sites):
    answer = publisher.put(f"/@published/{send.MEETING}", json=send.meeting())
    assert answer.status_code == 201
    assert answer.json()["result"] == "created"
    assert answer.json()["url"] == f"{sites.base}/valbourg/2026-12-14-conseil"
    document = send.item(annexes=(send.annex(PDF),))
    first = publisher.put(f"/@published/{send.ITEM}", json=document)
    assert (first.status_code, first.json()["missing"], first.json()["retry"]) == (409, [SHA], True)
    assert publisher.head(FILE).status_code == 404
    assert publisher.put(FILE, data=PDF, headers=RAW).status_code == 201
    assert publisher.head(FILE).status_code == 204
    second = publisher.put(f"/@published/{send.ITEM}", json=document)
    assert second.status_code == 201
    assert second.json()["hash"] == base.wire.content_hash(document)
    again = publisher.put(f"/@published/{send.ITEM}", json=document)
    assert (again.status_code, again.json()["result"]) == (200, "unchanged")


def test_an_older_revision_is_answered_200_and_ignored(publisher, send):
    publisher.put(f"/@published/{send.MEETING}", json=send.meeting(revision=3))
    answer = publisher.put(f"/@published/{send.MEETING}", json=send.meeting(revision=2))
    assert (answer.status_code, answer.json()["result"]) == (200, "older")
    assert answer.json()["revision"] == 3


def test_an_item_without_its_meeting_is_told_to_come_again(publisher, send):
    answer = publisher.put(f"/@published/{send.ITEM}", json=send.item())
    assert (answer.status_code, answer.json()["retry"]) == (409, True)
    assert answer.json()["field"] == "record.meeting"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"", "document"),
        (b"[]", "document"),
        (b"{" * 5000, "document"),
        (b"\xff", "document"),
        (b'{"institution": "valbourg"}', "uid"),
        (b'{"institution": ["valbourg"]}', "institution"),
    ],
)
def test_a_malformed_document_is_400_with_the_field(publisher, body, field):
    answer = publisher.put(f"/@published/{UID}", data=body, headers=RAW)
    assert (answer.status_code, answer.json()["field"]) == (400, field)
    assert "Traceback" not in answer.text


def test_a_document_with_a_wrong_field_is_400_with_its_path(publisher, send):
    document = send.meeting()
    document["record"]["start"] = "2026-13-45"
    answer = publisher.put(f"/@published/{UID}", json=document)
    assert (answer.status_code, answer.json()["field"]) == (400, "record.start")


def test_a_document_over_the_limit_is_413(publisher, send, monkeypatch):
    monkeypatch.setattr(base, "MAX_DOCUMENT", 1000)
    document = send.meeting(attendance="x" * 1000)
    answer = publisher.put(f"/@published/{UID}", json=document)
    assert (answer.status_code, answer.json()["type"]) == (413, "TooLarge")


def test_an_institution_that_the_portal_does_not_have_is_404_with_a_message(publisher, send):
    document = send.meeting(institution="inconnue")
    answer = publisher.put(f"/@published/{UID}", json=document)
    assert (answer.status_code, answer.json()["type"]) == (404, "InstitutionUnknown")


def test_a_document_with_a_mark_is_422(publisher, send):
    document = send.meeting(attendance='<span data-pm-id="p1">Jean</span>')
    answer = publisher.put(f"/@published/{UID}", json=document)
    assert (answer.status_code, answer.json()["field"]) == (422, "record.attendance")


def test_the_uid_of_the_address_must_be_that_of_the_document(publisher, send):
    answer = publisher.put(f"/@published/{'e' * 32}", json=send.meeting())
    assert (answer.status_code, answer.json()["field"]) == (400, "uid")


def test_a_file_that_arrives_damaged_is_422_and_not_kept(publisher):
    assert publisher.put(FILE, data=PDF + b"x", headers=RAW).status_code == 422
    assert publisher.head(FILE).status_code == 404


def test_a_large_file_passes_whole(publisher, stored):
    content = b"0123456789abcdef" * 400_000  # 6.4 MB, more than any limit of Zope's forms
    sha256 = hashlib.sha256(content).hexdigest()
    path = f"/@published/{UID}/annexes/{sha256}?institution=valbourg"
    assert publisher.put(path, data=content, headers=RAW).status_code == 201
    file = files.stored(stored("valbourg"), sha256)
    assert file.size == len(content)
    with file.blob.open() as blob:
        assert hashlib.sha256(blob.read()).hexdigest() == sha256


def test_a_withdrawal_is_idempotent_and_stays(publisher, send, stored):
    publisher.put(f"/@published/{send.MEETING}", json=send.meeting())
    path = f"/@published/{send.MEETING}?institution=valbourg"
    first = publisher.delete(path, json=WITHDRAWAL)
    assert (first.status_code, first.json()["result"]) == (200, "withdrawn")
    assert publisher.delete(path, json=WITHDRAWAL).json()["result"] == "unchanged"
    late = publisher.put(f"/@published/{send.MEETING}", json=send.meeting(revision=2))
    assert late.json()["result"] == "older"
    assert stored("valbourg/2026-12-14-conseil").withdrawal["reason"] == "Erreur"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"revision": 0}, "revision"),
        ({"revision": "9"}, "revision"),
        ({"reason": None}, "reason"),
        ({"date": "hier"}, "date"),
        ({"extra": 1}, "document"),
    ],
)
def test_a_malformed_withdrawal_is_400_with_the_field(publisher, change, field):
    path = f"/@published/{UID}?institution=valbourg"
    answer = publisher.delete(path, json={**WITHDRAWAL, **change})
    assert (answer.status_code, answer.json()["field"]) == (400, field)


def test_the_list_is_complete_in_batches_and_shows_what_is_withdrawn(publisher, send):
    uids = [f"{number:032x}" for number in range(1, 6)]
    for uid in uids:
        publisher.put(f"/@published/{uid}", json=send.meeting(uid=uid))
    publisher.delete(f"/@published/{uids[1]}?institution=valbourg", json=WITHDRAWAL)
    seen = []
    for start in (0, 2, 4, 6):
        path = f"/@published?institution=valbourg&b_start={start}&b_size=2"
        answer = publisher.get(path).json()
        assert answer["total"] == 5
        seen += answer["items"]
    assert [entry["uid"] for entry in seen] == uids
    assert [entry["withdrawn"] for entry in seen] == [False, True, False, False, False]
    assert seen[0]["hash"] == base.wire.content_hash(send.meeting(uid=uids[0]))
    assert set(seen[0]) == {"uid", "kind", "revision", "hash", "url", "withdrawn"}


@pytest.mark.parametrize("query", ["b_start=-1", "b_start=x", "b_size=0", "b_size=1001", "b_size="])
def test_a_batch_out_of_bounds_is_400_with_the_name(publisher, query):
    answer = publisher.get(f"/@published?institution=valbourg&{query}")
    assert (answer.status_code, answer.json()["field"]) == (400, query.split("=")[0])


def test_refusals_are_in_the_callers_language(publisher, send):
    answer = publisher.put(
        f"/@published/{send.ITEM}",
        data=json.dumps(send.item()),
        headers={"Content-Type": "application/json", "Accept-Language": "fr"},
    )
    assert "séance" in answer.json()["message"]


def test_a_technical_account_can_write_through_no_other_service(publisher, send):
    publisher.put(f"/@published/{send.MEETING}", json=send.meeting())
    address = "/valbourg/2026-12-14-conseil"
    assert publisher.patch(address, json={"title": "x"}).status_code in (401, 403)
    assert publisher.delete(address).status_code in (401, 403)
    assert publisher.post("/valbourg", json={"@type": "Document", "title": "x"}).status_code in (
        401,
        403,
    )
