"""What a visitor asks the search, read from the address. Pure: any input gives a question, none an error."""

import re
from collections.abc import Mapping
from collective.deliberation.portal.pages import words
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


@dataclass(frozen=True, slots=True)
class Question:
    """One search. ``terms`` are what must all occur: folded words, or several of them for a phrase."""

    text: str = ""  # as typed, shortened
    terms: tuple[tuple[str, ...], ...] = ()
    institution: str = ""
    year: str = ""
    stage: str = ""  # a key of STAGES
    order: str = ""  # one of ORDERS
    page: int = 1

    @property
    def common_only(self) -> bool:
        """Something was typed, and nothing of it can be searched."""
        return bool(self.text) and not self.terms

    @property
    def words(self) -> frozenset[str]:
        return frozenset(word for term in self.terms for word in term)

    @property
    def index_query(self) -> str:
        """The query for the text index: only quoted folded words and AND, so it always parses."""
        return " AND ".join(f'"{" ".join(term)}"' for term in self.terms)

    @property
    def criteria(self) -> dict[str, Any]:
        """The question to the catalog, without an order."""
        asked = {
            "deliberation_text": self.index_query if self.terms else "",
            "deliberation_institution": self.institution,
            "deliberation_year": self.year,
            "deliberation_stage": STAGES[self.stage] if self.stage else "",
        }
        wanted = {name: value for name, value in asked.items() if value}
        return {"deliberation_kind": "item", **wanted}

    def address(self, **changes: Any) -> str:
        """The query string of this question with some parts changed, from the first page on."""
        asked = replace(self, **{"page": 1, **changes})
        parts = {
            "q": asked.text,
            "institution": asked.institution,
            "annee": asked.year,
            "etat": asked.stage,
            "tri": asked.order,
            "page": "" if asked.page == 1 else asked.page,
        }
        return "?" + urlencode({name: value for name, value in parts.items() if value})


def read(form: Mapping[str, Any]) -> Question:
    """The question in the parameters of a request, whatever they are."""
    text = " ".join(_printable(_first(form, "q"))[:MAX_INPUT].split())
    return Question(
        text=text,
        terms=tuple(_terms(text))[:MAX_TERMS],
        institution=slug(form, "institution"),
        year=_match(_first(form, "annee"), _YEAR),
        stage=_one_of(_first(form, "etat"), STAGES),
        order=_one_of(_first(form, "tri"), ORDERS),
        page=_page(_first(form, "page")),
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
        phrase = tuple(words.words(match[1] or match[2] or match[3] or ""))
        if phrase and phrase not in seen:
            seen.add(phrase)
            yield phrase
    rest.append(text[position:])
    for word in words.words(" ".join(rest)):
        if (word,) not in seen:
            seen.add((word,))
            yield (word,)


def _first(form: Mapping[str, Any], name: str) -> str:
    value = form.get(name, "")
    if isinstance(value, (list, tuple)) and value:
        value = value[0]
    return value if isinstance(value, str) else ""


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text[: MAX_INPUT * 4])


def _match(value: str, pattern: re.Pattern[str]) -> str:
    return value if len(value) < 100 and pattern.fullmatch(value) else ""


def _one_of(value: str, choices) -> str:
    return value if value in choices else ""


def _page(value: str) -> int:
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 6 else 1
    return min(max(number, 1), MAX_PAGE)
