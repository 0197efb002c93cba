"""Every mention of every entry in the texts of a content, with its surroundings."""

from collective.deliberation import _
from collective.deliberation.content.review.texts import ANNEX
from collective.deliberation.content.review.texts import texts_of
from collective.deliberation.pseudonym.matching import matcher
from collective.deliberation.pseudonym.register import Register
from dataclasses import dataclass
from typing import Any


CONTEXT = 30  # characters on each side
FIELDS = {
    "title": _("text_title", default="Title"),
    "motivation": _("item_motivation", default="Motivation"),
    "draftDecision": _("item_draft_decision", default="Draft decision"),
    "resolutionText": _("item_resolution", default="Decision"),
    "votes": _("item_votes", default="Votes"),
    "attendance": _("fieldset_attendance", default="Attendance"),
    "location": _("meeting_location", default="Place"),
}


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention: ``field`` is for people."""

    field: Any
    before: str
    words: str
    after: str


def mentions_of(content, register: Register) -> dict[str, list[Mention]]:
    """The mentions of each entry by its id, in the order in which they are read."""
    match = matcher(register)
    found: dict[str, list[Mention]] = {}
    for name, text in texts_of(content).items():
        field = FIELDS.get(
            name.partition(ANNEX)[0] or ANNEX, _("text_annex", default="Title of an annex")
        )
        for hit in match.find(text):
            before = text[max(0, hit.start - CONTEXT) : hit.start]
            after = text[hit.end : hit.end + CONTEXT]
            mention = Mention(field, before, text[hit.start : hit.end], after)
            found.setdefault(hit.entry.id, []).append(mention)
    return found
