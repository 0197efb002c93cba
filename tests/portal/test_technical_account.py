"""The account of an institution, made as the documentation says, may publish there and do nothing else."""

import pytest
import transaction


ACCOUNT = "valbourg-publisher"  # whose requests are signed with the institution's key
NOT_FOR_IT = [
    "/@users",
    "/@users/admin",
    "/@groups",
    "/@controlpanels",
    "/@registry",
    "/@addons",
    "/@sharing",
    "/@database",
    "/@system",
    "/@workflow",
    "/valbourg/@sharing",
    "/autre/@sharing",
    "/autre/@history",
]


@pytest.fixture()
def portal(live_portal, add_institution, send):
    """Two institutions, each with an account without any role but the local one, and a meeting of the second."""
    site = live_portal.site
    for slug in ("valbourg", "autre"):
        add_institution(site, slug)
    assert site.acl_users.getUserById(ACCOUNT).getRoles() == ["Authenticated"]
    transaction.commit()
    other = live_portal.as_user("autre-publisher")
    document = send.meeting(uid="d" * 32, institution="autre")
    assert other.put(f"/@published/{'d' * 32}", json=document).status_code == 201
    return live_portal


def test_it_publishes_below_its_folder_only(portal, send):
    account = portal.as_user(ACCOUNT)
    assert account.put(f"/@published/{send.MEETING}", json=send.meeting()).status_code == 201
    assert account.get("/@published?institution=valbourg").json()["total"] == 1
    assert account.get("/@published?institution=autre").status_code == 403
    for path in ("/valbourg", "/autre"):
        assert account.post(path, json={"@type": "Folder", "title": "x"}).status_code in (401, 403)
        assert account.patch(path, json={"title": "x"}).status_code in (401, 403)
        assert account.delete(path).status_code in (401, 403)


@pytest.mark.parametrize("path", NOT_FOR_IT)
def test_what_administrators_read_it_does_not(portal, path):
    assert portal.as_user("admin").get(path).status_code == 200
    assert portal.as_user(ACCOUNT).get(path).status_code in (401, 403)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/valbourg",
        "/autre",
        "/autre/2026-12-14-conseil",
        "/@search",
        "/@search?fullobjects=1",
        "/@search?portal_type=Institution&metadata_fields=_all",
        "/autre/@items",
        "/@meetings",
    ],
)
def test_it_reads_no_more_than_anybody(portal, path):
    anybody, account = portal.get(path), portal.as_user(ACCOUNT).get(path)
    if anybody.status_code == 401:
        assert account.status_code in (401, 403)
    else:
        assert (account.status_code, account.json()) == (anybody.status_code, anybody.json())
