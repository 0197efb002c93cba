"""The texts of an item for a document: in clear, or pseudonymised as everything public is."""

from collective.deliberation import _
from collective.deliberation.content.meeting import body_title
from collective.deliberation.content.register import register_of
from collective.deliberation.content.review.decisions import exempted
from collective.deliberation.documents.extract import Texts
from collective.deliberation.pseudonym import gate
from collective.deliberation.pseudonym import neutralise
from collective.deliberation.pseudonym import present
from dataclasses import asdict
from dataclasses import replace


class NotPublic(Exception):
    """A document has no public version; the first argument is a message for people."""


def clear(item, draft: bool) -> Texts:
    """As written. Only for those who may view personal data."""
    meeting = item.__parent__
    return Texts(
        title=item.title or "",
        attendance=_raw(meeting.attendance),
        motivation=_raw(item.motivation),
        decision=_raw(item.draftDecision if draft else item.resolutionText),
        votes="" if draft else item.votes or "",
        location=meeting.location or "",
        body_title=body_title(meeting),
    )


def pseudonymised(item, draft: bool, policy: present.Policy) -> Texts:
    """As everyone may read it.

    :raises NotPublic: for a closed session, and when a text can't be made safe
    """
    meeting = item.__parent__
    if not (item.public and meeting.public):
        raise NotPublic(
            _(
                "extract_closed_session",
                default="This item is of a closed session: it has no public version.",
            )
        )
    source = clear(item, draft)
    own, sitting = register_of(item), register_of(meeting)
    try:
        neutral = Texts(
            title=neutralise.plain_text(source.title, own),
            motivation=neutralise.rich_text(source.motivation, own),
            decision=neutralise.rich_text(source.decision, own),
            votes=neutralise.plain_text(source.votes, own),
            attendance=neutralise.rich_text(source.attendance, sitting),
            location=neutralise.plain_text(source.location, sitting),
            body_title=neutralise.plain_text(source.body_title, sitting),
        )
    except neutralise.Withheld as withheld:
        raise NotPublic(
            _(
                "extract_withheld",
                default="No public version: a text can't be read whole, so that nobody knows what it "
                "would show. Open the item, correct its text and save it.",
            )
        ) from withheld
    exempt = exempted(item) | exempted(meeting)
    for entry in (own, sitting):
        if gate.search(asdict(neutral), entry, exempt):
            raise NotPublic(
                _(
                    "extract_leak",
                    default="No public version: personal data would still be readable in it. "
                    "Open the item and check its marks.",
                )
            )
    rich = ("attendance", "motivation", "decision")
    return replace(
        neutral,
        **{
            name: (present.rich_text if name in rich else present.plain_text)(text, policy)
            for name, text in asdict(neutral).items()
        },
    )


def _raw(value) -> str:
    return value.raw if value is not None else ""
