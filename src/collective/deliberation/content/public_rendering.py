"""What the public will read of an item or a meeting: neutralised, then presented as the institution chose."""

from collections.abc import Collection
from collective.deliberation import _
from collective.deliberation.content import vocabularies
from collective.deliberation.content.register import FIELDS
from collective.deliberation.content.register import register_of
from collective.deliberation.content.review.decisions import exempted
from collective.deliberation.pseudonym import gate
from collective.deliberation.pseudonym import neutralise
from collective.deliberation.pseudonym import present
from collective.deliberation.pseudonym.fragment import Withheld
from collective.deliberation.pseudonym.register import Entry
from collective.deliberation.pseudonym.register import Register
from collective.deliberation.pseudonym.tokens import Token
from dataclasses import dataclass
from typing import Any


_UNJUDGED = "A national number or an account stands here and nobody has judged it: review it first."
_STILL_READ = "A name of the register can still be read in this text: mark it and save again."


@dataclass(frozen=True, slots=True)
class PublicText:
    """One text, as the desk has it and as the public reads it.

    ``desk`` and ``public`` are HTML where ``rich``, else plain text; ``withheld`` says why the text can't
    be published, and ``public`` is empty then.
    """

    name: str
    title: Any
    rich: bool
    desk: str
    public: str
    withheld: str = ""


def policy_of(content) -> present.Policy:
    """How the institution of ``content`` shows what is hidden."""
    institution = vocabularies.institution_of(content)
    return present.Policy(person=institution.pseudonymPolicy) if institution else present.Policy()


def pseudonym(entry: Entry, policy: present.Policy) -> str:
    """What stands for an entry in plain text."""
    return present.plain_text(Token.of(entry).plain(), policy)


def public_texts(content, register: Register | None = None) -> tuple[PublicText, ...]:
    """The texts of an item or a meeting that hold something, in the order of their reading.

    With another ``register`` than its own: what the public would read if that were it.
    """
    register = register_of(content) if register is None else register
    policy, exempt = policy_of(content), exempted(content)
    given = (register, policy, exempt)
    found = [_plain("title", _("text_title", default="Title"), content.title, *given)]
    rich = {
        "motivation": _("item_motivation", default="Motivation"),
        "draftDecision": _("item_draft_decision", default="Draft decision"),
        "resolutionText": _("item_resolution", default="Decision"),
        "attendance": _("fieldset_attendance", default="Attendance"),
    }
    for name in FIELDS[content.portal_type]:
        value = getattr(content, name, None)
        if value is not None and (value.raw or "").strip():
            found.append(_rich(content, name, rich[name], value, *given))
    votes = getattr(content, "votes", None)
    if votes:
        found.append(_plain("votes", _("item_votes", default="Votes"), votes, *given))
    for annex in content.objectValues():
        if annex.portal_type == "Annex":
            title = _("text_annex", default="Title of an annex")
            found.append(_plain(annex.getId(), title, annex.title, *given))
    return tuple(found)


def _rich(content, name, title, value, register: Register, policy, exempt) -> PublicText:
    desk = value.output_relative_to(content)
    try:
        neutral = neutralise.rich_text(value.raw, register)
        _search(neutral, register, exempt)
        return PublicText(name, title, True, desk, present.rich_text(neutral, policy))
    except Withheld as withheld:
        return PublicText(name, title, True, desk, "", withheld.reason)


def _plain(name, title, text: str, register: Register, policy, exempt) -> PublicText:
    try:
        neutral = neutralise.plain_text(text or "", register)
        _search(neutral, register, exempt)
        return PublicText(name, title, False, text, present.plain_text(neutral, policy))
    except Withheld as withheld:
        return PublicText(name, title, False, text, "", withheld.reason)


def _search(neutral: str, register: Register, exempt: Collection[str]) -> None:
    """The same search that a delivery makes: what it would stop isn't shown as public here."""
    hits = gate.search(neutral, register, exempt)
    if hits:
        raise Withheld(_STILL_READ if any(hit.entry_id for hit in hits) else _UNJUDGED)
