"""An item's way from draft to validated decision: who may, what is missing, who may not twice."""

import pytest
from collective.deliberation.workflow import audit
from collective.deliberation.workflow.checklist import checklist
from plone import api
from plone.app.textfield.value import RichTextValue
from Products.CMFCore.WorkflowCore import WorkflowException


def act(item, transition, comment=""):
    api.portal.get_tool("portal_workflow").doActionFor(item, transition, comment=comment)


def test_an_agent_proposes_and_a_clerk_approves(item, as_user):
    with as_user("agent"):
        act(item, "propose")
    with as_user("clerk"):
        act(item, "approve")
    assert api.content.get_state(item) == "approved"


def test_an_agent_may_not_approve(item, as_user):
    with as_user("agent"):
        act(item, "propose")
        with pytest.raises(WorkflowException):
            act(item, "approve")


def test_who_proposed_may_not_approve(item, as_user):
    with as_user("clerk"):
        act(item, "propose")
        with pytest.raises(WorkflowException, match="autre|another"):
            act(item, "approve")


def test_an_item_without_text_is_refused_by_name(item, as_user):
    item.motivation = item.draftDecision = RichTextValue("<p>&nbsp;</p>", "text/html", "text/html")
    with as_user("agent"):
        act(item, "propose")
    with as_user("clerk"), pytest.raises(WorkflowException) as refusal:
        act(item, "approve")
    assert [check.id for check in checklist(item) if not check.ok] == ["text-present"]
    assert str(refusal.value)


def test_sending_back_needs_a_reason(item, as_user):
    with as_user("agent"):
        act(item, "propose")
    with as_user("clerk"):
        with pytest.raises(WorkflowException):
            act(item, "reject", comment="  ")
        act(item, "reject", comment="Le montant manque.")
    assert api.content.get_state(item) == "draft"


def test_a_decision_is_recorded_once_the_meeting_was_held_and_validated_by_another(
    item, meeting, as_user
):
    with as_user("agent"):
        act(item, "propose")
    with as_user("clerk"):
        act(item, "approve")
        act(meeting, "convene")
    with as_user("agent"), pytest.raises(WorkflowException):
        act(item, "decide")
    with as_user("clerk"):
        act(meeting, "hold")
    with as_user("agent"):
        item.resolutionText = RichTextValue("<p>Accordée.</p>", "text/html", "text/html")
        act(item, "decide")
    with as_user("clerk"):
        act(item, "validate")
    assert api.content.get_state(item) == "validated"


def test_what_was_done_stays_in_the_audit_log_when_the_item_is_gone(item, as_user):
    uid = item.UID()
    with as_user("agent"):
        act(item, "propose")
    api.content.delete(item)
    assert [(e["action"], e["actor"]) for e in audit.entries(uid)] == [("propose", "agent")]


def test_nobody_changes_the_draft_of_an_approved_item(item, as_user):
    with as_user("agent"):
        act(item, "propose")
    with as_user("clerk"):
        act(item, "approve")
        assert not api.user.has_permission("collective.deliberation: Edit draft", obj=item)
        assert api.user.has_permission("collective.deliberation: Edit decision", obj=item)
