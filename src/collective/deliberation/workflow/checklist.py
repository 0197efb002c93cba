"""What an item lacks before a clerk may approve or validate it: computed, never ticked by hand."""

from collective.deliberation import _
from collective.deliberation.content.annexes import decisions
from collective.deliberation.content.register import register_of
from collective.deliberation.content.review.decisions import is_confirmed
from collective.deliberation.content.review.decisions import open_groups
from collective.deliberation.content.vocabularies import institution_of
from collective.deliberation.pseudonym import neutralise
from collective.deliberation.pseudonym.fragment import Withheld
from dataclasses import dataclass
from lxml import html
from plone import api
from typing import Any
from zope.i18n import translate


REVIEW = "@@review-personal-data"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist.

    ``title`` and ``message`` are message ids. The message says what is missing and how to mend it;
    when the check is ok it is empty or a remark. ``fix`` is the view, below the item, that mends it.
    """

    id: str
    title: Any
    ok: bool
    message: Any = ""
    fix: str = ""


def checklist(item) -> tuple[Check, ...]:
    """The checks for the next human validation of an item: approval, or once approved the decision."""
    return (
        _title(item),
        _text(item),
        _personal_data(item),
        _annexes(item),
        _session(item),
    )


def missing(item) -> tuple[Check, ...]:
    """The checks that keep the next validation from being done."""
    return tuple(check for check in checklist(item) if not check.ok)


def has_text(value) -> bool:
    """Whether a rich text holds anything to read (a table of empty cells doesn't)."""
    if value is None or not (value.raw or "").strip():
        return False
    try:
        return bool(html.fragment_fromstring(value.raw, create_parent=True).text_content().strip())
    except (ValueError, AssertionError):
        return False


def _title(item) -> Check:
    ok = bool((item.title or "").strip())
    message = "" if ok else _("check_title_missing", default="The item has no title: give it one.")
    return Check("title-present", _("check_title", default="Title"), ok, message, "edit")


def _text(item) -> Check:
    if api.content.get_state(item) in ("draft", "proposed"):
        ok = has_text(item.motivation) or has_text(item.draftDecision)
        message = _(
            "check_draft_missing",
            default="There is neither a motivation nor a draft decision: write at least one.",
        )
        title = _("check_draft", default="Text of the draft")
    else:
        ok = has_text(item.resolutionText)
        message = _(
            "check_decision_missing",
            default="The decision has no text: write it in the field “Decision”.",
        )
        title = _("check_decision", default="Text of the decision")
    return Check("text-present", title, ok, "" if ok else message, "edit")


def _personal_data(item) -> Check:
    """Every suggestion accepted or rejected, and every text in a state to be pseudonymised."""
    title = _("check_personal_data", default="Personal data")
    register = register_of(item)
    try:
        for value in (item.motivation, item.draftDecision, item.resolutionText):
            neutralise.rich_text(value.raw if value is not None else "", register)
        for text in (item.title, item.votes, item.category):
            neutralise.plain_text(text or "", register)
    except Withheld as withheld:
        message = _(
            "check_withheld",
            default="A text can't be published as it is: ${reason}",
            mapping={"reason": withheld.reason},
        )
        return Check("personal-data-reviewed", title, False, message, "edit")
    left = open_groups(item)
    if left:
        message = _(
            "check_suggestions_open",
            default="Still to be judged: ${count} suggestions. Hide each, or leave it public.",
            mapping={"count": str(len(left))},
        )
        return Check("personal-data-reviewed", title, False, message, REVIEW)
    if getattr(institution_of(item), "secondReader", False) and not is_confirmed(item):
        message = _(
            "check_second_reader",
            default="Reviewed; a second reader, who judged none of it, must still confirm.",
        )
        return Check("personal-data-reviewed", title, False, message, REVIEW)
    if register.entries:
        message = _(
            "check_personal_data_count",
            default="${count} hidden from the public: look at the public preview.",
            mapping={"count": str(len(register.entries))},
        )
    else:
        message = _(
            "check_personal_data_none",
            default="Nothing is marked. If the text names a private person, mark the name first.",
        )
    return Check("personal-data-reviewed", title, True, message, REVIEW)


def _annexes(item) -> Check:
    annexes = [each for each in item.objectValues() if each.portal_type == "Annex"]
    pending = [annex for annex in annexes if api.content.get_state(annex) == "pending"]
    again = [(annex, why) for annex in annexes if (why := decisions.obstacle(annex))]
    message: Any = ""
    if pending:
        message = _(
            "check_annexes_pending",
            default="Decide for each: publish, hold back, or publish a redacted version: ${titles}.",
            mapping={"titles": ", ".join(f"« {annex.title} »" for annex in pending)},
        )
    elif again:
        annex, why = again[0]
        message = _(
            "check_annexes_again",
            default="Review the annex “${title}” again: ${why}",
            mapping={"title": annex.title, "why": translate(why, target_language="fr")},
        )
    first = next(iter((*pending, *(annex for annex, _why in again))), None)
    fix = f"{first.getId()}/@@annex-review" if first is not None else ""
    ok = first is None
    return Check("annexes-reviewed", _("check_annexes", default="Annexes"), ok, message, fix)


def _session(item) -> Check:
    """Never an obstacle: it says whether the item will leave the desk at all."""
    message = ""
    if not (item.public and item.__parent__.public):
        message = _(
            "check_session_closed", default="Closed session: this item never leaves the desk."
        )
    return Check("session-public", _("check_session", default="Session"), True, message)
