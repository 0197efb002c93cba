"""The desk's log: who had what published, and the receipts of the portal."""

import pytest
import re
import requests
import transaction
from collective.deliberation.portal.log.record import log_of as portal_log_of
from collective.deliberation.publishing.log import desk as log
from collective.deliberation.publishing.log.kept import PublicationLog
from collective.deliberation.publishing.log.verifying import head
from collective.deliberation.publishing.log.verifying import verified
from collective.deliberation.publishing.plan import Plan
from collective.deliberation.publishing.planning import set_plan
from collective.deliberation.testing import PASSWORD
from collective.deliberation.workflow import audit
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from plone import api
from plone.app.textfield.value import RichTextValue


LATER = (datetime.now(timezone.utc) + timedelta(days=2)).isoformat(timespec="seconds")


def rich(source):
    return RichTextValue(source, "text/html", "text/x-html-safe")


@pytest.fixture()
def convened(sites):
    item = sites.desk.item()
    transaction.commit()
    sites.desk.approve(item)
    sites.desk.do(sites.desk.meeting, "convene", "clerk")
    sites.item = item
    return sites


def lines(sites):
    transaction.begin()
    kept = log.log_of(sites.desk.site, sites.desk.institution.getId())
    return [line.to_bytes() for line in kept.lines()]


def story(sites):
    return [
        (line.entry.what.action, line.entry.what.kind, line.entry.what.revision)
        for line in verified(lines(sites))
    ]


def test_the_order_names_the_user_and_the_confirmation_holds_the_portals_receipt(convened):
    convened.deliver()
    assert story(convened) == [
        ("publish", "meeting", 1),
        ("publish", "item", 1),
        ("confirm", "meeting", 1),
        ("confirm", "item", 1),
    ]
    order, confirmation = (list(verified(lines(convened)))[index] for index in (1, 3))
    assert order.openings["by"].text == "clerk"
    assert order.entry.what.hash == confirmation.entry.what.hash
    portal = portal_log_of(convened.app["portal"]["valbourg"])
    theirs = portal.last_of(convened.item.UID())
    assert confirmation.entry.receipt.hash == theirs.hash
    assert theirs.entry.what.hash == order.entry.what.hash
    receipts = {
        line.entry.receipt.number: line.entry.receipt.hash
        for line in verified(lines(convened))
        if line.entry.receipt
    }
    assert head((line.to_bytes() for line in portal.lines()), receipts).number == 2


def test_a_withdrawal_is_noted_with_its_reason_and_outlives_the_item(convened):
    convened.deliver()
    convened.desk.do(convened.item, "withdraw", "clerk", "Erreur matérielle")
    convened.desk.meeting._delObject(convened.item.getId())
    transaction.commit()
    convened.deliver()
    assert ("withdraw", "item", 2) in story(convened)
    found = [line for line in verified(lines(convened)) if line.entry.what.action == "withdraw"]
    assert found[0].openings["why"].text == "Erreur matérielle"


def test_an_order_that_is_planned_back_before_it_left_is_noted_as_taken_back(convened):
    with convened.desk.acting("clerk"):
        set_plan(convened.item, Plan(drafts=LATER))
    transaction.commit()
    convened.deliver()
    assert story(convened) == [
        ("publish", "meeting", 1),
        ("publish", "item", 1),
        ("recall", "item", 1),
        ("confirm", "meeting", 1),
    ]
    recalled = list(verified(lines(convened)))[2]
    assert recalled.openings["by"].text == "clerk"
    with convened.desk.acting("clerk"):
        set_plan(convened.item, Plan(drafts="once"))
    transaction.commit()
    convened.deliver()
    assert story(convened)[4:] == [("publish", "item", 2), ("confirm", "item", 2)]


def test_what_never_could_be_ordered_is_not_noted_as_taken_back(sites):
    item = sites.desk.item()
    transaction.commit()
    sites.desk.approve(item)
    item.motivation = rich(
        '<p><span data-pm-id="p9">Zélie</span></p>'
    )  # of no entry: can't be shown
    transaction.commit()
    sites.desk.do(sites.desk.meeting, "convene", "clerk")
    assert [job.state for job in sites.desk.jobs() if job.kind == "item"] == ["parked"]
    set_plan(item, Plan(drafts=LATER))
    transaction.commit()
    sites.deliver()
    assert "item" not in {kind for _action, kind, _revision in story(sites)}


def test_what_is_noted_waits_until_a_deliverer_seals_it(convened):
    assert log.log_of(convened.desk.site, convened.desk.institution.getId()) is None
    assert log.waits(convened.desk.site)
    convened.deliver()
    assert not log.waits(convened.desk.site)


def test_a_transition_that_is_undone_leaves_no_entry(sites):
    item = sites.desk.item()
    transaction.commit()
    sites.desk.approve(item)
    with sites.desk.acting("clerk"):
        api.content.transition(sites.desk.meeting, "convene")
    transaction.abort()
    sites.deliver()
    assert not log.waits(sites.desk.site)


@pytest.mark.parametrize("answered", [None, {}, {"number": "1", "hash": "x"}, {"number": 0}, [1]])
def test_a_portal_without_receipts_is_confirmed_without_one(convened, answered):
    job = convened.desk.jobs()[0]
    log.note_confirmation(convened.desk.site, job, {"log": answered})
    log.seal(convened.desk.site)
    last = log.log_of(convened.desk.site, job.institution).last_of(job.uid)
    assert (last.entry.what.action, last.entry.receipt) == ("confirm", None)


def test_clerks_download_the_log_and_agents_may_not(convened):
    convened.deliver()
    address = convened.address.replace("/portal", f"/desk/{convened.desk.institution.getId()}")
    call = lambda auth: requests.get(  # noqa: E731
        f"{address}/@@publication-log", auth=auth, timeout=60, allow_redirects=False
    )
    answer = call(("clerk", PASSWORD))
    assert answer.content.splitlines(True) == lines(convened)
    assert answer.headers["Cache-Control"] == "no-store"
    for auth in (("agent", PASSWORD), None):
        assert call(auth).status_code in (302, 401, 403)
        assert b"clerk" not in call(auth).content


def test_two_appends_at_once_conflict_and_never_fork_the_log(sites):
    """Both would be entry 1: the database refuses the second, which is then tried again."""
    from transaction.interfaces import TransientError

    site = sites.desk.site
    log.note_order(site, "valbourg", log.gone("withdraw", "a" * 32, "item", 1))
    log.note_order(site, "valbourg", log.gone("withdraw", "b" * 32, "item", 1))
    transaction.commit()
    managers = [transaction.TransactionManager() for _ in range(2)]
    connections = [sites.db.open(manager) for manager in managers]
    try:
        for connection in connections:
            log.seal(connection.root()["Application"]["desk"])
        managers[0].commit()
        with pytest.raises(TransientError):
            managers[1].commit()
    finally:
        for manager, connection in zip(managers, connections, strict=True):
            manager.abort()
            connection.close()
    transaction.begin()
    kept = log.log_of(sites.desk.site, "valbourg")
    assert isinstance(kept, PublicationLog)
    assert head(line.to_bytes() for line in kept.lines()).number == 2


def test_a_clerk_forgets_a_reason_of_the_desks_log_and_the_audit_log_says_so(convened):
    convened.deliver()
    convened.desk.do(convened.item, "withdraw", "clerk", "Nommait Zélie")
    convened.deliver()
    kept = log.log_of(convened.desk.site, convened.desk.institution.getId())
    (number,) = [line.entry.number for line in kept.lines() if "why" in line.openings]
    address = convened.address.replace("/portal", f"/desk/{convened.desk.institution.getId()}")
    address += "/@@withdrawal-reasons"
    session = requests.Session()

    def ask(method, user, **form):
        auth = (user, PASSWORD) if user else None
        return session.request(
            method, address, auth=auth, data=form, timeout=60, allow_redirects=False
        )

    page = ask("GET", "clerk")
    assert "Nommait Zélie" in page.text
    token = re.search(r'name="_authenticator" value="(\w+)"', page.text)[1]
    for user in ("agent", ""):
        for method in ("GET", "POST"):
            answer = ask(method, user, number=str(number), sure="1", _authenticator=token)
            assert answer.status_code in (302, 401, 403)
            assert "Zélie" not in answer.text
    assert "why" in next(kept.lines(number)).openings
    assert (
        ask("POST", "clerk", number=str(number), sure="1", _authenticator=token).status_code == 302
    )
    transaction.begin()
    assert "why" not in next(kept.lines(number)).openings
    assert head(lines(convened)).number == kept.length
    last = audit.entries()[-1]
    assert (last["action"], last["actor"], last["comment"]) == (
        "forget_reason",
        "clerk",
        str(number),
    )
