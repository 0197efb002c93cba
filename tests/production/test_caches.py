"""The configurations of ``production/`` with the real programs: kept, purged, and nothing that writes."""

import gzip
import published_samples as samples
import pytest
import requests
from collective.deliberation.testing import PASSWORD
from dataclasses import replace


ITEM = samples.address(samples.PAST, samples.PAST_ITEMS[1])
ELSEWHERE = samples.address(samples.NEXT, samples.NEXT_ITEMS[1])
ANNEX = f"{samples.address(samples.PAST)}/annexes/{samples.PAST.record.annexes[0].uid[:8]}.pdf"


def revised(publication, **changes):
    record = replace(publication.record, **changes)
    return replace(publication, revision=publication.revision + 1, record=record)


def test_the_second_visitor_is_answered_by_the_cache_and_a_third_with_304(door):
    first = door.get(ITEM)
    assert first.status_code == 200
    again = door.get(ITEM)
    assert again.headers["X-Cache"].lower() == "hit"
    assert again.content == first.content
    held = door.get(ITEM, headers={"If-None-Match": first.headers["ETag"]})
    assert (held.status_code, held.content) == (304, b"")


def test_links_lead_to_the_public_address_and_no_cache_beyond_may_keep_an_answer(door):
    answer = door.get(ITEM)
    assert "http://decisions.example" in answer.text
    assert "127.0.0.1" not in answer.text and "VirtualHost" not in answer.text
    assert "s-maxage" not in answer.headers["Cache-Control"]
    assert "must-revalidate" in answer.headers["Cache-Control"]
    private = ("Surrogate-Key", "X-Keys", "X-Powered-By", "Set-Cookie", "X-Varnish")
    assert not [name for name in private if name in answer.headers]


def test_pages_and_json_are_kept_apart_and_both_are_compressed(door):
    for accept in ("text/html,*/*;q=0.8", "application/json") * 2:
        answer = door.get(ITEM, headers={"Accept": accept, "Accept-Encoding": "gzip"}, stream=True)
        raw = answer.raw.read()
        assert answer.headers["Content-Encoding"] == "gzip", accept
        assert gzip.decompress(raw).lstrip()[:1] == (b"{" if "json" in accept else b"<")


def test_what_is_published_is_seen_within_five_seconds_and_the_rest_stays_kept(
    site, behind_varnish
):
    for path in (ITEM, ELSEWHERE):
        behind_varnish.get(path)
    site.publish(revised(samples.PAST_ITEMS[1], title="Une école flambant neuve"))
    behind_varnish.until(lambda: "flambant neuve" in behind_varnish.get(ITEM).text)
    behind_varnish.until(
        lambda: "flambant neuve" in behind_varnish.get(samples.address(samples.PAST)).text
    )
    assert behind_varnish.get(ELSEWHERE).headers["X-Cache"] == "hit"


@pytest.mark.parametrize("door", ["behind_varnish", "behind_nginx"], indirect=True)
def test_what_is_withdrawn_is_gone_everywhere_within_five_seconds(site, door):
    short = ITEM.rpartition("/")[2]
    lists = (
        samples.address(samples.PAST),
        "/@@nouveautes.atom",
        "/valbourg/@@nouveautes.atom",
        "/valbourg/sitemap.xml.gz",
        "/@@deliberations-search?q=ecole",
    )

    def text(path):
        content = door.get(path).content
        return (gzip.decompress(content) if path.endswith(".gz") else content).decode()

    assert all(short in text(path) for path in lists)
    assert door.get(ANNEX).status_code == 200
    site.withdraw(samples.PAST_ITEMS[1], "Erreur matérielle")
    door.until(
        lambda: door.get(ITEM).status_code == 410 and not any(short in text(path) for path in lists)
    )
    site.withdraw(samples.PAST, "Erreur matérielle")
    door.until(lambda: door.get(ANNEX).status_code == 410)


CLOSED = [
    "/@published?institution=valbourg",
    "/%40published?institution=valbourg",
    "/@%70ublished?institution=valbourg",
    "/%2540published",
    "/valbourg/../@published?institution=valbourg",
    "/valbourg/%2e%2e/@published?institution=valbourg",
    "//@published?institution=valbourg",
    "/++api++/@published?institution=valbourg",
    "/%2b%2bapi%2b%2b/@published?institution=valbourg",
    "/@login",
    "/login",
    "/manage",
    "/manage_main",
    "/acl_users",
    "/@@health",
    "/@@metrics",
    "/VirtualHostBase/http/x:80/desk/VirtualHostRoot/",
    "/_vh_x/valbourg",
]
METHODS = ["PUT", "PATCH", "DELETE", "PURGE", "PROPFIND", "MKCOL", "LOCK"]


def test_nothing_that_writes_or_administers_is_behind_the_public_door(door):
    asked = [("GET", path) for path in CLOSED] + [("POST", path) for path in CLOSED]
    asked += [(method, ITEM) for method in METHODS]
    passed = []
    with requests.Session() as session:
        for address in door.addresses:
            for method, path in asked:
                call = requests.Request(method, address, auth=("admin", PASSWORD)).prepare()
                call.url = address + path  # as it is: no tidying up by the client
                call.headers.update({"Accept": "application/json", "Surrogate-Key": "all"})
                answer = session.send(call, timeout=30, allow_redirects=False)
                if answer.status_code not in (400, 403, 404, 405):
                    passed.append((address, method, path, answer.status_code))
    assert passed == []


def test_nobody_is_logged_in_through_the_public_door(door):
    for address in door.addresses:
        answer = requests.get(
            address + ITEM, auth=("admin", PASSWORD), headers={"Cookie": "__ac=x"}, timeout=30
        )
        assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_only_its_own_address_lets_the_cache_be_purged(site, behind_varnish):
    behind_varnish.get(ITEM)
    purge = {"Surrogate-Key": "all"}
    for address in behind_varnish.addresses:
        assert requests.request("PURGE", address, headers=purge, timeout=30).status_code in (
            403,
            405,
        )
    assert behind_varnish.get(ITEM).headers["X-Cache"] == "hit"
    address = behind_varnish.cache.purge_url
    assert requests.get(address + ITEM, timeout=30).status_code == 404
    hostile = {"Surrogate-Key": "x || obj.status == 200"}
    assert requests.request("PURGE", address, headers=hostile, timeout=30).status_code == 400
    assert requests.request("PURGE", address, headers=purge, timeout=30).status_code == 200
    assert behind_varnish.get(ITEM).headers["X-Cache"] == "miss"
