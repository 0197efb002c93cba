"""What people do on the desk, and the jobs that it makes."""

import io
import transaction
from collective.deliberation.content import numbering
from collective.deliberation.content.register import register_of
from collective.deliberation.content.register import set_register
from collective.deliberation.content.review import decisions
from collective.deliberation.demo import files
from collective.deliberation.publishing import exposure
from collective.deliberation.publishing.outbox import peek
from collective.deliberation.workflow import audit
from datetime import datetime
from plone.app.textfield.value import RichTextValue
from plone.namedfile.file import NamedBlobFile
from pypdf import PdfReader
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent


PDF = files.pdf(("Plan de la rue du Moulin",))


def rich(source):
    return RichTextValue(source, "text/html", "text/x-html-safe")


def document(job):
    return job.snapshot.document


def job_of(bureau, content):
    """The last job of an object."""
    return [job for job in bureau.jobs() if job.uid == content.UID()][-1]


def mask(content, text, category="person"):
    register, _entry = register_of(content).add(category, text)
    set_register(content, register)


def test_nothing_is_queued_before_the_meeting_is_convened(bureau):
    bureau.approve(bureau.item())
    assert bureau.jobs() == []


def test_a_convened_meeting_is_queued_with_its_approved_items_as_drafts(bureau):
    item, other = bureau.item(), bureau.item("Pas encore approuvé")
    bureau.approve(item)
    bureau.do(bureau.meeting, "convene")
    meeting_job, item_job = bureau.jobs()
    assert (meeting_job.kind, meeting_job.uid) == ("meeting", bureau.meeting.UID())
    assert document(meeting_job)["record"]["state"] == "convened"
    assert (item_job.uid, item_job.after) == (item.UID(), bureau.meeting.UID())
    record = document(item_job)["record"]
    assert (record["stage"], record["number"], record["position"]) == ("draft", "1", 0)
    assert record["title"] == "Réfection de la rue du Moulin"
    assert other.UID() not in [job.uid for job in bureau.jobs()]


def test_an_item_approved_after_the_convocation_is_queued_at_once(bureau):
    item = bureau.item()
    bureau.do(bureau.meeting, "convene")
    assert [job.uid for job in bureau.jobs()] == [bureau.meeting.UID()]
    bureau.approve(item)
    assert [job.uid for job in bureau.jobs()] == [bureau.meeting.UID(), item.UID()]


def test_no_job_remains_of_a_transition_that_is_rolled_back(bureau):
    item = bureau.item()
    bureau.do(bureau.meeting, "convene")
    savepoint = transaction.savepoint()
    bureau.approve(item)
    savepoint.rollback()
    assert [job.uid for job in bureau.jobs()] == [bureau.meeting.UID()]


def test_an_item_or_a_meeting_of_a_closed_session_never_gets_a_job(bureau):
    secret = bureau.item("Huis clos", public=False)
    bureau.approve(secret)
    bureau.do(bureau.meeting, "convene")
    assert secret.UID() not in [job.uid for job in bureau.jobs()]
    bureau.do(bureau.meeting, "hold")
    bureau.decide(secret)
    bureau.do(bureau.meeting, "close")
    assert secret.UID() not in [job.uid for job in bureau.jobs()]


def test_nothing_of_a_meeting_behind_closed_doors_gets_a_job(bureau):
    bureau.meeting.public = False
    bureau.approve(bureau.item())
    bureau.do(bureau.meeting, "convene")
    assert bureau.jobs() == []


def test_a_closed_meeting_queues_its_validated_items_as_decisions(bureau):

    item = bureau.item()
    bureau.approve(item)
    bureau.do(bureau.meeting, "convene")
    bureau.do(bureau.meeting, "hold")
    bureau.decide(item)
    assert document(job_of(bureau, item))["record"]["resolutionText"] == ""
    bureau.do(bureau.meeting, "close")
    job = job_of(bureau, item)
    record = document(job)["record"]
    assert (record["stage"], record["votes"]) == ("decision", "à l'unanimité")
    assert "DÉCIDE" in record["resolutionText"]


def test_a_newer_job_of_an_object_replaces_the_one_that_was_not_sent(bureau):
    item = bureau.item()
    bureau.approve(item)
    bureau.do(bureau.meeting, "convene")
    item.title = "Autre titre"
    notify(ObjectModifiedEvent(item))
    jobs = [job for job in bureau.jobs() if job.uid == item.UID()]
    assert [(job.revision, document(job)["record"]["title"]) for job in jobs] == [
        (2, "Autre titre")
    ]


def test_saving_without_a_change_makes_no_revision(bureau):
    item = bureau.item()
    bureau.approve(item)
    bureau.do(bureau.meeting, "convene")
    before = bureau.summary()
    notify(ObjectModifiedEvent(item))
    notify(ObjectModifiedEvent(bureau.meeting))
    assert bureau.summary() == before


def test_renumbering_makes_a_revision_of_what_is_public(bureau):
    first, second = bureau.item("Un"), bureau.item("Deux")
    bureau.approve(first, second)
    bureau.do(bureau.meeting, "convene")
    numbering.move(bureau.meeting, second.getId(), 0)
    numbers = {job.uid: document(job)["record"]["number"] for job in bureau.jobs()[1:]}
    assert numbers == {first.UID(): "2", second.UID(): "1"}


def test_a_withdrawal_carries_the_reason_and_a_higher_revision(bureau):
    item = bureau.item()
    bureau.approve(item)
    bureau.do(bureau.meeting, "convene")
    bureau.do(item, "withdraw", "clerk", "Erreur matérielle")
    job = bureau.jobs()[-1]
    assert (job.action, job.revision) == ("delete", 2)
    assert job.withdrawal["reason"] == "Erreur matérielle"
    assert job.snapshot is None


def test_the_reason_of_a_withdrawal_is_neutralised(bureau):
    item = bureau.item()
    mask(item, "Zélie Quertinmont")
    bureau.approve(item)
    bureau.do(bureau.meeting, "convene")
    bureau.do(item, "withdraw", "clerk", "À la demande de Zélie Quertinmont")
    reason = bureau.jobs()[-1].withdrawal["reason"]
    assert "Quertinmont" not in reason
    assert reason.startswith("À la demande de")


def test_a_withdrawn_meeting_withdraws_its_items(bureau):
    item = bureau.item()
    bureau.approve(item)
    bureau.do(bureau.meeting, "convene")
    bureau.do(bureau.meeting, "withdraw", "clerk", "Reportée")
    assert {(job.action, job.uid) for job in bureau.jobs()} == {
        ("delete", bureau.meeting.UID()),
        ("delete", item.UID()),
    }


def test_what_is_deleted_is_withdrawn_and_its_annexes_bring_nothing_back(bureau):
    item = bureau.item()
    bureau.annex(item)
    bureau.do(item.objectValues()[0], "publish", "clerk")
    bureau.approve(item)
    bureau.do(bureau.meeting, "convene")
    uid = item.UID()
    bureau.meeting._delObject(item.getId())  # whatever the way: the event counts
    jobs = [job for job in bureau.jobs() if job.uid == uid]
    assert [job.action for job in jobs] == ["delete"]


def test_only_reviewed_annexes_go_with_their_item_and_the_redacted_file_in_its_place(bureau):

    item = bureau.item()
    shown = bureau.annex(item, PDF)
    held = bureau.annex(item, files.pdf(("Retenu",)), "Retenue")
    redacted = bureau.annex(item, files.pdf(("Secret",)), "Version publique")
    redacted.publicFile = NamedBlobFile(files.pdf(("Public",)), "application/pdf", "b.pdf")
    bureau.do(shown, "publish", "clerk")
    bureau.do(held, "hold_back", "clerk")
    bureau.do(redacted, "redact", "clerk")
    bureau.approve(item)
    bureau.do(bureau.meeting, "convene")
    job = bureau.jobs()[-1]
    annexes = document(job)["record"]["annexes"]
    assert [annex["title"] for annex in annexes] == ["Plan", "Version publique"]
    assert [annex["sha256"] for annex in annexes] == [file.sha256 for file in job.files]
    contents = []
    for file in job.files:
        with file.blob.open() as stream:
            contents.append(PdfReader(io.BytesIO(stream.read())).pages[0].extract_text())
    assert contents == ["Plan de la rue du Moulin", "Public"]


def test_holding_back_an_annex_of_a_public_item_makes_a_revision_without_it(bureau):
    item = bureau.item()
    annex = bureau.annex(item)
    bureau.do(annex, "publish", "clerk")
    bureau.approve(item)
    bureau.do(bureau.meeting, "convene")
    bureau.do(annex, "review_again", "clerk")
    job = bureau.jobs()[-1]
    assert (job.revision, document(job)["record"]["annexes"], job.files) == (2, [], ())


def test_marked_names_leave_in_no_field(bureau):

    item = bureau.item(
        "Concession de Zélie Quertinmont",
        category="Dossier Quertinmont Zélie",
        motivation=rich(
            '<p>Vu <span data-pm-id="p1" data-pm-cat="person">Zélie Quertinmont</span></p>'
        ),
        draftDecision=rich("<p>ZÉLIE&nbsp;QUERTINMONT</p>"),
    )
    mask(item, "Zélie Quertinmont")
    mask(item, "Quertinmont Zélie")
    annex = bureau.annex(item, title="Plan de Zélie Quertinmont", filename="quertinmont.pdf")
    bureau.do(annex, "publish", "clerk")
    bureau.approve(item)
    bureau.do(bureau.meeting, "convene")
    job = bureau.jobs()[-1]
    assert job.state == "waiting"
    assert "quertinmont" not in str(document(job)).lower()
    assert "data-pm-id" not in str(document(job))


def test_a_name_found_too_late_makes_the_portal_forget_what_showed_it(bureau):
    item = bureau.item("Concession de Zélie Quertinmont")
    (group,) = decisions.open_groups(item)
    decisions.reject(item, group.key)  # a mistake
    bureau.approve(item)
    bureau.do(bureau.meeting, "convene")
    assert document(bureau.jobs()[-1])["forget"] is False
    peek(bureau.site).objects[item.UID()].sent_revision = 1  # as the deliverer notes
    mask(item, "Zélie Quertinmont")
    log = audit.entries(item.UID())
    (exposed,) = [exposure.read(e["comment"]) for e in log if e["action"] == exposure.ACTION]
    assert (exposed.entry, exposed.fields) == ("p1", ("title",))
    assert datetime.fromisoformat(exposed.since) <= datetime.fromisoformat(exposed.until)
    job = bureau.jobs()[-1]
    assert (job.revision, document(job)["forget"]) == (2, True)
    assert "Quertinmont" not in str(document(job))
    known = peek(bureau.site).objects[item.UID()]
    assert "Quertinmont" not in str([snapshot.document for snapshot in known.snapshots])
    item.category = "Autre"
    notify(ObjectModifiedEvent(item))
    assert document(bureau.jobs()[-1])["forget"] is True  # revision 2 was never sent


def test_a_decision_under_correction_stays_as_it_is(bureau):
    item = bureau.item()
    bureau.approve(item)
    for transition in ("convene", "hold"):
        bureau.do(bureau.meeting, transition)
    bureau.decide(item)
    bureau.do(bureau.meeting, "close")
    before = bureau.summary()
    bureau.do(item, "revise", "clerk", "Coquille")
    assert bureau.summary() == before


def test_a_text_that_cannot_be_shown_parks_the_job_and_names_the_field_not_the_text(bureau):
    item = bureau.item()
    bureau.approve(item)
    item.motivation = rich('<p><span data-pm-id="p9">Zélie</span></p>')
    bureau.do(bureau.meeting, "convene")
    job = bureau.jobs()[-1]
    assert job.state == "parked"
    assert job.reason.mapping["field"] == "Motivation"
    assert "Zélie" not in str(job.reason) + str(job.reason.mapping)
