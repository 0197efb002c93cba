"""How an item's text came about: its publications, from the first draft to the last correction."""

from collective.deliberation import _
from collective.deliberation.portal.content import PublishedItem
from collective.deliberation.portal.pages import french
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zope.i18nmessageid import Message


@dataclass(frozen=True, slots=True)
class Step:
    """One publication of an item."""

    words: Message
    day: str
    hour: str
    changes_url: str  # where its difference from the one before is shown; empty for the first


def documents_of(item: PublishedItem) -> list[dict[str, Any]]:
    """The wire documents of an item, oldest first, the current one last."""
    earlier = [step["document"] for step in item.history if step.get("document")]
    return [*earlier, item.document]


def publication_days(documents: list[dict[str, Any]]) -> tuple[datetime, datetime]:
    """When the current stage, draft or decision, was published first, and when last."""
    stage = documents[-1]["record"].get("stage")
    same = [each["published"] for each in documents if each["record"].get("stage") == stage]
    return french.moment(same[0]), french.moment(same[-1])


def steps_of(documents: list[dict[str, Any]], url: str) -> list[Step]:
    """The publications of the item at ``url``, in the order of its wire documents."""
    steps = []
    before = None
    for document in documents:
        stage = document["record"].get("stage")
        if stage == "decision":
            first = _("portal_history_decision", default="Decision published")
            again = _("portal_history_decision_again", default="Decision corrected")
        else:
            first = _("portal_history_draft", default="Draft decision published")
            again = _("portal_history_draft_again", default="Draft decision changed")
        when = french.moment(document["published"])
        steps.append(
            Step(
                words=again if stage == before else first,
                day=french.day(when),
                hour=french.hour(when),
                changes_url=f"{url}/modifications?revision={document['revision']}" if steps else "",
            )
        )
        before = stage
    return steps
