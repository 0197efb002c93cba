"""Desk and portal compared: every kind of difference is found, nothing else is, and a repair mends it."""

import hashlib
import json
import pytest
import re
import requests
import transaction
from collective.deliberation.portal.received import Entry
from collective.deliberation.portal.received import received
from collective.deliberation.publishing.outbox import peek
from collective.deliberation.publishing.reconciliation import command
from collective.deliberation.publishing.reconciliation import reconcile as module
from collective.deliberation.publishing.reconciliation.comparing import differences
from collective.deliberation.publishing.reconciliation.comparing import Ours
from collective.deliberation.publishing.reconciliation.comparing import Theirs
from collective.deliberation.publishing.reconciliation.kept import kept
from collective.deliberation.publishing.reconciliation.kept import peek as report_of
from collective.deliberation.publishing.reconciliation.reconcile import reconcile
from collective.deliberation.publishing.reconciliation.reconciler import configured
from collective.deliberation.publishing.reconciliation.reconciler import Reconciler
from collective.deliberation.publishing.transactions import opened
from collective.deliberation.testing import PASSWORD
from datetime import datetime
from datetime import time
from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent


# Pure

UIDS = st.dictionaries(
    st.sampled_from("abcdefgh"),
    st.tuples(st.integers(1, 3), st.sampled_from(["x", "y"]), st.booleans(), st.booleans()),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(UIDS, UIDS)
def test_a_uid_differs_exactly_when_what_is_public_differs(ours, theirs):
    left = [
        Ours(uid, revision, hash if public else "", public, way)
        for uid, (revision, hash, public, way) in sorted(ours.items())
    ]
    right = [
        Theirs(uid, "item", revision, hash, gone, "")
        for uid, (revision, hash, gone, _way) in sorted(theirs.items())
    ]
    found = {each.uid: each.what for each in differences(left, right)}
    for uid in {*ours, *theirs}:
        revision, hash, public, way = ours.get(uid, (0, "", False, False))
        there, content, gone, _way = theirs.get(uid, (0, "", True, False))
        here_state = (revision, hash) if public else None
        there_state = (there, content) if not gone else None
        assert (uid in found) == (not way and here_state != there_state)
    assert set(found.values()) <= {"missing", "stale", "ahead", "altered", "surplus"}


@pytest.mark.parametrize("asked", ["25:00", "tonight", "3"])
def test_an_hour_that_is_none_is_refused_by_name(asked):
    with pytest.raises(ValueError, match="DELIBERATION_RECONCILE_AT"):
        configured({"DELIBERATION_RECONCILE_AT": asked})


def test_the_hour_comes_from_the_environment():
    assert configured({}) == time(3)
    assert configured({"DELIBERATION_RECONCILE_AT": "22:30"}) == time(22, 30)
    assert configured({"DELIBERATION_RECONCILE_AT": "off"}) is None


# Over HTTP


@pytest.fixture()
def delivered(sites):
    """A meeting and three items that are public."""
    sites.items = [sites.desk.item(f"Point {number}") for number in range(3)]
    transaction.commit()
    sites.desk.approve(*sites.items)
    sites.desk.do(sites.desk.meeting, "convene")
    assert sites.deliver() == 4
    sites.institution = sites.app["portal"]["valbourg"]
    return sites


def compare(sites, **arguments):
    with opened(sites.db) as (app, manager):
        report = reconcile(app, manager, "desk", pause=lambda seconds: None, **arguments)
    transaction.begin()
    return report


def found(report):
    return {(each.what, each.uid) for one in report.institutions for each in one.differences}


def break_all(sites):
    """One difference of each kind; the UIDs by kind."""
    entries = received(sites.institution).entries
    first, second, third = (item.UID() for item in sites.items)
    meeting = sites.desk.meeting.UID()
    entries[first] = entries[first]._replace(withdrawn=True)
    entries[second] = entries[second]._replace(hash="0" * 64)
    entries[third] = entries[third]._replace(revision=7)
    entries["f" * 32] = Entry("item", "", 3, "1" * 64, False)
    peek(sites.desk.site).objects[meeting].sent_revision = 2  # as if the portal were an old backup
    transaction.commit()
    return {
        ("missing", first),
        ("altered", second),
        ("ahead", third),
        ("surplus", "f" * 32),
        ("stale", meeting),
    }


def test_what_was_delivered_agrees_and_what_is_on_its_way_is_left_out(delivered):
    report = compare(delivered)
    assert (report.compared, report.differences, report.problems) == (4, 0, 0)
    delivered.items[0].title = "Autre titre"
    notify(ObjectModifiedEvent(delivered.items[0]))
    transaction.commit()
    report = compare(delivered)
    assert (report.differences, report.institutions[0].under_way) == (0, 1)


def test_each_kind_of_difference_is_found_in_batches_of_any_size(delivered, monkeypatch):
    broken = break_all(delivered)
    for size in (1, 2, 1000):
        monkeypatch.setattr(module, "BATCH", size)
        assert found(compare(delivered)) == broken


def test_a_repair_makes_the_portal_say_again_what_the_desk_says(delivered):
    break_all(delivered)
    assert compare(delivered, repair=True).repaired == 5
    assert delivered.deliver() == 5
    assert compare(delivered).differences == 0
    entries = received(delivered.app["portal"]["valbourg"]).entries
    assert entries["f" * 32].withdrawn
    for item in delivered.items:
        assert delivered.published(item).withdrawal is None
    assert delivered.deliver() == 0


def test_content_that_was_changed_on_the_portal_itself_is_found_when_it_is_read_again(delivered):
    item = delivered.published(delivered.items[0])
    record = {**item.document["record"], "title": "Falsifié"}
    item.document = {**item.document, "record": record}
    transaction.commit()
    assert compare(delivered).differences == 0  # the index knows nothing of it
    assert found(compare(delivered, verify=True)) == {("altered", delivered.items[0].UID())}


def test_a_portal_that_does_not_answer_is_a_problem_and_no_difference(delivered):
    delivered.desk.institution.portalUrl = "http://127.0.0.1:9/portal"
    transaction.commit()
    report = compare(delivered)
    assert (report.differences, report.problems) == (0, 1)
    assert report.institutions[0].problem == "publishing_unreachable"


def test_many_entries_compare_without_loading_an_object(delivered):
    box = peek(delivered.desk.site)
    entries = received(delivered.institution).entries
    uids = [hashlib.md5(str(number).encode()).hexdigest() for number in range(3000)]
    for uid in uids:
        known = box.known(uid, delivered.desk.institution.getId())
        known.sent_revision, known.sent_hash, known.stage = 1, "2" * 64, "draft"
        entries[uid] = Entry("item", "nowhere/at-all", 1, "2" * 64, False)
    entries[uids[7]] = entries[uids[7]]._replace(hash="3" * 64)
    transaction.commit()
    report = compare(delivered)
    assert report.compared == 3004
    assert found(report) == {("altered", uids[7])}  # no object stands at "nowhere/at-all"


@pytest.mark.parametrize("as_json", [True, False])
def test_the_command_reports_and_its_status_says_what_it_found(delivered, capsys, as_json):
    arguments = ["--site", "desk", *(["--json"] if as_json else [])]

    def run():
        connection = delivered.db.open(transaction.TransactionManager())
        with pytest.raises(SystemExit) as ended:
            command.main(connection.root()["Application"], arguments)
        return ended.value.code, capsys.readouterr().out

    assert run()[0] == 0
    entries = received(delivered.institution).entries
    uid = delivered.items[0].UID()
    entries[uid] = entries[uid]._replace(withdrawn=True)
    transaction.commit()
    status, out = run()
    assert status == 1
    if as_json:
        assert json.loads(out)["desk"]["institutions"][0]["differences"][0]["what"] == "missing"
    else:
        assert uid in out
        assert "absent du portail" in out


# At night, and on a clerk's word


def at(hour, day=14):
    return lambda: datetime(2026, 12, day, hour, 30).astimezone().timestamp()


def test_every_night_once_and_whenever_somebody_asks(delivered):
    night = Reconciler(delivered.db, time(3), clock=at(1))
    assert night.run_once() == 0
    night.clock = at(5)
    assert [night.run_once(), night.run_once()] == [1, 0]
    night.clock = at(5, day=15)
    assert night.run_once() == 1
    transaction.begin()
    kept(delivered.desk.site).ask(1.0, repair=False)
    transaction.commit()
    assert [night.run_once(), night.run_once()] == [1, 0]
    assert Reconciler(delivered.db, None, clock=at(5, day=16)).run_once() == 0


def test_a_clerk_asks_reads_and_repairs_on_the_screen_and_an_agent_only_reads(delivered):
    break_all(delivered)
    base = f"{delivered.address.removesuffix('/portal')}/desk"
    clerk, agent = requests.Session(), requests.Session()
    clerk.auth, agent.auth = ("clerk", PASSWORD), ("agent", PASSWORD)
    clerk.headers["Accept"] = agent.headers["Accept"] = "text/html"
    night = Reconciler(delivered.db, None)

    def ask(**fields):
        page = clerk.get(f"{base}/@@reconciliation").text
        token = re.search(r'name="_authenticator"\s[^>]*value="([0-9a-f]+)"', page)[1]
        return clerk.post(f"{base}/@@reconcile", data={"_authenticator": token, **fields})

    assert "Aucune comparaison" in clerk.get(f"{base}/@@reconciliation").text
    assert "Comparer maintenant" not in agent.get(f"{base}/@@reconciliation").text
    assert clerk.post(f"{base}/@@reconcile").status_code == 403  # no token
    denied = agent.post(f"{base}/@@reconcile", allow_redirects=False)
    assert denied.status_code in (302, 401, 403)
    assert requests.get(f"{base}/@reconciliation").status_code == 401
    transaction.begin()
    assert not report_of(delivered.desk.site).asked

    assert "commence dans quelques secondes" in ask().text
    assert night.run_once() == 1
    page = clerk.get(f"{base}/@@reconciliation").text
    for words in ("Point 0", "absent du portail", "sur le portail seulement", "Différences : 5"):
        assert words in page
    answer = agent.get(f"{base}/@reconciliation", headers={"Accept": "application/json"})
    assert answer.json()["report"]["differences"] == 5
    ask(repair="1")
    assert night.run_once() == 1
    delivered.deliver()
    ask()
    night.run_once()
    assert "Tout concorde" in clerk.get(f"{base}/@@reconciliation").text
