"""An account of one institution reads, writes, lists and overwrites nothing of another one, whatever it tries.

Its requests are well signed with its own key: what stops them is what they ask for.
"""

import hashlib
import http.client
import json
import pytest
import requests
import transaction
from collective.deliberation.portal import files
from collective.deliberation.portal import store
from collective.deliberation.publishing.signatures.keys import keys_of
from collective.deliberation.publishing.signatures.signing import PortalAuth
from collective.deliberation.testing import PASSWORD
from urllib.parse import urlsplit


PDF = b"%PDF-1.7 plan secret de l'autre commune"
SHA = hashlib.sha256(PDF).hexdigest()
OWN, THEIRS, NEW = "a" * 32, "d" * 32, "f" * 32
WITHDRAWAL = {"revision": 9, "reason": "Erreur", "date": "2026-12-02T09:00:00+01:00"}
SERVICES = ["GET", "HEAD", "PUT", "DELETE"]


class Account:
    """``valbourg-publisher``, whose paths are sent as they are: no client tidies them up."""

    def __init__(self, portal):
        self.base = urlsplit(portal.base)
        self.auth = PortalAuth("valbourg", ("valbourg-publisher", PASSWORD), keys_of)

    def __call__(self, method, path, body=None, **headers):
        data = json.dumps(body) if isinstance(body, dict) else body
        if data is not None:
            headers = {"Content-Type": "application/json", **headers}
        plain = {"Accept": "application/json", "Accept-Encoding": "identity", **headers}
        request = requests.Request(method, self.base.geturl(), headers=plain, data=data).prepare()
        request.url = self.base.geturl() + path
        self.auth(request)
        connection = http.client.HTTPConnection(self.base.netloc, timeout=60)
        try:
            connection.request(method, self.base.path + path, request.body, dict(request.headers))
            answer = connection.getresponse()
            answer.text = answer.read().decode("utf-8", "replace")
            return answer
        finally:
            connection.close()


@pytest.fixture()
def portal(live_portal, add_institution, send):
    """``valbourg`` and ``autre``, each with a meeting on line; ``autre`` with a file as well."""
    for slug in ("valbourg", "autre"):
        add_institution(live_portal.site, slug)
    transaction.commit()
    for slug, uid in (("valbourg", OWN), ("autre", THEIRS)):
        publisher = live_portal.as_user(f"{slug}-publisher")
        document = send.meeting(uid=uid, institution=slug, location=f"Salle de {slug}")
        assert publisher.put(f"/@published/{uid}", json=document).status_code == 201
    raw = {"Content-Type": "application/octet-stream"}
    path = f"/@published/{THEIRS}/annexes/{SHA}?institution=autre"
    assert publisher.put(path, data=PDF, headers=raw).status_code == 201
    live_portal.send = send
    return live_portal


@pytest.fixture()
def account(portal):
    return Account(portal)


def state(portal, slugs=("autre",)):
    """All of an institution that could be changed."""
    transaction.begin()
    site = portal.site
    return {
        slug: (
            [tuple(entry) for entry in store.entries(site[slug], 0, 100)[1]],
            files.known(site[slug], SHA),
            sorted(site[slug].objectIds()),
            site[slug]["2026-12-14-conseil"].document,
            site[slug].get_local_roles(),
            site[slug].title,
        )
        for slug in slugs
    }


def tricks():
    """Values of ``institution=`` that another reader could take for the other commune."""
    yield from ("autre", "%61utre", "AUTRE", "Autre", "autre/", "autre%2F", "/autre", "./autre")
    yield from ("..%2Fautre", "valbourg/../autre", "valbourg%2F..%2Fautre", "%2e%2e%2fautre")
    yield from ("autre%00", "valbourg%00autre", "autre%20", "%EF%BD%81utre", "autr%C3%A9", "autre.")
    yield from ("valbourg,autre", "valbourg%0d%0aautre", "autre;valbourg", "autre%3Finstitution")
    yield from ("autre&institution=valbourg", "valbourg&institution=autre", "", "*", "acl_users")


def converters():
    """The publisher's own ways to say what a parameter is."""
    for kind in ("list", "tokens", "tuple", "lines", "record", "default", "required", "method"):
        yield f"institution:{kind}=autre"
    yield from ("institution.x:record=autre", "institution[]=autre", "INSTITUTION=autre")


@pytest.mark.parametrize("method", SERVICES)
def test_no_parameter_leads_to_another_institution(portal, account, method):
    before = state(portal)
    queries = [*(f"institution={value}" for value in tricks()), *converters()]
    for query in queries:
        for path, body in {
            "GET": [("/@published", None)],
            "HEAD": [(f"/@published/{THEIRS}/annexes/{SHA}", None)],
            "PUT": [(f"/@published/{THEIRS}/annexes/{SHA}", b"x")],
            "DELETE": [(f"/@published/{THEIRS}", WITHDRAWAL)],
        }[method]:
            answer = account(method, f"{path}?{query}", body)
            assert answer.status in (400, 401, 403, 404), (query, answer.status, answer.text)
            assert THEIRS not in answer.text and "Salle de autre" not in answer.text
    assert state(portal) == before


@pytest.mark.parametrize("method", SERVICES)
def test_no_path_leads_to_another_institution(portal, account, method):
    before = state(portal)
    for start in (
        "/autre/@published",
        "/@published/../autre/@published",
        "/valbourg/../autre/@published",
        "/valbourg/%2e%2e/autre/@published",
        "/valbourg/..%2fautre/@published",
        "//autre//@published",
        "/autre/2026-12-14-conseil/@published",
        "/++api++/autre/@published",
        "/@@published",
        "/@published/autre",
        "/@published/..%2f..%2fautre",
        "/@published/@published",
        "/VirtualHostBase/http/x:80/portal/autre/VirtualHostRoot/@published",
    ):
        for path in (start, f"{start}/{THEIRS}", f"{start}/{THEIRS}/annexes/{SHA}"):
            body = WITHDRAWAL if method == "DELETE" else b"x" if method == "PUT" else None
            for query in ("?institution=autre", ""):
                answer = account(method, path + query, body)
                assert answer.status in (400, 401, 403, 404, 405, 409), (path, answer.status)
                assert "Salle de autre" not in answer.text
    assert state(portal) == before


def test_a_document_is_its_own_bodys_institutions_whatever_the_query_says(portal, account):
    before = state(portal)
    theirs = portal.send.meeting(uid=THEIRS, institution="autre", revision=9, location="Ailleurs")
    for query in ("", "?institution=valbourg", "?institution=valbourg&institution=autre"):
        assert account("PUT", f"/@published/{THEIRS}{query}", theirs).status == 403
    text = json.dumps(theirs)
    for twice in (
        text.replace('"institution"', '"institution": "valbourg", "institution"'),
        text.replace('"uid"', '"institution": "valbourg", "uid"', 1),
    ):
        assert account("PUT", f"/@published/{THEIRS}", twice).status == 400
    for value in (["valbourg", "autre"], {"autre": 1}, None, "../autre", "AUTRE", "autre\u0000"):
        document = {**theirs, "institution": value}
        assert account("PUT", f"/@published/{THEIRS}", document).status in (400, 404)
    mine = portal.send.meeting(uid=NEW, start="2027-01-18T19:00:00+01:00")
    assert account("PUT", f"/@published/{NEW}?institution=autre", mine).status == 201
    assert state(portal) == before


def test_the_uid_of_another_institutions_object_is_only_a_number_here(portal, account):
    """It is neither found, nor overwritten, nor withdrawn, nor does anything of it show."""
    before = state(portal)
    same = portal.send.meeting(uid=THEIRS, revision=7, start="2027-01-18T19:00:00+01:00")
    answer = account("PUT", f"/@published/{THEIRS}", same)
    assert (answer.status, json.loads(answer.text)["result"]) == (201, "created")
    assert "/valbourg/2027-01-18-conseil" in json.loads(answer.text)["url"]
    answer = account("DELETE", f"/@published/{THEIRS}?institution=valbourg", WITHDRAWAL)
    assert answer.status == 200
    item = portal.send.item(meeting="e" * 32)
    assert account("PUT", f"/@published/{item['uid']}", item).status == 409
    assert state(portal) == before


def test_an_item_cant_be_put_into_another_institutions_meeting_nor_show_its_file(portal, account):
    before = state(portal)
    item = portal.send.item(meeting=THEIRS)
    answer = account("PUT", f"/@published/{item['uid']}", item)
    assert (answer.status, json.loads(answer.text)["type"]) == (409, "MeetingUnknown")
    item = portal.send.item(annexes=(portal.send.annex(PDF),), meeting=OWN)
    answer = account("PUT", f"/@published/{item['uid']}", item)
    assert (answer.status, json.loads(answer.text)["type"]) == (409, "FilesMissing")
    path = f"/@published/{THEIRS}/annexes/{SHA}?institution=valbourg"
    assert account("HEAD", path).status == 404
    assert state(portal) == before


WRITES = [
    ("PUT", "", b"x"),
    ("PUT", "/neu.txt", b"x"),
    ("DELETE", "", None),
    ("DELETE", "/2026-12-14-conseil", None),
    ("PATCH", "", {"title": "x", "color": "#ff0000"}),
    ("PATCH", "/2026-12-14-conseil", {"title": "x"}),
    ("POST", "", {"@type": "Document", "title": "x"}),
    ("POST", "", {"@type": "PublishedMeeting", "title": "x", "id": "x"}),
    ("POST", "/@copy", {"source": "/autre/2026-12-14-conseil"}),
    ("POST", "/@move", {"source": "/autre/2026-12-14-conseil"}),
    ("POST", "/@sharing", {"entries": [{"id": "x", "type": "user", "roles": {"Editor": True}}]}),
    ("POST", "/@lock", {}),
    ("POST", "/@workflow/publish", {}),
    ("POST", "/@tus-upload", {}),
    ("POST", "/@comments", {"text": "x"}),
    ("POST", "/manage_delObjects?ids:list=2026-12-14-conseil", b""),
    ("POST", "/manage_addFolder?id=x", b""),
    ("POST", "/manage_renameObject?id=2026-12-14-conseil&new_id=x", b""),
    ("POST", "/manage_setLocalRoles?userid=x&roles:list=Manager", b""),
    ("POST", "/delete_confirmation?form.submitted=1", b""),
    ("MKCOL", "/x", None),
    ("PROPFIND", "", None),
    ("PROPPATCH", "", b"<x/>"),
    ("COPY", "/2026-12-14-conseil", None),
    ("MOVE", "/2026-12-14-conseil", None),
    ("LOCK", "", b"<x/>"),
    ("UNLOCK", "", None),
]


@pytest.mark.parametrize("slug", ["valbourg", "autre"])
def test_no_other_way_of_writing_is_open_to_the_account_not_even_in_its_own_folder(
    portal, account, slug
):
    before = state(portal, ("valbourg", "autre"))
    for method, path, body in WRITES:
        to = f"{portal.base}/{slug}/x"
        depth = "1" if method == "PROPFIND" else "infinity"
        answer = account(method, f"/{slug}{path}", body, Destination=to, Depth=depth)
        assert answer.status in (302, 401, 403, 404, 405, 501), (method, path, answer.status)
        assert "Traceback" not in answer.text
    assert state(portal, ("valbourg", "autre")) == before


OF_THE_SITE = """
@users @users/admin @users/autre-publisher @users?query=a @groups @groups/Administrators @principals?search=a @roles
@registry @registry/plone.site_title @controlpanels @controlpanels/site @addons @database @system @upgrade @sharing
valbourg/@sharing autre/@sharing autre/@history autre/@workflow @types/Institution @content-rules @aliases
@linkintegrity?uids=x @userschema @email-send @rules @transactions @undo manage_main acl_users/manage_users
portal_setup/manage_main @@overview-controlpanel @@usergroup-userprefs @@user-information?userid=admin autre/@@sharing
autre/edit autre/@@edit @@mail-controlpanel error_log/manage_main portal_catalog/manage_catalogView folder_contents
autre/folder_contents Control_Panel/manage_main autre/manage_access autre/get_local_roles acl_users/getUserIds
autre/manage_workspace prefs_error_log_form @@historyview autre/@@historyview manage_export autre/manage_exportObject
"""


def test_the_account_sees_nothing_of_the_site_that_anybody_may_not(portal, account):
    opened = []
    for path in OF_THE_SITE.split():
        answer = account("GET", f"/{path}")
        anonymous = requests.get(
            f"{portal.base}/{path}",
            headers={"Accept": "application/json"},
            timeout=60,
            allow_redirects=False,
        )
        assert "Traceback" not in answer.text
        if answer.status < 300 and anonymous.status_code != answer.status:
            opened.append(path)
    assert opened == []


def test_the_account_changes_nothing_of_the_site(portal, account):
    before = state(portal, ("valbourg", "autre"))
    for method, path, body in (
        ("POST", "/@users", {"username": "x", "email": "x@example.org", "roles": ["Manager"]}),
        ("PATCH", "/@users/admin", {"password": "x-new-password"}),
        ("PATCH", "/@users/autre-publisher", {"roles": {"Manager": True}}),
        ("PATCH", "/@users/valbourg-publisher", {"roles": {"Manager": True}}),
        ("DELETE", "/@users/autre-publisher", None),
        ("POST", "/@groups", {"groupname": "x"}),
        ("PATCH", "/@registry", {"plone.site_title": "x"}),
        ("PATCH", "/@controlpanels/site", {"site_title": "x"}),
        ("POST", "/@addons/plone.session/install", {}),
        ("POST", "/", {"@type": "Institution", "title": "x", "slug": "x"}),
        ("POST", "/@types", {"title": "x"}),
        ("DELETE", "/autre", None),
        ("PUT", "/x.txt", b"x"),
        ("MKCOL", "/x", None),
    ):
        answer = account(method, path, body)
        assert answer.status in (400, 401, 403, 404, 405), (method, path, answer.status)
    transaction.begin()
    roles = portal.site.acl_users.getUserById("valbourg-publisher").getRoles()
    assert set(roles) == {"Authenticated"}
    assert state(portal, ("valbourg", "autre")) == before
