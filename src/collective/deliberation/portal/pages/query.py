"""What a visitor asks the search, read from the address. Pure: any input gives a question, none an error."""

import re
from collections.abc import Mapping
from collective.deliberation.portal.search import words
from collective.deliberation.portal.search.document import Sought
from collective.deliberation.portal.search.document import WITH_ANNEXES
from collective.deliberation.portal.search.index import INDEX
from dataclasses import dataclass
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode


MAX_INPUT = 200  # characters of the search field that count
MAX_TERMS = 12
MAX_PAGE = 500
STAGES = {"projet": "draft", "decision": "decision"}
ORDERS = ("pertinence", "date")

_PHRASE = re.compile(r'"([^"]*)"|«([^»]*)»|“([^”]*)”')
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_YEAR = re.compile(r"(19|20)\d\d")


# The parameters that narrow: by the field of a question that each fills.
PARAMETERS = {
    "institution": "institution",
    "kind": "genre",
    "body": "organe",
    "year": "annee",
    "category": "categorie",
    "representative": "mandataire",
    "stage": "etat",
    "annexes": "annexes",
}
_CATALOGUED = ("institution", "body", "year", "stage")  # have an index of the catalog, too


@dataclass(frozen=True, slots=True)
class Question:
    """One search. ``terms`` are what must all occur: the stem of a word, or several of them for a phrase."""

    text: str = ""  # as typed, shortened
    terms: tuple[tuple[str, ...], ...] = ()
    institution: str = ""  # slug
    kind: str = ""  # of institution
    body: str = ""  # slug
    year: str = ""
    category: str = ""
    representative: str = ""
    stage: str = ""  # a key of STAGES
    annexes: str = ""  # WITH_ANNEXES, or nothing
    order: str = ""  # one of ORDERS
    page: int = 1
    unfolded: str = ""  # the dimension of which all values are listed

    @property
    def common_only(self) -> bool:
        """Something was typed, and nothing of it can be searched."""
        return bool(self.text) and not self.terms

    @property
    def words(self) -> frozenset[str]:
        """The stems asked for."""
        return frozenset(word for term in self.terms for word in term)

    @property
    def filters(self) -> dict[str, str]:
        """What narrows the search: dimension of the index, value there."""
        chosen = {name: getattr(self, name) for name in PARAMETERS if getattr(self, name)}
        if self.stage:
            chosen["stage"] = STAGES[self.stage]
        return chosen

    def sought(self, viewers: tuple[str, ...] | None = None, without: str = "") -> Sought:
        """The question to the search's index, for what some viewers may see."""
        filters = tuple((name, value) for name, value in self.filters.items() if name != without)
        return Sought(self.terms, filters, viewers)

    @property
    def criteria(self) -> dict[str, Any]:
        """The question to the catalog, without an order: then the text index ranks."""
        own = {name: value for name, value in self.filters.items() if name in _CATALOGUED}
        other = tuple(pair for pair in self.filters.items() if pair[0] not in _CATALOGUED)
        asked = {f"deliberation_{name}": value for name, value in own.items()}
        if self.terms or other:
            asked[INDEX] = {"query": Sought(self.terms, other)}
        return {"deliberation_kind": "item", **asked}

    def address(self, **changes: Any) -> str:
        """The query string of this question with some parts changed, from the first page on."""
        return "?" + urlencode(self.parameters(**changes))

    def parameters(self, **changes: Any) -> dict[str, Any]:
        asked = replace(self, **{"page": 1, "unfolded": "", **changes})
        parts = {
            "q": asked.text,
            **{parameter: getattr(asked, name) for name, parameter in PARAMETERS.items()},
            "tri": asked.order,
            "tous": PARAMETERS.get(asked.unfolded, ""),
            "page": "" if asked.page == 1 else asked.page,
        }
        return {name: value for name, value in parts.items() if value}

    def everywhere(self) -> "Question":
        """The same without what narrows."""
        return replace(self, **dict.fromkeys(PARAMETERS, ""), page=1, unfolded="")


def read(form: Mapping[str, Any]) -> Question:
    """The question in the parameters of a request, whatever they are."""
    text = " ".join(_printable(_first(form, "q"))[:MAX_INPUT].split())
    unfolded = {parameter: name for name, parameter in PARAMETERS.items()}
    return Question(
        text=text,
        terms=tuple(_terms(text))[:MAX_TERMS],
        institution=slug(form, "institution"),
        kind=slug(form, "genre"),
        body=slug(form, "organe"),
        year=_match(_first(form, "annee"), _YEAR),
        category=_line(form, "categorie"),
        representative=_line(form, "mandataire"),
        stage=_one_of(_first(form, "etat"), STAGES),
        annexes=_one_of(_first(form, "annexes"), (WITH_ANNEXES,)),
        order=_one_of(_first(form, "tri"), ORDERS),
        page=_page(_first(form, "page")),
        unfolded=unfolded.get(_first(form, "tous"), ""),
    )


def slug(form: Mapping[str, Any], name: str) -> str:
    """A parameter that is a name in addresses; empty when it is none."""
    return _match(_first(form, name), _SLUG)


def _terms(text: str):
    seen = set()
    rest = []
    position = 0
    for match in _PHRASE.finditer(text):
        rest.append(text[position : match.start()])
        position = match.end()
        phrase = tuple(words.stems(match[1] or match[2] or match[3] or ""))
        if phrase and phrase not in seen:
            seen.add(phrase)
            yield phrase
    rest.append(text[position:])
    for word in words.stems(" ".join(rest)):
        if (word,) not in seen:
            seen.add((word,))
            yield (word,)


def _first(form: Mapping[str, Any], name: str) -> str:
    value = form.get(name, "")
    if isinstance(value, (list, tuple)) and value:
        value = value[0]
    return value if isinstance(value, str) else ""


def _line(form: Mapping[str, Any], name: str) -> str:
    return " ".join(_printable(_first(form, name))[:MAX_INPUT].split())


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text[: MAX_INPUT * 4])


def _match(value: str, pattern: re.Pattern[str]) -> str:
    return value if len(value) < 100 and pattern.fullmatch(value) else ""


def _one_of(value: str, choices) -> str:
    return value if value in choices else ""


def _page(value: str) -> int:
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 1
    return min(max(number, 1), MAX_PAGE)
