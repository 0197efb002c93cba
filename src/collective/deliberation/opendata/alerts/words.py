"""How an alert is called: what it asks for, in French."""

import re
from collective.deliberation import _
from collective.deliberation.content.vocabularies import INSTITUTION_KINDS
from collective.deliberation.content.vocabularies import titled_slugs
from collective.deliberation.opendata.alerts import matching
from collective.deliberation.portal.pages import query
from collective.deliberation.portal.pages.rendering import french


LONGEST = 80
_UNFIT = re.compile(r"[^\w\s'’\"«»-]+")


def describe(site, asked: query.Question) -> str:
    """``« voirie », Valbourg, 2025, décisions``; all publications where nothing is asked.

    Free words are shortened and cleaned: anybody can have a message with them sent to anybody.
    """
    institution = site.get(asked.institution) if asked.institution else None
    bodies = titled_slugs(getattr(institution, "bodies", ()))
    parts = [
        f"«\N{NO-BREAK SPACE}{_safe(asked.text)}\N{NO-BREAK SPACE}»" if asked.text else "",
        institution.Title() if institution is not None else asked.institution,
        french(INSTITUTION_KINDS.get(asked.kind, asked.kind)) if asked.kind else "",
        bodies.get(asked.body, asked.body),
        _safe(asked.category),
        _safe(asked.representative),
        asked.year,
        french(_STAGES[asked.stage]).lower() if asked.stage else "",
        french(_("alert_with_annexes", default="with annexes")) if asked.annexes else "",
    ]
    everything = french(_("alert_everything", default="all publications"))
    return ", ".join(filter(None, parts)) or everything


def of_text(site, text: str) -> str:
    return describe(site, matching.question(text))


_STAGES = {
    "projet": _("portal_drafts", default="Draft decisions"),
    "decision": _("portal_decisions", default="Decisions"),
}


def _safe(text: str) -> str:
    return " ".join(_UNFIT.sub(" ", text).split())[:LONGEST]
