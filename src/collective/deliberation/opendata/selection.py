"""What a list, a feed, a dump or an alert is asked to hold: the question of the search, read strictly."""

from collections.abc import Mapping
from collective.deliberation import _
from collective.deliberation.portal.pages import query
from typing import Any


NAMES = frozenset({"q", "tri", *query.PARAMETERS.values()})
# What can be asked of meetings, too: the field of a question, the index of the catalog.
OF_MEETINGS = {
    "institution": "deliberation_institution",
    "year": "deliberation_year",
    "body": "deliberation_body",
}
NAMES_OF_MEETINGS = frozenset(query.PARAMETERS[name] for name in OF_MEETINGS)


class Unusable(ValueError):
    """A parameter that is given and says nothing usable; ``field`` is its name."""

    def __init__(self, field: str, message):
        super().__init__(field)
        self.field = field
        self.message = message  # a message id


def of_meetings(asked: query.Question) -> dict[str, Any]:
    """What of a question can be asked of meetings, as a query to the catalog."""
    chosen = {index: getattr(asked, name) for name, index in OF_MEETINGS.items()}
    return {index: value for index, value in chosen.items() if value}


def asks_items_only(asked: query.Question) -> bool:
    """Whether a question asks for something that only items have."""
    return not set(asked.parameters(order="")) <= NAMES_OF_MEETINGS


def address(asked: query.Question, **changes: Any) -> str:
    """The query string of a question, with its ``?``; empty when it asks for everything."""
    found = asked.address(**changes)
    return "" if found == "?" else found


def strictly(form: Mapping[str, Any], names: frozenset[str]) -> query.Question:
    """The question in a form, for programs: a parameter that would be ignored is refused.

    :raises Unusable: at the first such parameter.
    """
    asked = query.read(form)
    used = asked.parameters()
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
    return asked
