"""An annex that holds a name, or that nobody can search, is published by a human's word only."""

import io
import pytest
from annex_files import NAME
from annex_files import pdf
from collective.deliberation.content import vocabularies
from collective.deliberation.content.annexes import analyses
from collective.deliberation.content.annexes import decisions
from collective.deliberation.content.annexes import public
from collective.deliberation.content.register import register_of
from collective.deliberation.content.register import set_register
from collective.deliberation.demo import files
from collective.deliberation.publishing import payload
from collective.deliberation.workflow import audit
from collective.deliberation.workflow.checklist import checklist
from datetime import datetime
from datetime import timezone
from plone import api
from plone.dexterity.utils import createContentInContainer
from plone.namedfile.file import NamedBlobFile
from Products.CMFCore.WorkflowCore import WorkflowException
from pypdf import PdfReader


REASON = "La requérante a demandé la publication de sa lettre."


@pytest.fixture()
def item(desk):
    institution = api.content.create(desk, "Institution", title="Valbourg", slug="valbourg")
    start = datetime(2027, 2, 15, 18, tzinfo=timezone.utc)
    meeting = createContentInContainer(institution, "Meeting", body="conseil", start=start)
    item = createContentInContainer(meeting, "Item", title="Concession")
    register, _entry = register_of(item).add("person", NAME)
    set_register(item, register)
    return item


@pytest.fixture()
def add(item):
    def annex(data, name="lettre.pdf", mime="application/pdf"):
        return createContentInContainer(
            item, "Annex", title="Lettre", file=NamedBlobFile(data, mime, name)
        )

    return annex


def do(annex, transition, comment=""):
    workflow = api.portal.get_tool("portal_workflow")
    workflow.doActionFor(annex, transition, comment=comment)


def refused(annex, transition, comment=""):
    with pytest.raises(WorkflowException) as error:
        do(annex, transition, comment)
    assert "quertinmont" not in str(error.value).lower()
    return str(error.value)


def know(item, form):
    register, _entry = register_of(item).add("person", form)
    set_register(item, register)


def text_of(file):
    with file.open() as stream:
        return PdfReader(io.BytesIO(stream.read())).pages[0].extract_text()


def test_a_file_is_searched_when_it_is_added_and_again_when_it_or_the_register_changes(item, add):
    annex = add(pdf("Plan", NAME))
    assert len(analyses.findings(annex).hits) == 1
    annex.file = NamedBlobFile(pdf("Plan"), "application/pdf", "plan.pdf")
    assert analyses.findings(annex) is None
    assert analyses.search(annex).hits == ()
    know(item, "Plan")
    assert len(analyses.findings(annex).hits) == 1


def test_a_searched_file_without_finds_is_published_without_a_reason(add):
    annex = add(pdf("Plan"))
    do(annex, "publish")
    assert text_of(public.public_copy(annex)).strip() == "Plan"


@pytest.mark.parametrize(
    ("data", "name", "mime"),
    [
        (pdf("Plan", NAME), "a.pdf", "application/pdf"),
        (pdf("Plan", author=NAME), "a.pdf", "application/pdf"),
        (files.png(()), "a.png", "image/png"),
        (NAME.encode(), "a.txt", "text/plain"),
    ],
)
def test_a_file_with_finds_or_without_text_takes_a_reason_that_stays_in_its_history(
    add, data, name, mime
):
    annex = add(data, name, mime)
    assert "reason" in refused(annex, "publish").lower()
    assert api.content.get_state(annex) == "pending"
    do(annex, "publish", REASON)
    assert annex.workflow_history["deliberation_annex_workflow"][-1]["comments"] == REASON
    assert decisions.obstacle(annex) is None


@pytest.mark.parametrize("data", [b"%PDF-1.7 broken", pdf("x")[:-300] + b"\0" * 50])
def test_a_file_that_cannot_be_cleaned_is_not_published_whatever_the_reason(add, data):
    annex = add(data)
    assert "metadata" in refused(annex, "publish", REASON)
    assert api.content.get_state(annex) == "pending"
    do(annex, "hold_back")


def test_the_public_copy_has_no_metadata_and_the_original_is_untouched(add):
    data = pdf("Plan", author=NAME)
    annex = add(data)
    do(annex, "publish", REASON)
    with public.public_copy(annex).open() as stream:
        copy = stream.read()
    assert not PdfReader(io.BytesIO(copy)).metadata
    assert annex.file.data == data


def test_a_redacted_version_that_still_holds_a_name_is_refused_with_the_place(add):
    annex = add(pdf(NAME))
    assert "redacted version" in refused(annex, "redact")
    annex.publicFile = NamedBlobFile(pdf("Plan", NAME), "application/pdf", "public.pdf")
    assert "page 1" in refused(annex, "redact")
    annex.publicFile = NamedBlobFile(pdf("Plan", author=NAME), "application/pdf", "public.pdf")
    do(annex, "redact")
    assert text_of(public.public_copy(annex)).strip() == "Plan"


def test_a_name_that_the_register_learns_later_takes_the_word_back(item, add):
    annex = add(pdf("Plan", NAME, "Ernest Vanbever"))
    do(annex, "publish", REASON)
    assert decisions.obstacle(annex) is None
    know(item, "Ernest Vanbever")
    assert "page 1" in api.portal.translate(decisions.obstacle(annex), lang="fr")
    (check,) = [each for each in checklist(item) if each.id == "annexes-reviewed"]
    assert not check.ok
    assert check.fix == f"{annex.getId()}/@@annex-review"
    do(annex, "review_again")
    do(annex, "publish", REASON)
    assert decisions.obstacle(annex) is None


def test_another_file_is_not_covered_by_the_word_for_the_first(item, add):
    annex = add(pdf("Plan", NAME))
    do(annex, "publish", REASON)
    annex.file = NamedBlobFile(pdf("Autre plan", NAME), "application/pdf", "plan.pdf")
    assert decisions.obstacle(annex) is not None
    public.copy_of(annex, "file")
    assert "page 1" in api.portal.translate(decisions.obstacle(annex), lang="fr")


def test_the_payload_carries_the_clean_copy_and_refuses_what_nobody_released(item, add):
    annex = add(pdf("Plan", "Ernest Vanbever", author=NAME))
    do(annex, "publish", REASON)
    sent = payload.of_item(item, "draft")
    (record,), (ref,) = sent.record.annexes, sent.files
    with ref.blob.open() as stream:
        copy = stream.read()
    assert (record.sha256, record.size) == (ref.sha256, len(copy))
    assert b"Quertinmont" not in copy
    know(item, "Ernest Vanbever")
    with pytest.raises(payload.Unpublishable) as error:
        payload.of_item(item, "draft")
    told = api.portal.translate(error.value.message, lang="fr")
    assert "Annexe n° 1" in told
    assert "page 1" in told
    assert "Vanbever" not in told and "Lettre" not in told


def test_at_delivery_a_file_is_searched_once_more(item, add):
    annex = add(pdf("Plan", "Ernest Vanbever"))
    do(annex, "publish")
    sent = payload.of_item(item, "draft")
    annexes = [
        {
            "uid": annex.UID(),
            "sha256": sent.files[0].sha256,
            "mimeType": "application/pdf",
            "size": 1,
        }
    ]
    payload.refuse_annexes(item, annexes, lambda sha256: sent.files[0].blob.open())
    know(item, "Ernest Vanbever")
    for found in (annexes, [{**annexes[0], "uid": "0" * 32}], [{**annexes[0], "sha256": "0" * 64}]):
        with pytest.raises(payload.Unpublishable):
            payload.refuse_annexes(item, found, lambda sha256: sent.files[0].blob.open())


def test_the_audit_log_says_which_entries_were_released_and_never_their_forms(add):
    annex = add(pdf("Plan", NAME))
    do(annex, "publish", REASON)
    logged = {entry["action"]: entry["comment"] for entry in audit.entries(annex.UID())}
    assert logged["annex-released"] == "p1"
    assert logged["publish"] == REASON
    assert "Quertinmont" not in str(logged)


def test_an_account_takes_a_reason_unless_it_is_the_institutions_own(item, add):
    account = "BE43 0689 9999 9501"
    annex = add(pdf("Plan", f"Compte {account}"))
    assert "reason" in refused(annex, "publish")
    vocabularies.institution_of(item).publicIdentifiers = (account,)
    assert analyses.findings(annex) is None
    do(annex, "publish")
    assert decisions.obstacle(annex) is None


def test_the_same_file_gives_the_same_public_copy_after_the_register_changed(item, add):
    annex = add(pdf("Plan"))
    do(annex, "publish")
    before = payload.of_item(item, "draft").files
    know(item, "Ernest Vanbever")
    assert payload.of_item(item, "draft").files == before
