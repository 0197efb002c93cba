"""Each call by which a text may leave the desk, on its own: what it lets out of a name that the register knows.

In process; ``mutations.py`` takes the guard out of one exit after the other and shows that a test here fails.
"""

import pytest
from canary.canaries import CANARIES
from canary.naive import leaks
from collective.deliberation.content.public_rendering import public_texts
from collective.deliberation.content.register import register_of
from collective.deliberation.content.register import set_register
from collective.deliberation.desk import closed
from collective.deliberation.desk import failure
from collective.deliberation.desk import personal
from collective.deliberation.documents import extract
from collective.deliberation.documents import item_texts
from collective.deliberation.interfaces import IDeskLayer
from collective.deliberation.pseudonym.present import Policy
from collective.deliberation.publishing import announce
from collective.deliberation.publishing import delivery
from collective.deliberation.publishing import payload
from collective.deliberation.publishing import wire
from collective.deliberation.publishing.outbox import outbox
from dataclasses import asdict
from datetime import datetime
from plone import api
from plone.app.textfield.value import RichTextValue
from plone.dexterity.utils import createContentInContainer
from plone.namedfile.file import NamedBlobFile
from plone.rest.traverse import RESTWrapper
from Products.CMFCore.indexing import processQueue
from pseudonym.files import made
from types import SimpleNamespace
from zExceptions import NotFound
from zope.interface import alsoProvides


CANARY = CANARIES[0]
NAME = CANARY.form
SAID = f"Demande de {NAME.upper()}"


def rich(text):
    return RichTextValue(f"<p>{text}</p>", "text/html", "text/x-html-safe")


@pytest.fixture()
def item(desk):
    """An item whose register knows one canary, which stands unmarked in all it has."""
    institution = api.content.create(
        desk, "Institution", title="Valbourg", slug="valbourg", bodies=(f"conseil|Conseil, {NAME}",)
    )
    meeting = createContentInContainer(
        institution,
        "Meeting",
        body="conseil",
        start=datetime(2027, 2, 15, 18),
        location=SAID,
        attendance=rich(SAID),
    )
    made_item = createContentInContainer(
        meeting,
        "Item",
        title=SAID,
        category=SAID,
        representatives=(SAID,),
        motivation=rich(SAID),
        draftDecision=rich(SAID),
        resolutionText=rich(SAID),
        votes=SAID,
    )
    made_item.number = SAID
    for each in (meeting, made_item):
        register, _entry = register_of(each).add("person", NAME, "f")
        set_register(each, register)
    return made_item


def annex(item, data=None, state="publish"):
    data = made.pdf(["Plan"], author=NAME) if data is None else data
    file = NamedBlobFile(data, "application/pdf", f"{NAME}.pdf")
    added = createContentInContainer(item, "Annex", title=SAID, file=file)
    api.content.transition(added, state, comment="Motif")
    return added


ITEM = (
    *("number", "title", "category", "representatives", "motivation", "draftDecision"),
    *("resolutionText", "votes"),
)


@pytest.mark.parametrize("field", ITEM)
def test_what_is_sent_of_an_item_is_neutralised(item, field):
    sent = wire.plain(payload.of_item(item, "decision").record)[field]
    assert "person" in str(sent)
    assert leaks(str(sent)) == []


@pytest.mark.parametrize("field", ["bodyTitle", "location", "attendance"])
def test_what_is_sent_of_a_meeting_is_neutralised(item, field):
    sent = wire.plain(payload.of_meeting(item.__parent__).record)[field]
    assert "person" in str(sent)
    assert leaks(str(sent)) == []


def test_what_is_sent_of_an_annex_is_neutralised_and_its_file_cleaned(item):
    annex(item)
    sent = payload.of_item(item, "draft")
    assert leaks(str(wire.plain(sent.record)["annexes"])) == []
    with sent.files[0].blob.open() as stream:
        assert leaks(made.all_bytes(stream.read())) == []


def test_the_gate_refuses_a_record_that_nobody_neutralised(item, monkeypatch):
    monkeypatch.setattr(payload.Texts, "plain", lambda self, field, text: text or "")
    with pytest.raises(payload.Unpublishable):
        payload.of_item(item, "draft")


def test_the_gate_refuses_a_file_that_holds_what_nobody_released(item):
    added = annex(item, made.pdf(["Plan"]))
    added.file = NamedBlobFile(made.pdf([f"Plan de {NAME}"]), "application/pdf", "plan.pdf")
    with pytest.raises(payload.Unpublishable) as refused:
        payload.of_item(item, "draft")
    assert leaks(str(refused.value.message.mapping)) == []


def test_the_gate_searches_once_more_at_delivery(desk, item):
    record = wire.plain(payload.of_item(item, "draft").record)
    job = SimpleNamespace(
        uid=item.UID(), files=(), snapshot=SimpleNamespace(document={"record": record})
    )
    delivery.search_again(desk, job)
    record["title"] = SAID
    with pytest.raises(payload.Unpublishable):
        delivery.search_again(desk, job)


def test_a_file_is_searched_once_more_at_delivery(item):
    added = annex(item, made.pdf(["Plan"]))
    record = wire.plain(payload.of_item(item, "draft").record)["annexes"]
    record[0]["sha256"] = "0" * 64
    file = NamedBlobFile(made.pdf([f"Plan de {NAME}"]), "application/pdf", "plan.pdf")
    with pytest.raises(payload.Unpublishable):
        payload.refuse_annexes(item, record, lambda sha256: file.open())
    assert added.title == SAID


def test_the_reason_of_a_withdrawal_is_neutralised(desk, item):
    box = outbox(desk)
    announce.withdraw(box, box.known(item.UID(), "valbourg"), item, SAID)
    (job,) = (job for job in box.jobs.values() if job.action == "delete")
    assert "person" in job.withdrawal["reason"]
    assert leaks(str(job.withdrawal)) == []


@pytest.mark.parametrize("field", sorted(item_texts.Texts.__dataclass_fields__))
def test_what_a_public_document_prints_is_neutralised(item, field):
    texts = asdict(item_texts.pseudonymised(item, False, Policy()))
    assert "Personne" in texts[field]
    assert leaks(texts[field]) == []


def test_no_word_of_a_public_document_is_taken_past_its_neutralised_texts(item):
    texts = item_texts.pseudonymised(item, False, Policy())
    document = extract.compose(
        texts,
        institution="Valbourg",
        kind="commune",
        address="",
        start=datetime(2027, 2, 15, 18),
        number="1",
        draft=False,
        public_version=True,
    )
    assert leaks(str(document)) == []


def test_the_gate_refuses_a_public_document_that_nobody_neutralised(item, monkeypatch):
    monkeypatch.setattr(item_texts.neutralise, "plain_text", lambda text, register: text)
    with pytest.raises(item_texts.NotPublic):
        item_texts.pseudonymised(item, False, Policy())


def test_what_the_desk_shows_as_public_is_neutralised(item):
    for content in (item, item.__parent__):
        shown = [text.public for text in public_texts(content) if text.name != "title" or text.desk]
        assert any("Personne" in text for text in shown)
        assert leaks(str(shown)) == []
    assert all(text.public for text in public_texts(item))


def test_who_may_not_view_personal_data_is_no_reader_in_the_catalog(desk, item):
    """An administrator took the right from agents: the other permissions are still theirs."""
    desk.manage_permission(personal.PERSONAL, ["Clerk"], acquire=0)
    catalog = api.portal.get_tool("portal_catalog")
    for each in (item, item.__parent__, annex(item)):
        each.reindexObject(idxs=["allowedRolesAndUsers"])
        processQueue()
        found = catalog.getIndexDataForRID(catalog.getrid("/".join(each.getPhysicalPath())))
        assert "Clerk" in found["allowedRolesAndUsers"]
        assert "Agent" not in found["allowedRolesAndUsers"]


@pytest.mark.parametrize("rest", [False, True])
@pytest.mark.parametrize("which", ["item", "meeting", "annex"])
def test_who_may_not_view_personal_data_gets_no_address_of_such_an_object(
    item, as_user, which, rest
):
    content = {"item": item, "meeting": item.__parent__, "annex": annex(item)}[which]
    request = item.REQUEST
    reached = RESTWrapper(content, request) if rest else content
    request["PARENTS"] = [reached, item.aq_parent.aq_parent]
    alsoProvides(request, IDeskLayer)
    event = SimpleNamespace(request=request)
    personal.refuse_without_the_right(event)
    with as_user(None), pytest.raises(personal.Unauthorized):
        personal.refuse_without_the_right(event)


def test_a_page_of_error_frames_no_title(item):
    request = item.REQUEST
    request["PARENTS"] = [item, item.__parent__]
    try:
        raise NotFound("nosuch")
    except NotFound as error:
        view = failure.Failure(error, request)
        view.__parent__ = item
        page = view()
    assert "<h1>" in page
    assert leaks(page) == []


def test_the_anonymous_are_led_to_the_refusal(desk, as_user):
    request = desk.REQUEST
    request["TraversalRequestNameStack"] = ["Title", "valbourg"]
    request["REQUEST_METHOD"] = "GET"
    with as_user(None):
        closed.refuse_the_anonymous(desk, SimpleNamespace(request=request))
    assert request["TraversalRequestNameStack"] == [closed.REFUSAL, closed.REFUSAL]
