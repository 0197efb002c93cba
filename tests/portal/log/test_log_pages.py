"""What a portal notes of its publications, and what anybody can read, download and verify of it."""

import hashlib
import json
import pytest
import requests
import transaction
from collective.deliberation.portal.log.record import log_of
from collective.deliberation.publishing import wire
from collective.deliberation.publishing.log import command
from collective.deliberation.publishing.log.verifying import head
from collective.deliberation.publishing.log.verifying import verified


DATE = "2026-12-02T09:00:00+01:00"
PDF = b"%PDF-1.7 plan"
SHA = hashlib.sha256(PDF).hexdigest()


def put(publisher, document):
    return publisher.put(f"/@published/{document['uid']}", json=document)


def withdraw(publisher, uid, revision=9, reason="Erreur matérielle"):
    body = {"revision": revision, "reason": reason, "date": DATE}
    return publisher.delete(f"/@published/{uid}?institution=valbourg", json=body)


def get(site, path, **arguments):
    """As a citizen's browser."""
    return requests.get(f"{site.base}/valbourg/{path}", timeout=60, **arguments)


def lines(site):
    return list(verified(get(site, "journal-de-publication.jsonl").content.splitlines(True)))


def story(site):
    return [
        (line.entry.what.action, line.entry.what.stage, line.entry.what.revision)
        for line in lines(site)
    ]


def test_each_thing_put_on_line_replaced_or_withdrawn_is_an_entry_with_the_hash_of_its_content(
    site, publisher, send
):
    put(publisher, send.meeting())
    raw = {"Content-Type": "application/octet-stream"}
    path = f"/@published/{send.ITEM}/annexes/{SHA}?institution=valbourg"
    publisher.put(path, data=PDF, headers=raw)
    draft = send.item(annexes=(send.annex(PDF),))
    put(publisher, draft)
    put(publisher, send.item(revision=2, stage="decision"))
    withdraw(publisher, send.ITEM)
    assert story(site) == [
        ("publish", "meeting", 1),
        ("publish", "draft", 1),
        ("replace", "decision", 2),
        ("withdraw", "", 9),
    ]
    entry = lines(site)[1].entry
    assert entry.what.hash == wire.content_hash(draft)
    assert entry.what.annexes == (SHA,)
    assert (entry.site, entry.institution, entry.what.meeting) == (
        "portal",
        "valbourg",
        send.MEETING,
    )


def test_what_changes_nothing_adds_no_entry(site, publisher, send):
    put(publisher, send.meeting(revision=3))
    put(publisher, send.meeting(revision=3))
    put(publisher, send.meeting(revision=2))
    put(publisher, send.item(revision=1, title=None))
    withdraw(publisher, send.MEETING, 4)
    withdraw(publisher, send.MEETING, 4)
    assert [entry[0] for entry in story(site)] == ["publish", "withdraw"]


def test_a_withdrawal_of_what_never_was_on_line_shows_in_no_log(site, publisher, send):
    assert withdraw(publisher, send.ITEM, reason="Jamais paru").status_code == 200
    answer = get(site, "journal-de-publication.jsonl")
    assert (answer.status_code, answer.content) == (200, b"")
    assert get(site, f"preuve-de-publication/{send.ITEM}").status_code == 404


def test_the_desk_is_answered_the_same_receipt_each_time(site, publisher, send):
    first = put(publisher, send.meeting()).json()["log"]
    assert put(publisher, send.meeting()).json()["log"] == first
    found = lines(site)[0]
    assert first == {"number": 1, "hash": found.hash}
    gone = withdraw(publisher, send.MEETING).json()["log"]
    assert gone["number"] == 2
    assert head(
        get(site, "journal-de-publication.jsonl").content.splitlines(True), {2: gone["hash"]}
    )


def test_the_download_verifies_with_the_command_and_names_no_account(
    site, publisher, send, tmp_path, capsys
):
    put(publisher, send.meeting())
    withdraw(publisher, send.MEETING)
    answer = get(site, "journal-de-publication.jsonl")
    assert answer.headers["Content-Type"].startswith("application/jsonl")
    assert answer.headers["Content-Length"] == str(len(answer.content))
    assert b"publisher" not in answer.content
    assert "Erreur matérielle" in answer.text
    path = tmp_path / "log.jsonl"
    path.write_bytes(answer.content)
    assert command.main([str(path)]) == 0
    assert "2 entries of valbourg" in capsys.readouterr().out
    path.write_bytes(answer.content.replace(b'"revision":1', b'"revision":2', 1))
    assert command.main([str(path)]) == 1
    rest = get(site, "journal-de-publication.jsonl?from=2").content
    assert answer.content.endswith(rest) and rest.count(b"\n") == 1
    for nonsense in ("0", "-1", "x", "9" * 30, "1&from=2"):
        assert get(site, f"journal-de-publication.jsonl?from={nonsense}").content == answer.content
    assert get(site, "journal-de-publication.jsonl?from=3").content == b""
    empty = requests.head(f"{site.base}/valbourg/journal-de-publication.jsonl", timeout=60)
    assert (empty.status_code, empty.content) == (200, b"")


def test_the_proof_of_an_item_says_from_when_to_when_and_outlives_it(site, publisher, send):
    put(publisher, send.meeting())
    put(publisher, send.item())
    page = get(site, f"preuve-de-publication/{send.ITEM}")
    assert page.status_code == 200
    assert "Preuve de publication" in page.text
    assert "sans interruption" in page.text
    assert wire.content_hash(send.item()) in page.text
    assert "Réfection de la rue du Moulin" in page.text
    withdraw(publisher, send.ITEM)
    page = get(site, f"preuve-de-publication/{send.ITEM}")
    assert page.status_code == 200
    assert "En ligne du" in page.text and "sans interruption" not in page.text
    assert "Erreur matérielle" in page.text
    assert "Réfection" not in page.text
    proof = get(site, f"preuve-de-publication/{send.ITEM}.json").json()
    assert [entry["entry"]["action"] for entry in proof["entries"]] == ["publish", "withdraw"]
    (period,) = proof["onLine"]
    assert period == {
        "from": proof["entries"][0]["entry"]["at"],
        "to": proof["entries"][1]["entry"]["at"],
    }
    assert (proof["url"], proof["log"]["number"]) == (None, 3)
    assert "publisher" not in json.dumps(proof)


def test_a_withdrawn_meeting_ends_the_time_of_its_items(site, publisher, send):
    put(publisher, send.meeting())
    put(publisher, send.item())
    withdraw(publisher, send.MEETING)
    proof = get(site, f"preuve-de-publication/{send.ITEM}.json").json()
    assert proof["url"] is None
    assert proof["onLine"][0]["to"] == lines(site)[-1].entry.at


def test_what_an_administrator_removes_by_hand_stays_in_the_log_as_removed(site, publisher, send):
    put(publisher, send.meeting())
    put(publisher, send.item())
    admin = site.as_user("admin")
    assert admin.delete("/valbourg/2026-12-14-conseil").status_code == 204
    assert sorted(story(site)[2:]) == [("remove", "", 1), ("remove", "", 1)]
    page = get(site, f"preuve-de-publication/{send.ITEM}")
    assert page.status_code == 200
    assert "Suppression du portail" in page.text


def test_an_item_put_off_to_another_meeting_is_replaced_not_removed(site, publisher, send):
    put(publisher, send.meeting())
    put(publisher, send.item())
    put(publisher, send.meeting(uid="d" * 32, start="2027-01-18T19:00:00+01:00"))
    put(publisher, send.item(revision=2, meeting="d" * 32))
    assert [entry[0] for entry in story(site)] == ["publish", "publish", "publish", "replace"]


@pytest.mark.parametrize("name", ["e" * 32, "x", f"{'b' * 32}/x", f"{'b' * 32}.xml", "..%2Fautre"])
def test_a_proof_of_nothing_is_404(site, publisher, send, name):
    put(publisher, send.meeting())
    put(publisher, send.item())
    assert get(site, f"preuve-de-publication/{name}").status_code == 404


def test_the_pages_lead_to_the_proof_and_the_log(site, publisher, send):
    put(publisher, send.meeting())
    address = put(publisher, send.item()).json()["url"]
    proof = f"{site.base}/valbourg/preuve-de-publication/{send.ITEM}"
    assert proof in requests.get(address, timeout=60).text
    log = get(site, "preuve-de-publication")
    assert log.status_code == 200
    assert f"{site.base}/valbourg/journal-de-publication.jsonl" in log.text
    transaction.begin()
    assert log_of(site.site["valbourg"]).head in log.text
    assert f"{site.base}/valbourg/preuve-de-publication" in get(site, "").text
    withdraw(publisher, send.ITEM)
    gone = requests.get(address, timeout=60)
    assert gone.status_code == 410
    assert proof in gone.text


def test_the_log_of_an_institution_without_publications_is_a_page_too(site):
    assert get(site, "preuve-de-publication").status_code == 200
