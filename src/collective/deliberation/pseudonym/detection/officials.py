"""Tell representatives and officials who act in office from private persons, by the roster and context."""

import re
from collections.abc import Iterable
from collections.abc import Sequence
from collective.deliberation.pseudonym.detection import lexicon
from collective.deliberation.pseudonym.detection.readable import key
from collective.deliberation.pseudonym.detection.words import PARTICLES
from collective.deliberation.pseudonym.detection.words import words
from collective.deliberation.pseudonym.roster import Official
from dataclasses import dataclass
from functools import lru_cache


FULL, INITIALS, SURNAME = "full", "initials", "surname"


@dataclass(frozen=True, slots=True)
class Parts:
    """The keys of a name: given names (or their initials, with a full stop) and surname."""

    given: tuple[str, ...]
    surname: tuple[str, ...]


def match(mention: str, official: Official) -> str | None:
    """How a mention names an official: ``full``, ``initials``, ``surname``, or not at all."""
    known = _parts_of_official(official.name)
    surname = _bare(known.surname)
    found = _tokens(mention)
    if not surname or not found:
        return None
    for cut in range(len(found) + 1):
        for one, rest in ((found[cut:], found[:cut]), (found[:cut], found[cut:])):
            if _bare(one) != surname:
                continue
            if not rest:
                return SURNAME
            if _same_given(rest, known.given):
                return INITIALS if all(part.endswith(".") for part in rest) else FULL
    return None


def _bare(surname: Sequence[str]) -> tuple[str, ...]:
    """A surname without its first particles: "brouwer" of "de Brouwer"."""
    first = 0
    while first < len(surname) - 1 and surname[first] in PARTICLES:
        first += 1
    return tuple(surname[first:])


def _same_given(found: Sequence[str], known: Sequence[str]) -> bool:
    """Whether given names or initials are those of a name: "J.-P." or "Th." or the first alone."""
    if len(found) > len(known):
        return False
    return all(
        one == other or (one.endswith(".") and other.startswith(one[:-1]))
        for one, other in zip(found, known, strict=False)
    )


@lru_cache(maxsize=1024)
def _tokens(name: str) -> tuple[str, ...]:
    return tuple(
        part + ("." if word.kind == "initial" else "")
        for word in words(name)
        for part in key(word.text).rstrip(".").replace("'", "' ").replace("-", " ").split()
    )


@lru_cache(maxsize=4096)
def _parts_of_official(name: str) -> Parts:
    """Given names and surname of "Anne-Catherine de Brouwer", "DELVAUX Françoise", "F. Delvaux"."""
    listed = [word for word in words(name.replace(",", " "))]
    if not listed:
        return Parts((), ())
    upper = [word for word in listed if word.kind == "upper"]
    if upper and len(upper) < len(listed):
        surname = [w for w in listed if w.kind == "upper" or w.is_particle]
        given = [w for w in listed if w not in surname]
    elif len(listed) == 1:
        surname, given = listed, []
    elif (
        (lexicon.is_given(listed[-1].text) or listed[-1].kind == "initial")
        and not lexicon.is_given(listed[0].text)
        and listed[0].kind != "initial"
    ):
        surname, given = listed[:-1], listed[-1:]
    else:
        count = 1
        while (
            count < len(listed) - 1
            and not listed[count].is_particle
            and (
                listed[count].kind == "initial"
                or (lexicon.is_given(listed[count].text) and count < 2 and len(listed) > count + 1)
            )
        ):
            count += 1
        given, surname = listed[:count], listed[count:]
    return Parts(_joined(given), _joined(surname))


def _joined(listed) -> tuple[str, ...]:
    return _tokens(" ".join(word.text for word in listed))


_FUNCTION = (
    r"(?:bourgm(?:estre)?s?|[ée]chevine?s?|conseill(?:er|[èe]re)s?|pr[ée]sidente?s?|direct(?:eur|rice)s?|d[ée]put[ée]e?|ministre|gouverneure?|"
    r"s[ée]nat(?:eur|rice)|secr[ée]taire communale?|receveu(?:r|se)|fonctionnaires?|officier|inspect(?:eur|rice)|chef|agent|commissaire|"
    r"administrat(?:eur|rice)s?|membres?|mandataire|d[ée]l[ée]gu[ée]e?s?|rapporteu(?:r|se)|suppl[ée]ante?|groupe|cheff?e)"
)
_BEFORE = re.compile(
    rf"(?i:\b{_FUNCTION}\b)(?:[\s,]+(?:[\w.'’-]+)){{0,4}}[\s,:]*(?:(?:M|Mme|MM|Mmes|Mlle)\.?\s*)?$"
)
_AFTER = re.compile(
    rf"\s*(?:,|\(|–|-|;)?\s*(?:(?:la|le|l'|en qualité d[e']|actuellement|désormais|ff?\.?)\s*)*(?:\d\w*\s)?(?i:{_FUNCTION})\b"
)
_STRONG = re.compile(
    r"(?i:\b(?:bourgmestre|[ée]chevine?s?|conseill(?:er|[èe]re)s? (?:communa|provincia)\w+|pr[ée]sidente? du (?:cpas|conseil)|directeur g[ée]n[ée]ral|directrice g[ée]n[ée]rale|"
    r"direct(?:eur|rice) financi[èe]re?|ministre|gouverneure?|d[ée]put[ée]e? provincial\w*|secr[ée]taire communale?|fonctionnaire sanctionn\w+|fonctionnaire d[ée]l[ée]gu[ée]e?)\b)"
)
_ABOVE = re.compile(
    r"(?i:(?:la |le )?(?:vice-)?(?:ministre|gouverneure?|secr[ée]taire d'[ée]tat|roi|reine)\b)"
)
_PRIVATE_AFTER = re.compile(
    r"[\s,(]*(?:(?i:née?\b|domicilié|demeurant|habitant\b|résidant|célibataire|veuf\b|époux de|épouse de|divorcé|âgée? de|de nationalité|"
    r"n[°o]\.? (?:de registre )?national|NISS|NRN|RN\b|NN\b|fils\b|fille\b|riverain|\(fils|même adresse)|°\s)"
)
_PRIVATE_BEFORE = re.compile(
    r"(?i:\b(?:veuve|vve|née?|époux|épouse|feu|feue|un certain|une certaine|nommée?|famille|consorts|succession|héritiers|neveu,?|nièce,?|frère,?|sœur,?|fils,?|fille,?|"
    r"mari,?|compagne,?|compagnon,?|père,?|mère,?|cousine?,?|beau-\w+,?|belle-\w+,?|propriétaire,?|locataire,?|riveraine?,?|réclamante?,?|requérante?,?|demandeur,?|demanderesse,?)\s*(?:(?:M|Mme)\.?\s*)?)$"
)
_CASE = re.compile(
    r"(?i:mise à la (?:pension|retraite)|admission à la (?:pension|retraite)|disciplinaire|distinctions? honorifiques?|congé de maladie|mise en disponibilité|"
    r"démission (?:honorable|d'un agent|volontaire)|médailles?|décorations?|interruption de carrière|accident du travail)"
)


def acts(text: str, start: int, end: int) -> bool:
    """Whether a function stands directly before or after a name."""
    before = re.split(r"[;\n]|\.\s(?=[A-ZÀ-Þ])", text[max(0, start - 70) : start])[-1]
    return bool(_before(before) or _AFTER.match(text[end : end + 60].partition("\n")[0]))


def _before(before: str) -> bool:
    found = _BEFORE.search(before)
    if not found:
        return False
    # another name between the function and this one has the function for itself
    rest = re.sub(rf"(?i:\b{_FUNCTION}\b)", " ", found[0])
    return not re.search(
        r"[A-ZÀ-Þ][a-zà-ÿ]{2,}",
        re.sub(r"\b(?:Mme|Mlle|Mmes|CPAS|Conseil|Collège|Commune)\b", " ", rest),
    )


def acts_high(text: str, start: int, end: int) -> bool:
    """Whether a function that is public by itself stands beside a name, roster or not."""
    before = text[max(0, start - 50) : start].rpartition("\n")[2]
    before = re.split(r"[;,.]\s", before)[-1]
    after = re.split(r"[;.\n]", text[end : end + 45])[0]
    return bool(_STRONG.search(before) and _before(before)) or bool(
        re.match(r"\s*(?:,|\(|–|-)?\s*(?:la |le |l')?", after)
        and _STRONG.match(after.lstrip(" ,(–-"))
    )


def acts_above(text: str, start: int, end: int) -> bool:
    """Whether a function above the commune stands beside a name: a minister, a governor."""
    before = text[max(0, start - 50) : start].rpartition("\n")[2]
    return bool(
        _ABOVE.search(before)
        and _before(before)
        or _ABOVE.match(text[end : end + 30].lstrip(" ,(–-"))
    )


def surname_key(name: str) -> str:
    """The last word of an official's surname, as a key."""
    surname = _parts_of_official(name).surname
    return surname[-1] if surname else ""


def is_private(text: str, start: int, end: int) -> bool:
    """Whether what stands around a name says that it is a private person's."""
    before = text[max(0, start - 50) : start].rpartition("\n")[2]
    return bool(_PRIVATE_AFTER.match(text[end : end + 60]) or _PRIVATE_BEFORE.search(before))


def is_case(text: str, start: int, end: int) -> bool:
    """Whether the passage is about somebody's own career: a pension, a punishment, a medal."""
    passage = text[max(0, start - 600) : start]
    return bool(_CASE.search(passage))


def named(mention: str, people: Iterable[Official]) -> list[tuple[Official, str]]:
    """The officials whom a mention may name, and how."""
    found = []
    for person in people:
        how = match(mention, person)
        if how is not None:
            found.append((person, how))
    return found
