"""What is planned becomes public at its moment: not a minute early, and late only when nothing was running."""

import pytest
import re
import requests
import transaction
from collective.deliberation.content.french_dates import BRUSSELS
from collective.deliberation.content.register import register_of
from collective.deliberation.content.register import set_register
from collective.deliberation.publishing.outbox import peek
from collective.deliberation.publishing.plan import Plan
from collective.deliberation.publishing.planning import set_plan
from collective.deliberation.publishing.status import publication_of
from collective.deliberation.testing import PASSWORD
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from time import time
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent


def later(**delta):
    moment = datetime.now(timezone.utc).replace(microsecond=0) + timedelta(**delta)
    return moment.isoformat()


def at(iso, seconds=0):
    return lambda: datetime.fromisoformat(iso).timestamp() + seconds


def plan(content, drafts="", decisions=""):
    set_plan(content, Plan(drafts, decisions))


def planned(content):
    return publication_of(content).planned


# What is queued, and when


def test_a_planned_meeting_and_its_items_make_no_job_before_their_moment(bureau):
    item = bureau.item()
    bureau.approve(item)
    moment = later(hours=2)
    plan(bureau.meeting, drafts=moment)
    bureau.do(bureau.meeting, "convene")
    assert bureau.jobs() == []
    assert planned(bureau.meeting) == planned(item) == datetime.fromisoformat(moment)
    assert not publication_of(item).is_public


def test_an_item_never_comes_before_its_meeting(bureau):
    item = bureau.item()
    bureau.approve(item)
    plan(item, drafts="once")
    plan(bureau.meeting, drafts=later(hours=2))
    bureau.do(bureau.meeting, "convene")
    assert bureau.jobs() == []
    assert planned(item) == planned(bureau.meeting)


def test_on_the_legal_day_follows_the_meeting_when_it_is_moved(bureau):
    plan(bureau.meeting, drafts="legal")
    item = bureau.item()
    bureau.approve(item)
    bureau.do(bureau.meeting, "convene")
    assert planned(item) == datetime(2026, 12, 8, tzinfo=BRUSSELS)
    bureau.meeting.start += timedelta(days=7)
    notify(ObjectModifiedEvent(bureau.meeting))
    assert planned(item) == planned(bureau.meeting) == datetime(2026, 12, 15, tzinfo=BRUSSELS)


def test_a_plan_that_is_taken_back_publishes_at_once(bureau):
    plan(bureau.meeting, drafts=later(hours=2))
    bureau.do(bureau.meeting, "convene")
    plan(bureau.meeting, drafts="once")
    assert [job.uid for job in bureau.jobs()] == [bureau.meeting.UID()]
    assert planned(bureau.meeting) is None


def test_what_is_queued_and_has_not_left_can_still_be_planned_for_later(bureau):
    bureau.do(bureau.meeting, "convene")
    assert bureau.jobs()
    plan(bureau.meeting, drafts=later(hours=2))
    assert bureau.jobs() == []


def test_what_has_left_stays_public_whatever_is_planned_then(bureau):
    bureau.do(bureau.meeting, "convene")
    peek(bureau.site).claim("somebody", time())
    plan(bureau.meeting, drafts=later(hours=2))
    assert [job.action for job in bureau.jobs()] == ["put"]
    assert planned(bureau.meeting) is None


def test_what_is_withdrawn_or_deleted_before_its_moment_never_makes_a_job(bureau):
    item, gone = bureau.item(), bureau.item("Autre point")
    bureau.do(bureau.meeting, "convene")
    peek(bureau.site).recall(peek(bureau.site).objects[bureau.meeting.UID()])
    plan(bureau.meeting, drafts=later(hours=2))
    bureau.approve(item, gone)
    bureau.do(item, "withdraw", "clerk", "Motif")
    bureau.meeting._delObject(gone.getId())
    assert bureau.jobs() == []
    assert peek(bureau.site).planned() == [bureau.meeting.UID()]


def test_a_planned_decision_leaves_the_draft_as_it_is_and_a_name_in_it_is_still_masked_at_once(
    bureau,
):
    item = bureau.item()
    bureau.approve(item)
    bureau.do(bureau.meeting, "convene")
    plan(item, decisions=later(days=1))
    bureau.do(bureau.meeting, "hold")
    bureau.decide(item)
    bureau.do(bureau.meeting, "close")
    last = [job for job in bureau.jobs() if job.uid == item.UID()][-1]
    assert last.snapshot.document["record"]["stage"] == "draft"
    assert publication_of(item).planned_stage == "decision"
    set_register(item, register_of(item).add("person", "Moulin")[0])
    last = [job for job in bureau.jobs() if job.uid == item.UID()][-1]
    assert last.snapshot.document["record"]["stage"] == "draft"
    assert "Moulin" not in str(last.snapshot.document)


def test_what_could_not_be_published_as_it_is_says_so_while_there_is_time(bureau):
    item = bureau.item()
    bureau.approve(item)
    plan(bureau.meeting, drafts=later(days=1))
    bureau.do(bureau.meeting, "convene")
    assert publication_of(item).problem == ""
    item.motivation = rich_with_unknown_mark()  # as no editor would leave it
    plan(item)
    assert "Motivation" in str(publication_of(item).problem.mapping)
    assert bureau.jobs() == []


def rich_with_unknown_mark():
    from plone.app.textfield.value import RichTextValue

    text = '<p>Vu <span data-pm-id="p9" data-pm-cat="person">Zélie</span></p>'
    return RichTextValue(text, "text/html", "text/x-html-safe")


# Over HTTP, with a clock that can be moved


@pytest.fixture()
def soon(sites):
    """An approved item in a convened meeting; both are to become public in two hours."""
    sites.item = sites.desk.item()
    transaction.commit()
    sites.moment = later(hours=2)
    plan(sites.desk.meeting, drafts=sites.moment)
    sites.desk.approve(sites.item)
    sites.desk.do(sites.desk.meeting, "convene")
    return sites


def test_nothing_of_it_is_sent_until_its_minute_and_then_it_is_there(soon):
    """What anybody gets meanwhile: see test_nothing_early."""
    assert soon.deliver(clock=at(soon.moment, -1)) == 0
    assert soon.published(soon.desk.meeting) is None
    assert soon.deliver(clock=at(soon.moment)) == 2
    assert soon.published(soon.item).revision == 1
    transaction.begin()
    assert soon.desk.jobs("sent")[0].planned == at(soon.moment)()


def test_a_moment_that_was_missed_is_made_up_for_and_told(soon, caplog):
    assert soon.deliver(clock=at(soon.moment, 5400)) == 2
    assert soon.published(soon.item).revision == 1
    assert "published 5400 s after its time" in caplog.text
    job = soon.desk.jobs("sent")[0]
    assert job.planned == at(soon.moment)()


def test_what_was_meant_for_a_moment_that_nobody_wants_any_more_is_forgotten(soon):
    soon.desk.do(soon.item, "withdraw", "clerk", "Motif")
    assert soon.deliver(clock=at(soon.moment, 1)) == 1
    assert soon.published(soon.item) is None
    assert peek(soon.desk.site).planned() == []


class Browser:
    def __init__(self, sites, user):
        self.session = requests.Session()
        self.session.auth = (user, PASSWORD)
        self.session.headers["Accept"] = "text/html"
        self.base = sites.address.removesuffix("/portal")

    def url(self, content, name=""):
        return self.base + "/".join(content.getPhysicalPath()) + name

    def post(self, content, **fields):
        address = self.url(content, "/@@publication-plan")
        page = self.session.get(address).text
        token = re.search(r'name="_authenticator"\s[^>]*value="([0-9a-f]+)"', page)[1]
        return self.session.post(address, data={"_authenticator": token, **fields})


def test_a_clerk_sees_and_changes_the_plan_on_the_item_and_in_the_queue(soon):
    clerk = Browser(soon, "clerk")
    desk = soon.desk.site
    assert "Publication programmée" in clerk.session.get(clerk.url(soon.item, "/view")).text
    queue = clerk.session.get(clerk.url(desk, "/@@publishing-queue?state=planned")).text
    assert "Réfection de la rue du Moulin" in queue
    assert f"{clerk.url(soon.item)}/@@publication-plan" in queue
    rest = clerk.session.get(
        clerk.url(desk, "/@publishing-queue"), headers={"Accept": "application/json"}
    ).json()
    assert [row["kind"] for row in rest["planned"]] == ["meeting", "item"]

    answer = clerk.post(
        soon.item,
        drafts="chosen",
        drafts_when="2031-05-05T08:30",
        decisions="legal",
    )
    assert answer.status_code == 200
    assert "5 mai 2031" in answer.text
    transaction.begin()
    assert planned(soon.item) == datetime(2031, 5, 5, 8, 30, tzinfo=BRUSSELS)
    assert "2031-05-05T08:30" in clerk.session.get(clerk.url(soon.item, "/@@publication-plan")).text


@pytest.mark.parametrize(
    "fields", [{"drafts": "chosen"}, {"drafts": "chosen", "drafts_when": "x"}, {}]
)
def test_a_plan_without_a_moment_is_refused_by_name_and_changes_nothing(soon, fields):
    answer = Browser(soon, "clerk").post(soon.item, decisions="once", **fields)
    assert answer.status_code == 400
    assert 'id="plan-problem-drafts"' in answer.text
    transaction.begin()
    assert planned(soon.item) == datetime.fromisoformat(soon.moment)


def test_only_a_clerk_plans_and_not_from_another_site(soon):
    agent = Browser(soon, "agent")
    answer = agent.session.get(agent.url(soon.item, "/@@publication-plan"), allow_redirects=False)
    assert answer.status_code in (302, 401, 403)
    assert "publication-plan" not in agent.session.get(agent.url(soon.item, "/view")).text
    clerk = Browser(soon, "clerk")
    forged = clerk.session.post(
        clerk.url(soon.item, "/@@publication-plan"), data={"drafts": "once", "decisions": "once"}
    )
    assert forged.status_code == 403
    transaction.begin()
    assert planned(soon.item) == datetime.fromisoformat(soon.moment)
