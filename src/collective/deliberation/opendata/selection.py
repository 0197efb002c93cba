"""What a list, a feed, a dump or an alert is asked to hold: the search's question, and a body."""

from collections.abc import Mapping
from collective.deliberation import _
from collective.deliberation.portal.pages import query
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs
from urllib.parse import urlencode


BODY = "organe"
NAMES = frozenset({"q", "institution", "annee", "etat", "tri", BODY})


class Unusable(ValueError):
    """A parameter that is given and says nothing usable; ``field`` is its name."""

    def __init__(self, field: str, message):
        super().__init__(field)
        self.field = field
        self.message = message  # a message id


@dataclass(frozen=True, slots=True)
class Selection:
    """Parameters as in the search (see ``query.Question``), and ``organe``, the slug of a body."""

    question: query.Question
    body: str = ""

    @property
    def criteria(self) -> dict[str, Any]:
        """The items of this selection, as a query to the catalog."""
        wanted = self.question.criteria
        return {**wanted, "deliberation_body": self.body} if self.body else wanted

    @property
    def is_empty(self) -> bool:
        """Nothing can be found: only words were asked for that stand in every text."""
        return self.question.common_only

    def address(self, **changes: Any) -> str:
        """The query string of this selection, with its ``?``; empty when it asks for everything."""
        parts = self.question.address(**changes).lstrip("?")
        body = urlencode({BODY: self.body}) if self.body and not self.question.body else ""
        joined = "&".join(filter(None, (parts, body)))
        return f"?{joined}" if joined else ""


def read(form: Mapping[str, Any]) -> Selection:
    """The selection in the parameters of a request, whatever they are."""
    return Selection(query.read(form), query.slug(form, BODY))


def strictly(form: Mapping[str, Any], names: frozenset[str]) -> Selection:
    """As ``read``, for programs: a parameter that would be ignored is refused.

    :raises Unusable: at the first such parameter.
    """
    selection = read(form)
    used = parse_qs(selection.address(page=2).lstrip("?"))
    for name, value in form.items():
        if name not in names:
            raise Unusable(name, _("opendata_unknown", default="There is no such parameter."))
        if not isinstance(value, str):
            raise Unusable(name, _("opendata_once", default="Give this parameter once, as text."))
        if len(value) > query.MAX_INPUT:
            message = _(
                "opendata_too_long",
                default="At most ${most} characters.",
                mapping={"most": query.MAX_INPUT},
            )
            raise Unusable(name, message)
        if value.strip() and name not in used:
            raise Unusable(name, _("opendata_unusable", default="This value can't be used."))
    return selection
