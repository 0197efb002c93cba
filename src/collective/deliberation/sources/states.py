"""How far a meeting or an item of another system comes here, by its state there. Pure."""

from collective.deliberation.sources.values import SourceItem
from collective.deliberation.sources.values import SourceMeeting
from typing import Literal


# Decided: what a body refuses, delays or removes is a decision too, and its text says which.
_DECIDED = (
    "accepted",
    "accepted_but_modified",
    "confirmed",
    "delayed",
    "marked_not_applicable",
    "postponed_next_meeting",
    "refused",
    "removed",
    "transfered",
)
_APPROVED = ("itemfrozen", "itempublished", "pre_accepted", "presented")
_MEETINGS = {
    "archived": "closed",
    "closed": "closed",
    "decided": "held",
    "decisions_published": "held",
    "frozen": "convened",
    "published": "convened",
}


def item_state(item: SourceItem) -> Literal["draft", "approved", "validated"]:
    """A state that we don't know is a draft: nobody here can say that it was validated there."""
    if item.state in _DECIDED:
        return "validated"
    return "approved" if item.state in _APPROVED else "draft"


def meeting_state(
    meeting: SourceMeeting,
) -> Literal["preparation", "convened", "held", "closed"]:
    """As for items: an unknown state publishes nothing."""
    return _MEETINGS.get(meeting.state, "preparation")
