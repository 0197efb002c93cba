"""The roster as somebody gives it to the command: names or objects, in French or English, with or without dates."""

import re
from collections.abc import Iterator
from collections.abc import Mapping
from collective.deliberation.pseudonym.detection import lexicon
from collective.deliberation.pseudonym.detection.readable import key
from collective.deliberation.pseudonym.roster import Kind
from collective.deliberation.pseudonym.roster import Official
from collective.deliberation.pseudonym.roster import Roster
from datetime import date
from itertools import islice
from typing import Any


# What an object calls its parts, as ``readable.key`` gives it without anything but letters.
_NAME = "name nom nomcomplet fullname nometprenom prenometnom nomprenom label personne person titulaire".split()
_GIVEN = "prenom prenoms firstname givenname given".split()
_FAMILY = "nomdefamille lastname familyname surname family".split()
_FUNCTION = "function fonction role titre title mandat qualite poste office".split()
_START = "from start debut datedebut startdate depuis du de begin".split()
_END = "to end fin datefin enddate jusque jusquau au a until".split()
_CIVILITY = re.compile(
    r"^(?:M\.|MM\.|Mr\.?|Mme\.?|Mlle\.?|Monsieur|Madame|Mademoiselle|Me|Dr\.?)\s+(?=\S)", re.I
)
_TOLD = re.compile(r"\s*(?:,\s*|\s[–-]\s*|\s*\(|\s*:\s*)")
_OFFICIAL = re.compile(r"offic|fonctionn|agent|personnel|administrat|staff")
_MOST = 2000


def given_roster(value: Any) -> Roster:
    """The people whom any JSON value names; what names nobody is passed over, nothing is an error."""
    return Roster(tuple(islice(_people(value, "representative"), _MOST)))


def _people(value: Any, kind: Kind) -> Iterator[Official]:
    if isinstance(value, str):
        for part in re.split(r"[;\n]", value):
            yield from _person(part, "", kind)
    elif isinstance(value, list):
        for part in value:
            yield from _people(part, kind)
    elif isinstance(value, Mapping):
        known = {re.sub(r"[^a-z]", "", key(str(name))): part for name, part in value.items()}
        name = _first(known, _NAME) or _first(known, _FAMILY)
        if name:
            yield from _described(known, name, kind)
            return
        for label, part in value.items():
            of = "official" if _OFFICIAL.search(key(str(label))) else kind
            if isinstance(part, str) and len(value) > 0 and _is_name(str(label)):
                yield from _person(str(label), part, kind)  # {"Marc Lambert": "échevin"}
            else:
                yield from _people(part, of)


def _described(known: Mapping[str, Any], name: str, kind: Kind) -> Iterator[Official]:
    given, family = _first(known, _GIVEN), _first(known, _FAMILY)
    if given:
        surname = family or name
        name = name if key(given) in key(name) else f"{given} {surname}"
    asked = known.get("kind")
    kind = asked if asked in ("representative", "official") else kind
    start, end = _day(_first(known, _START)), _day(_first(known, _END), last=True)
    yield from _person(name, _first(known, _FUNCTION), kind, start, end)


def _person(
    text: str, function: str, kind: Kind, start: date | None = None, end: date | None = None
) -> Iterator[Official]:
    name = _CIVILITY.sub("", " ".join(text.split()))
    parts = _TOLD.split(name, maxsplit=1)
    if len(parts) == 2 and not lexicon.is_given(parts[1].split(" ")[0]):
        name, told = parts[0], parts[1].rstrip(") ")
        function = function or told
    name = name.strip(" .,;:–-")
    if name:
        yield Official(name, " ".join(function.split()), kind, start, end)


def _is_name(text: str) -> bool:
    """Whether a text may be a person's name: every word but a particle begins with a capital."""
    words = text.split()
    return bool(words) and words[0][:1].isupper() and (len(words) > 1 or words[0].isupper())


def _first(known: Mapping[str, Any], names: list[str]) -> str:
    for name in names:
        value = known.get(name)
        if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
    return ""


def _day(text: str, last: bool = False) -> date | None:
    """A day written 2024-12-02, 02/12/2024 or 2024 (its first, or its last); None when it is none."""
    numbers = [int(number) for number in re.findall(r"\d+", text[:10])]
    try:
        if len(numbers) == 3:
            first, month, last = numbers
            return date(first, month, last) if first > 31 else date(last, month, first)
        if len(numbers) == 1 and numbers[0] > 1900:
            return date(numbers[0], 12, 31) if last else date(numbers[0], 1, 1)
        return None
    except ValueError:
        return None
