"""The ways one surface form may be written elsewhere: a pure function from a form to word sequences."""

import re
from collective.deliberation.pseudonym.folding import words
from collective.deliberation.pseudonym.register import Category
from collective.deliberation.pseudonym.register import Gender
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Variant:
    """Folded words to find in this order, after one of ``heads`` if there are any.

    With ``solid`` the words are one string of letters and digits that any separator may cut.
    """

    words: tuple[str, ...]
    heads: tuple[str, ...] = ()
    solid: bool = False


_MASCULINE = "monsieur mr m mrs messieurs mm sieur dhr heer herr".split()
_FEMININE = (
    "madame mme mmes mesdames mademoiselle mlle mlles mevr mevrouw dame frau veuve vve".split()
)
_NEUTRAL = "maitre me dr docteur pr prof professeur ir pere soeur abbe feu feue".split()
_GROUPS = "epoux epouse consorts famille enfant enfants heritiers".split()
CIVILITIES = frozenset((*_MASCULINE, *_FEMININE, *_NEUTRAL, *_GROUPS))
_COUPLES = (  # "M. et Mme Dupont" names him as it names her
    *((("m", "mr", "monsieur"), second) for second in ("mme", "madame")),
    *((("mme", "madame"), second) for second in ("m", "mr", "monsieur")),
)
_LINKS = frozenset({"et", "le", "la", "les", "l"})
_SOLID = frozenset(
    {
        Category.NATIONAL_NUMBER,
        Category.ACCOUNT,
        Category.PHONE,
        Category.PLATE,
        Category.PARCEL,
    }
)
_NAMES = frozenset({Category.PERSON, Category.OTHER})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_MONTHS = (
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split()
)
_STREETS = {
    "avenue": ("av", "ave"),
    "boulevard": ("bd", "bld", "boul"),
    "chaussee": ("ch", "chee", "chaus"),
    "place": ("pl",),
    "rue": ("r",),
    "route": ("rte",),
    "chemin": ("ch", "chem"),
}


@lru_cache(maxsize=8192)
def variants(category: Category, gender: Gender, form: str) -> tuple[Variant, ...]:
    """Every variant of a form, itself first; empty when fewer than two characters are left of it."""
    spellings = [form]
    if not form.isascii():
        spellings += [form.upper(), form.lower(), form.translate(_UMLAUTS)]
    found: dict[Variant, None] = {}
    for spelling in spellings:
        plain = words(spelling)
        found[Variant(plain)] = None
        digits = sum(map(len, filter(str.isdigit, plain)))
        if category in _SOLID or (digits >= 6 and digits * 2 > len("".join(plain))):
            found.update((Variant((text,), solid=True), None) for text in _solid(category, plain))
        if category in _NAMES:
            found.update((variant, None) for variant in _names(gender, spelling))
        for sequence in _sequences(category, plain, spelling):
            found[Variant(sequence)] = None
    return tuple(v for v in found if len("".join(v.words)) >= 2)


def _sequences(category: Category, plain: tuple[str, ...], form: str) -> list[tuple[str, ...]]:
    if category is Category.BIRTH_DATE:
        return _dates(plain)
    if category is Category.ADDRESS:
        return _addresses(form)
    if category is Category.EMAIL and form.count("@") == 1:
        local, domain = map(words, form.split("@"))
        dots = [word for label in domain for word in (label, "point")][:-1]
        return [
            *((*local, at, *domain) for at in ("at", "arobase", "a")),
            (*local, "arobase", *dots),
        ]
    return []


def _solid(category: Category, plain: tuple[str, ...]) -> list[str]:
    """An identifier without its separators, and its national and international spellings."""
    text = "".join(plain)
    if category is Category.ACCOUNT and re.fullmatch(r"be[0-9]{14}", text):
        return [text, text[4:]]
    if category is Category.PHONE and text.isdigit():
        foreign = re.fullmatch(
            r"(?:00|(?!0))(?P<country>3[1-4]|35[0-9]|4[0-9])(?P<rest>[0-9]{6,})", text
        )
        country, rest = (foreign["country"], foreign["rest"]) if foreign else ("32", text)
        core = rest.lstrip("0")
        heads = ("", "0", country, f"{country}0", f"00{country}", f"00{country}0")
        return [text, *(head + core for head in heads)]
    return [text]


def _names(gender: Gender, form: str) -> list[Variant]:
    """Without civility, surname first, with initials, and civility with surname."""
    parts = _parts(form)
    bare = _without_civility(parts)
    flat = _flat(bare)
    found = [Variant(flat)]
    if len(flat) > 1 and flat[0] in ("d", "l", "qu") and re.match(r"\s*\w+['’ʼ`´]", form):
        found.append(Variant(flat[1:]))
    if len(bare) < 2:
        return found
    civilities = {Gender.FEMININE: _FEMININE, Gender.MASCULINE: _MASCULINE}
    heads = (*civilities.get(gender, _MASCULINE + _FEMININE), *_NEUTRAL, *_GROUPS)
    for given, surname in _splits(form, bare):
        last = _flat(surname)
        if len("".join(last)) < 2:
            continue
        initials = tuple(word[0] for word in _flat(given) if word.isalpha())
        for first in sorted({_flat(given), given[0], initials, initials[:1]}):
            if first:
                found += [Variant((*first, *last)), Variant((*last, *first))]
        found.append(Variant(last, heads=tuple(heads)))
        found += [Variant(("et", second, *last), heads=first) for first, second in _COUPLES]
    if len(bare) <= 5:  # a reader may start with any surname
        found += [Variant(_flat(bare[at:] + bare[:at])) for at in range(1, len(bare))]
    return found


def _flat(parts: list[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(word for part in parts for word in part)


def _parts(form: str) -> list[tuple[str, ...]]:
    """The folded words of each blank-separated part: "Jean-Marie Dupont" → (jean, marie), (dupont)."""
    return [part for part in map(words, form.split()) if part]


def _without_civility(parts: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    rest = list(parts)
    while rest:
        head = rest[0]
        if head[0] in CIVILITIES or (head[0] in _LINKS and _civil_follows(rest)):
            rest = [head[1:], *rest[1:]] if len(head) > 1 else rest[1:]
        else:
            return rest
    return parts


def _civil_follows(parts: list[tuple[str, ...]]) -> bool:
    flat = _flat(parts[:2])
    return len(flat) > 1 and flat[1] in CIVILITIES


def _splits(form: str, bare: list[tuple[str, ...]]) -> list[tuple[list, list]]:
    """Given names and surname: by comma, by capitals, else wherever the surname may start."""
    left, comma, right = form.partition(",")
    if comma and _parts(right) and _parts(left):
        return [(_parts(right), _without_civility(_parts(left)))]
    raw = [part for part in form.split() if words(part)][-len(bare) :]
    capitals = [part.isupper() and len("".join(words(part))) > 1 for part in raw]
    if any(capitals) and not all(capitals):
        pairs = list(zip(bare, capitals, strict=True))
        return [
            ([p for p, capital in pairs if not capital], [p for p, capital in pairs if capital])
        ]
    return [(bare[:at], bare[at:]) for at in range(1, min(len(bare), 6))]


def _dates(plain: tuple[str, ...]) -> list[tuple[str, ...]]:
    """A day written as 12/03/1985, 12.3.85, 12 mars 1985 or 1985-03-12."""
    plain = tuple("1" if word in ("1er", "premier") else word for word in plain if word != "er")
    for at in range(len(plain) - 2):
        first, month, last = plain[at : at + 3]
        if first.isdigit() and len(first) == 4:
            first, last = last, first
        number = (
            _MONTHS.index(month) + 1 if month in _MONTHS else int(month) if month.isdigit() else 0
        )
        if not (first.isdigit() and last.isdigit() and 1 <= number <= 12 and 1 <= int(first) <= 31):
            continue
        days = {str(int(first)), f"{int(first):02}"} | (
            {"1er", "premier"} if int(first) == 1 else set()
        )
        months = {str(number), f"{number:02}", _MONTHS[number - 1]}
        years = {last, last[-2:]}
        return [
            sequence
            for day in sorted(days)
            for month in sorted(months)
            for year in sorted(years)
            for sequence in ((*words(day), month, year), (year, month, *words(day)))
        ]
    return []


def _addresses(form: str) -> list[tuple[str, ...]]:
    """Street and number without the town, number first, "n°", and short words for the street."""
    parts = [words(part) for part in form.split(",") if words(part)]
    if len(parts) > 1 and (len(parts[0]) == 1 or not any(map(str.isdigit, parts[0]))):
        parts[:2] = [parts[0] + parts[1]]
    street = [word for word in parts[0] if word not in ("n", "no", "numero")] if parts else []
    at = next((index for index, word in enumerate(street) if word.isdigit()), None)
    if at is None or len(street) < 2:
        return []
    name = street[:at] if at else [word for word in street[1:] if not word.isdigit()]
    number = [street[at]]
    named = [name]
    for long, shorts in _STREETS.items():
        same = (long, *shorts)
        if name and name[0] in same:
            named += [[other, *name[1:]] for other in same]
    out = []
    for name in named:
        out += [(*name, *sign, *number) for sign in ((), ("n",), ("no",), ("numero",))]
        out.append((*number, *name))
    return out
