"""Tell whether a name is that of a representative or an official of the roster, and how it names them."""

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
    found = _tokens(mention)
    for surname in _surnames(known.surname):
        how = _how(found, surname, known.given)
        if how is not None:
            return how
    return None


def _how(found: Sequence[str], surname: Sequence[str], given: Sequence[str]) -> str | None:
    if not surname or not found:
        return None
    for cut in range(len(found) + 1):
        for one, rest in ((found[cut:], found[:cut]), (found[:cut], found[cut:])):
            if _bare(one) != surname:
                continue
            if not rest:
                return SURNAME
            if _same_given(rest, given):
                return INITIALS if all(part.endswith(".") for part in rest) else FULL
    return None


def _surnames(surname: Sequence[str]) -> list[tuple[str, ...]]:
    """A surname in the forms it is used in: "de Wouters d'Oplinter" is "de Wouters", too."""
    whole = _bare(surname)
    found = [whole]
    for index, part in enumerate(whole):
        if index and part in PARTICLES:
            found.append(whole[:index])
            break
    return found


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
    return _tokens(" ".join(word.text for word in listed).replace("' ", "'"))


def surname_key(name: str) -> str:
    """The last word of an official's surname, as a key."""
    surname = _parts_of_official(name).surname
    return surname[-1] if surname else ""


def named(mention: str, people: Iterable[Official]) -> list[tuple[Official, str]]:
    """The officials whom a mention may name, and how."""
    found = []
    for person in people:
        how = match(mention, person)
        if how is not None:
            found.append((person, how))
    return found
