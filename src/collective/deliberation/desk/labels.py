"""Words for workflow states and transitions, and the colour that goes with a state's word."""

from collective.deliberation import _


STATES = {
    "draft": (_("state_draft", default="Draft"), "secondary"),
    "proposed": (_("state_proposed", default="Proposed, to be approved"), "warning"),
    "approved": (_("state_approved", default="Approved"), "primary"),
    "decided": (_("state_decided", default="Decided, to be validated"), "warning"),
    "validated": (_("state_validated", default="Validated"), "success"),
    "withdrawn": (_("state_withdrawn", default="Withdrawn"), "danger"),
    "preparation": (_("state_preparation", default="In preparation"), "secondary"),
    "convened": (_("state_convened", default="Convened"), "primary"),
    "held": (_("state_held", default="Held"), "warning"),
    "closed": (_("state_closed", default="Closed"), "success"),
    "pending": (_("state_pending", default="To review"), "warning"),
    "publishable": (_("state_publishable", default="To publish as it is"), "success"),
    "redacted": (_("state_redacted", default="Redacted version to publish"), "success"),
}
# The same state, in another word.
OTHER_WORDS = {
    ("Annex", "held"): (_("state_annex_held", default="Held back"), "secondary"),
    ("Meeting", "withdrawn"): (_("state_withdrawn_meeting", default="Withdrawn"), "danger"),
}

TRANSITIONS = {
    "propose": _("transition_propose", default="Propose"),
    "approve": _("transition_approve", default="Approve"),
    "reject": _("transition_reject", default="Send back"),
    "decide": _("transition_decide", default="Record the decision"),
    "validate": _("transition_validate", default="Validate the decision"),
    "revise": _("transition_revise", default="Correct the decision"),
    "withdraw": _("transition_withdraw", default="Withdraw"),
    "reopen": _("transition_reopen", default="Open again"),
    "convene": _("transition_convene", default="Convene"),
    "hold": _("transition_hold", default="Mark as held"),
    "close": _("transition_close", default="Close"),
    "prepare": _("transition_prepare", default="Prepare again"),
    "publish": _("transition_publish", default="Publish as it is"),
    "hold_back": _("transition_hold_back", default="Hold back"),
    "redact": _("transition_redact", default="Publish the redacted version"),
    "review_again": _("transition_review_again", default="Review again"),
}
# What a transition does, said before it is done.
CONSEQUENCES = {
    "propose": _(
        "does_propose", default="A clerk can then approve it. You can't change it any more."
    ),
    "approve": _(
        "does_approve",
        default="Once the meeting is convened, the draft is published on the portal within seconds.",
    ),
    "reject": _("does_reject", default="It goes back to its author, with your reason."),
    "decide": _("does_decide", default="The decision then waits for a clerk's validation."),
    "validate": _(
        "does_validate",
        default="Once the meeting is closed, the decision is published on the portal within seconds.",
    ),
    "revise": _(
        "does_revise",
        default="What is public stays as it is until the corrected decision is validated.",
    ),
    "withdraw": _(
        "does_withdraw",
        default="The portal stops showing it. Its address says that it was withdrawn, and why.",
    ),
    "convene": _(
        "does_convene",
        default="The approved items of the public session are published on the portal as drafts.",
    ),
    "close": _(
        "does_close",
        default="The validated items of the public session are published on the portal as decisions.",
    ),
    "publish": _("does_publish", default="The file goes on line with its item."),
    "hold_back": _("does_hold_back", default="The file stays on the desk."),
    "redact": _("does_redact", default="The redacted version goes on line instead of the file."),
}


def state_label(content, state):
    """``(message id, colour)`` of a state."""
    return OTHER_WORDS.get((content.portal_type, state)) or STATES[state]
