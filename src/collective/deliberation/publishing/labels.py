"""What people call the fields of the wire format, for messages to a clerk."""

from collective.deliberation import _
from zope.i18n import translate


LABELS = {
    "annexes": _("publishing_field_annexes", default="Title of an annex"),
    "attendance": _("meeting_attendance", default="Present, excused, absent"),
    "bodyTitle": _("meeting_body", default="Body"),
    "category": _("item_category", default="Category"),
    "draftDecision": _("item_draft_decision", default="Draft decision"),
    "location": _("meeting_location", default="Place"),
    "motivation": _("item_motivation", default="Motivation"),
    "number": _("item_number", default="Number"),
    "reason": _("publishing_field_reason", default="Reason of the withdrawal"),
    "representatives": _("item_representatives", default="Elected representatives in charge"),
    "resolutionText": _("item_resolution", default="Decision"),
    "title": _("item_title", default="Title"),
    "votes": _("item_votes", default="Votes"),
}


def label(field: str, language: str = "fr") -> str:
    """The label of a field; messages are kept in the database, so it is given in one language."""
    return translate(LABELS.get(field, field), target_language=language)
