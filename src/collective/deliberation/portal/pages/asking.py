"""Messages that a reader may send to the institution about an item, begun for him: where it is, what is asked."""

from collective.deliberation import _
from collective.deliberation.portal.pages.rendering import french
from typing import Literal
from zope.i18nmessageid import Message


Matter = Literal["document", "missing", "personal"]

SUBJECTS: dict[Matter, Message] = {
    "document": _("portal_ask_document_subject", default="Request for a document"),
    "missing": _("portal_ask_missing_subject", default="A document is missing on a published page"),
    "personal": _("portal_report_subject", default="Personal data on a published page"),
}
BODIES: dict[Matter, Message] = {
    "document": _(
        "portal_ask_document_body",
        default="Hello,\n\nI would like to receive this document:\n\n\n"
        "It concerns this item: ${url}\n\nYours sincerely,\n",
    ),
    "missing": _(
        "portal_ask_missing_body",
        default="Hello,\n\nOn this page: ${url}\nthis document is missing, or can't be opened:\n\n\n"
        "Yours sincerely,\n",
    ),
    "personal": _(
        "portal_report_body",
        default="Hello,\n\nThis page shows personal data that should not be there: ${url}\n"
        "Where it is on the page (please don't repeat the data itself):\n\n\nYours sincerely,\n",
    ),
}


def message(matter: Matter, url: str) -> tuple[str, str]:
    """Subject and body of a message about the item at ``url``, in French."""
    body = BODIES[matter]
    return french(SUBJECTS[matter]), french(
        Message(body, domain=body.domain, default=body.default, mapping={"url": url})
    )
