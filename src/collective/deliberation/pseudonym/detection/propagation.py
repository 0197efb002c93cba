"""Find every other mention of a name that was found: surname alone, given name alone, other order."""

from collections.abc import Iterable
from collections.abc import Iterator
from collective.deliberation.pseudonym.detection import lexicon
from collective.deliberation.pseudonym.detection import surroundings
from collective.deliberation.pseudonym.detection.line import Line
from collective.deliberation.pseudonym.detection.line import Name
from collective.deliberation.pseudonym.detection.words import INITIAL
from collective.deliberation.pseudonym.detection.words import LOWER
from collective.deliberation.pseudonym.detection.words import PARTICLES
from collective.deliberation.pseudonym.detection.words import Word


Form = tuple[str, ...]


def forms(words: list[Word]) -> set[Form]:
    """The forms of a name that may stand elsewhere, as keys of words: ("van", "rillaer"), ("jean",)."""
    keys = [word.key for word in words]
    found: set[Form] = set()
    if len(words) > 1:
        found.add(tuple(keys))
    groups = _groups(words)
    for group in groups:
        found.add(tuple(word.key for word in group))
        bare = [word for word in group if not word.is_particle]
        if len(bare) == 1 and len(bare[0].text) > 3:
            found.add((bare[0].key,))
    surnames = [group for group in groups if not lexicon.is_given(group[-1].text)]
    if 1 < len(surnames) <= 3:
        found.add(tuple(word.key for group in surnames for word in group))
    for form in list(found):
        if any("-" in part for part in form) and len(form) == 1:
            parts = form[0].split("-")
            if not lexicon.is_given(form[0]):
                found.update((part,) for part in parts if len(part) > 2 and part not in PARTICLES)
    return {form for form in found if len("".join(form)) > 2}


def _groups(words: list[Word]) -> list[list[Word]]:
    """The words of a name apart, particles with the word they lead to; without initials."""
    groups: list[list[Word]] = []
    waiting: list[Word] = []
    for word in words:
        if word.kind == INITIAL:
            continue
        waiting.append(word)
        if not word.is_particle:
            groups.append(waiting)
            waiting = []
    return groups


def mentions(line: Line, wanted: Iterable[Form]) -> Iterator[Name]:
    """Where any of the forms stands, the longest first; in streets and organisations it is no mention."""
    by_first: dict[str, list[Form]] = {}
    for form in sorted(wanted, key=len, reverse=True):
        by_first.setdefault(form[0], []).append(form)
    index = 0
    while index < len(line.words):
        name = _longest(line, index, by_first)
        if name is None:
            index += 1
            continue
        if _is_mention(line, name):
            yield _with_initials(line, name)
        index = name.last + 1


def _with_initials(line: Line, name: Name) -> Name:
    """With the initials of the given name after a surname: "Diallo A.-K."."""
    last = name.last
    while (
        last - name.last < 3
        and last + 1 < len(line.words)
        and line.words[last + 1].kind == INITIAL
        and line.text[line.words[last + 1].end - 1] == "."
        and line.gap(last) in (" ", "-", "")
    ):
        last += 1
    return Name(name.first, last)


def _longest(line: Line, index: int, by_first: dict[str, list[Form]]) -> Name | None:
    for form in by_first.get(line.words[index].key, ()):
        last = index + len(form) - 1
        if last >= len(line.words):
            continue
        words = line.words[index : last + 1]
        if tuple(word.key for word in words) != form:
            continue
        if all(line.gap(position) in (" ", "-", "", "  ") for position in range(index, last)):
            return Name(index, last)
    return None


def _is_mention(line: Line, name: Name) -> bool:
    words = line.words[name.first : name.last + 1]
    if all(word.is_particle for word in words):
        return False
    if any(word.kind == LOWER and not word.is_particle for word in words):
        # in small letters only whole: "patrick lemaitre"
        return len(words) > 1 and lexicon.is_given(words[0].text) and words[-1].kind == LOWER
    if surroundings.in_street(line, name.first) or surroundings.in_organisation(line, name):
        return False
    if len(words) > 1:
        return True
    text = words[0].text
    if lexicon.is_vocabulary(text) or lexicon.is_place(text):
        # a common word is the name only where a capital says something
        before = line.words[name.first - 1] if name.first else None
        if line.starts_sentence(name.first) or before is None:
            return False
        if before.is_name_like and line.gap(name.first - 1) == " " and not before.kind == INITIAL:
            return False
        following = line.words[name.last + 1] if name.last + 1 < len(line.words) else None
        if following is not None and following.is_name_like and line.gap(name.last) in (" ", "-"):
            return False
        return not (lexicon.is_place(text) and before.key in ("a", "de", "vers", "d'"))
    return line.gap(name.last)[:1] != "-" or not line.gap(name.last) == "-"
