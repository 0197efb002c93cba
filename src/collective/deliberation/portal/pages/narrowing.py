"""What the results of a search can be narrowed by: each choice is a link that says how many it leaves."""

from collections.abc import Callable
from collective.deliberation import _
from collective.deliberation.content.vocabularies import INSTITUTION_KINDS
from collective.deliberation.portal.pages import query
from collective.deliberation.portal.search.document import Count
from collective.deliberation.portal.search.document import Found
from collective.deliberation.portal.search.document import WITH_ANNEXES
from collective.deliberation.portal.search.index import SearchIndex
from dataclasses import dataclass
from zope.i18nmessageid import Message


SHOWN = 8  # values of a facet; the others are behind a link
MOST = 500  # values of a facet listed whole

# In the order in which they are shown.
TITLES = {
    "stage": _("portal_stage", default="State"),
    "institution": _("portal_institution", default="Institution"),
    "kind": _("portal_kind", default="Kind of institution"),
    "body": _("portal_body", default="Body"),
    "year": _("portal_year", default="Year"),
    "category": _("portal_category", default="Category"),
    "representative": _("portal_representatives", default="In charge"),
    "annexes": _("portal_annexes", default="Annexes"),
}
WORDS = {
    ("stage", "draft"): _("portal_drafts", default="Draft decisions"),
    ("stage", "decision"): _("portal_decisions", default="Decisions"),
    ("annexes", WITH_ANNEXES): _("portal_with_annexes", default="With annexes"),
    **{("kind", name): title for name, title in INSTITUTION_KINDS.items()},
}
_STAGES = {value: parameter for parameter, value in query.STAGES.items()}


@dataclass(frozen=True, slots=True)
class Choice:
    label: str | Message
    count: int
    address: (
        str  # query string of the search with this choice; of the search without it when chosen
    )
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    title: Message
    choices: tuple[Choice, ...]
    all_address: str  # query string that lists all values; empty when all are there


def facets(
    asked: query.Question, index: SearchIndex, found: Found, find: Callable[[str], Found]
) -> list[Facet]:
    """What the results can be narrowed by.

    :param find: the answer to the same question without what it says of one dimension
    """
    answer = []
    for name, title in TITLES.items():
        chosen = asked.filters.get(name, "")
        if name == "representative" and not (asked.institution or chosen):
            continue  # the names of all councils together help nobody
        among = find(name).all if chosen else found.all
        unfolded = asked.unfolded == name
        counts = index.counts(name, among, MOST if unfolded else SHOWN + 1)
        if name == "year":
            counts.sort(key=lambda each: each.value, reverse=True)
        shown = counts if unfolded else counts[:SHOWN]
        if chosen and chosen not in {each.value for each in shown}:
            count = next((each.count for each in counts if each.value == chosen), None)
            if count is None:
                count = found.all.bit_count()
            shown = [*shown[: SHOWN - 1], Count(chosen, index.label(name, chosen), count)]
        choices = tuple(_choice(asked, name, each, chosen) for each in shown)
        if choices and (len(choices) > 1 or chosen or name == "annexes"):
            more = len(counts) > len(shown)
            answer.append(Facet(name, title, choices, asked.address(unfolded=name) if more else ""))
    return answer


def _choice(asked: query.Question, name: str, each: Count, chosen: str) -> Choice:
    is_chosen = each.value == chosen
    value = _STAGES.get(each.value, "") if name == "stage" else each.value
    return Choice(
        label=WORDS.get((name, each.value), each.label),
        count=each.count,
        address=asked.address(**{name: "" if is_chosen else value}),
        chosen=is_chosen,
    )
