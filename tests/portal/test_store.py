"""The portal's store: idempotent, never backwards, nothing half-written, nothing left behind."""

import io
import pytest
import transaction
from AccessControl.PermissionRole import rolesForPermissionOn
from collective.deliberation.portal import files
from collective.deliberation.portal import store
from collective.deliberation.portal.received import peek
from collective.deliberation.portal.refusal import Refusal
from collective.deliberation.publishing import wire
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st
from itertools import count
from plone import api
from plone.app.redirector.interfaces import IRedirectionStorage
from zope.component import getUtility


NOW = datetime(2026, 12, 1, 10, 0, tzinfo=timezone.utc)
WITHDRAWAL = {"reason": "Erreur matérielle", "date": "2026-12-02T09:00:00+01:00"}


def put(institution, document, now=NOW):
    return store.upsert(institution, document, now)


def withdraw(institution, uid, revision):
    return store.withdraw(institution, uid, revision, **WITHDRAWAL, now=NOW)


def send_file(institution, annex, content, now=NOW):
    return files.store(institution, annex.sha256, io.BytesIO(content), now.timestamp())


def found(portal, **query):
    return {brain.getPath() for brain in portal.portal_catalog.unrestrictedSearchResults(**query)}


def test_a_meeting_stands_at_its_date_and_body_and_its_items_at_their_short_uid(valbourg, send):
    assert put(valbourg, send.meeting()).result == "created"
    outcome = put(valbourg, send.item())
    assert outcome.entry.path == "2026-12-14-conseil/bbbbbbbb"
    obj = valbourg["2026-12-14-conseil"]["bbbbbbbb"]
    assert obj.publication == wire.from_dict(send.item())
    assert (obj.source_uid, obj.revision) == (send.ITEM, 1)


def test_two_meetings_of_one_day_and_two_items_of_one_short_uid_both_have_an_address(
    valbourg, send
):
    put(valbourg, send.meeting())
    assert put(valbourg, send.meeting(uid="d" * 32)).entry.path == "2026-12-14-conseil-2"
    put(valbourg, send.item())
    other = put(valbourg, send.item(uid="b" * 31 + "0"))
    assert other.entry.path == "2026-12-14-conseil/bbbbbbbb-2"


def test_a_new_date_and_a_new_title_change_no_address(valbourg, send):
    put(valbourg, send.meeting())
    put(valbourg, send.item())
    moved = send.meeting(revision=2, start="2026-12-21T19:00:00+01:00")
    assert put(valbourg, moved).entry.path == "2026-12-14-conseil"
    renamed = send.item(revision=2, title="Autre titre", number="7")
    assert put(valbourg, renamed).entry.path == "2026-12-14-conseil/bbbbbbbb"


def test_the_same_revision_twice_is_one(valbourg, send):
    put(valbourg, send.meeting())
    again = put(valbourg, send.meeting())
    assert (again.result, again.entry.path) == ("unchanged", "2026-12-14-conseil")
    assert len(valbourg.objectIds()) == 1
    assert valbourg["2026-12-14-conseil"].history == ()


def test_the_same_revision_with_another_content_is_refused(valbourg, send):
    put(valbourg, send.meeting())
    with pytest.raises(Refusal) as refusal:
        put(valbourg, send.meeting(location="Ailleurs"))
    assert (refusal.value.status, refusal.value.type) == (422, "SameRevision")


def test_an_older_revision_replaces_nothing(valbourg, send):
    put(valbourg, send.meeting(revision=5))
    older = put(valbourg, send.meeting(revision=4, location="Ailleurs"))
    assert (older.result, older.entry.revision) == ("older", 5)
    assert valbourg["2026-12-14-conseil"].publication.record.location == "Maison communale"


def test_earlier_revisions_stay_in_the_history(valbourg, send):
    put(valbourg, send.meeting())
    put(valbourg, send.item())
    later = NOW + timedelta(days=20)
    decision = send.item(revision=2, stage="decision", resolutionText="<p>DÉCIDE</p>")
    put(valbourg, decision, now=later)
    obj = valbourg["2026-12-14-conseil"]["bbbbbbbb"]
    assert obj.history == ({"received": NOW.isoformat(), "document": send.item()},)
    assert (obj.first_published, obj.received) == (NOW.isoformat(), later.isoformat())
    assert obj.publication.record.stage == "decision"


def test_an_item_waits_for_its_meeting(valbourg, send):
    with pytest.raises(Refusal) as refusal:
        put(valbourg, send.item())
    assert (refusal.value.status, refusal.value.retry) == (409, True)
    assert refusal.value.field == "record.meeting"
    assert len(valbourg.objectIds()) == 0


def test_an_item_cannot_stand_below_an_item(valbourg, send):
    put(valbourg, send.meeting())
    put(valbourg, send.item())
    with pytest.raises(Refusal) as refusal:
        put(valbourg, send.item(uid="e" * 32, meeting=send.ITEM))
    assert refusal.value.field == "record.meeting"


def test_an_item_put_off_to_another_meeting_moves_and_its_old_address_leads_to_it(
    portal, valbourg, send
):
    put(valbourg, send.meeting())
    put(valbourg, send.meeting(uid="d" * 32, start="2027-01-25T19:00:00+01:00"))
    put(valbourg, send.item())
    old = valbourg["2026-12-14-conseil"]["bbbbbbbb"].absolute_url_path()
    moved = put(valbourg, send.item(revision=2, meeting="d" * 32))
    assert moved.entry.path == "2027-01-25-conseil/bbbbbbbb"
    assert "bbbbbbbb" not in valbourg["2026-12-14-conseil"]
    new = valbourg["2027-01-25-conseil"]["bbbbbbbb"].absolute_url_path()
    assert getUtility(IRedirectionStorage).get(old) == new
    assert len(found(portal, portal_type="PublishedItem")) == 1


def test_a_document_that_names_unknown_files_says_which(valbourg, send):
    put(valbourg, send.meeting())
    annexes = (send.annex(), send.annex(b"autre", uid="d" * 32))
    with pytest.raises(Refusal) as refusal:
        put(valbourg, send.item(annexes=annexes))
    assert refusal.value.missing == tuple(sorted(annex.sha256 for annex in annexes))
    assert refusal.value.retry
    assert len(valbourg["2026-12-14-conseil"].objectIds()) == 0


def test_a_file_is_kept_once_and_goes_with_its_last_document(valbourg, send):
    content = b"%PDF-1.7 plan"
    annex = send.annex(content)
    assert send_file(valbourg, annex, content) is True
    assert send_file(valbourg, annex, content) is False
    put(valbourg, send.meeting(annexes=(annex,)))
    put(valbourg, send.item(annexes=(annex,)))
    put(valbourg, send.item(revision=2))
    assert files.known(valbourg, annex.sha256)
    withdraw(valbourg, send.MEETING, 2)
    assert not files.known(valbourg, annex.sha256)


def test_a_file_that_is_not_the_announced_one_is_not_kept(valbourg, send):
    with pytest.raises(Refusal) as refusal:
        send_file(valbourg, send.annex(b"one"), b"another")
    assert (refusal.value.status, refusal.value.field) == (422, "sha256")
    assert list(peek(valbourg).files) == []


def test_a_file_larger_than_allowed_is_refused(valbourg, send, monkeypatch):
    monkeypatch.setattr(files, "MAX_SIZE", 10)
    with pytest.raises(Refusal) as refusal:
        send_file(valbourg, send.annex(b"x" * 11), b"x" * 11)
    assert refusal.value.status == 413


def test_a_file_without_a_document_is_removed_after_a_day_and_not_before(valbourg, send):
    orphan = send.annex(b"orphan")
    send_file(valbourg, orphan, b"orphan")
    put(valbourg, send.meeting(), now=NOW + timedelta(hours=23))
    assert files.known(valbourg, orphan.sha256)
    put(valbourg, send.meeting(revision=2), now=NOW + timedelta(hours=25))
    assert not files.known(valbourg, orphan.sha256)


def test_a_withdrawn_object_keeps_its_address_and_reason_and_nothing_else(portal, valbourg, send):
    put(valbourg, send.meeting())
    put(valbourg, send.item())
    put(valbourg, send.item(revision=2, title="Deuxième"))
    assert withdraw(valbourg, send.ITEM, 3).result == "withdrawn"
    obj = valbourg["2026-12-14-conseil"]["bbbbbbbb"]
    assert obj.withdrawal == WITHDRAWAL
    assert (obj.document, obj.history, obj.title, obj.revision) == (None, (), "", 3)
    assert found(portal, portal_type="PublishedItem") == set()


def test_a_withdrawn_meeting_hides_its_items_until_it_is_published_again(portal, valbourg, send):
    put(valbourg, send.meeting())
    put(valbourg, send.item())
    withdraw(valbourg, send.MEETING, 2)
    obj = valbourg["2026-12-14-conseil"]["bbbbbbbb"]
    assert obj.withdrawn_by() == WITHDRAWAL
    assert found(portal, portal_type=["PublishedItem", "PublishedMeeting"]) == set()
    put(valbourg, send.meeting(revision=3))
    assert obj.withdrawn_by() is None
    assert len(found(portal, portal_type=["PublishedItem", "PublishedMeeting"])) == 2


def test_rebuilding_the_catalog_brings_nothing_back(portal, valbourg, send):
    put(valbourg, send.meeting())
    put(valbourg, send.item())
    withdraw(valbourg, send.ITEM, 2)
    portal.portal_catalog.clearFindAndRebuild()
    assert len(portal.portal_catalog(portal_type="PublishedItem")) == 0
    assert len(portal.portal_catalog(portal_type="PublishedMeeting")) == 1


def test_what_is_withdrawn_already_is_not_taken_out_of_the_catalog_once_more(
    portal, valbourg, send, caplog
):
    put(valbourg, send.meeting())
    put(valbourg, send.item())
    put(valbourg, send.item(uid="e" * 32))
    assert len(found(portal, portal_type="PublishedItem")) == 2
    withdraw(valbourg, send.ITEM, 2)
    assert len(found(portal, portal_type="PublishedItem")) == 1
    withdraw(valbourg, send.MEETING, 2)
    assert found(portal, portal_type=["PublishedMeeting", "PublishedItem"]) == set()
    withdraw(valbourg, send.MEETING, 3)
    assert found(portal, path="/portal/valbourg") == {"/portal/valbourg"}
    assert caplog.messages == []


def test_a_withdrawal_that_overtakes_its_publication_stays(valbourg, send):
    withdraw(valbourg, send.MEETING, 2)
    late = put(valbourg, send.meeting(revision=1))
    assert (late.result, late.entry.withdrawn) == ("older", True)
    assert len(valbourg.objectIds()) == 0
    assert put(valbourg, send.meeting(revision=3)).result == "created"


def test_what_was_withdrawn_is_published_again_at_its_address(portal, valbourg, send):
    put(valbourg, send.meeting())
    withdraw(valbourg, send.MEETING, 2)
    again = put(valbourg, send.meeting(revision=3, location="Salle des fêtes"))
    assert again.entry.path == "2026-12-14-conseil"
    obj = valbourg["2026-12-14-conseil"]
    assert (obj.withdrawal, obj.history) == (None, ())
    assert len(found(portal, portal_type="PublishedMeeting")) == 1


def test_a_mark_of_the_desk_is_refused(valbourg, send):
    put(valbourg, send.meeting())
    marked = send.item(motivation='<p><span DATA-PM-ID="p1">Jean</span></p>')
    with pytest.raises(Refusal) as refusal:
        put(valbourg, marked)
    assert (refusal.value.status, refusal.value.field) == (422, "record.motivation")
    assert "Jean" not in str(refusal.value)


def test_the_account_that_sent_an_object_owns_nothing_of_it(portal, valbourg, send):
    with api.env.adopt_user("valbourg-publisher"):
        put(valbourg, send.meeting())
        obj = valbourg["2026-12-14-conseil"]
        assert not api.user.has_permission("Modify portal content", obj=obj)
        assert not api.user.has_permission("Delete objects", obj=obj)
    assert "Anonymous" in rolesForPermissionOn("View", obj)


def test_reading_writes_nothing(valbourg, send):
    transaction.savepoint()
    store.entries(valbourg, 0, 10)
    files.known(valbourg, "0" * 64)
    files.missing(valbourg, ["0" * 64])
    store.published(valbourg, send.MEETING)
    assert not valbourg._p_changed


calls = st.lists(st.tuples(st.integers(1, 6), st.booleans()), max_size=12)
fresh = count(1)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(calls)
def test_in_any_order_and_however_often_the_highest_revision_wins(valbourg, send, calls):
    """Each revision is one call: an even one withdraws and an odd one publishes."""
    uid = f"{next(fresh):032x}"
    for revision, twice in calls:
        for _again in range(1 + twice):
            if revision % 2:
                put(valbourg, send.meeting(uid=uid, revision=revision))
            else:
                withdraw(valbourg, uid, revision)
    entry = peek(valbourg).entries.get(uid)
    if not calls:
        assert entry is None
        return
    highest = max(revision for revision, _twice in calls)
    assert (entry.revision, entry.withdrawn) == (highest, highest % 2 == 0)
    obj = store.published(valbourg, uid)
    assert (obj is not None and obj.document is not None) == (highest % 2 == 1)
