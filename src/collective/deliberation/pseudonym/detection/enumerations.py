"""Names beside names: after a plural, in a list, of a couple."""

import re
from collections.abc import Container
from collections.abc import Iterable
from collections.abc import Iterator
from collective.deliberation.pseudonym.detection import cues
from collective.deliberation.pseudonym.detection import lexicon
from collective.deliberation.pseudonym.detection import sequences
from collective.deliberation.pseudonym.detection.line import Line
from collective.deliberation.pseudonym.detection.line import Name
from collective.deliberation.pseudonym.detection.refusals import all_common
from collective.deliberation.pseudonym.detection.refusals import is_no_person
from collective.deliberation.pseudonym.detection.refusals import NO_NAMES
from collective.deliberation.pseudonym.detection.words import INITIAL
from collective.deliberation.pseudonym.detection.words import LOWER
from collective.deliberation.pseudonym.detection.words import UPPER


_GROUP = re.compile(
    r"(?i:\b(?:époux|consorts|famille|fam\.?|couple|ménage|M(?:r|\.|onsieur)?\s*(?:et|&)\s*M(?:me|adame)\.?|M(?:me|adame)\.?\s*(?:et|&)\s*M(?:r|onsieur|\.)))\s*$"
)


def listed(line: Line, name: Name, reason: str, many: bool) -> Iterator[tuple[Name, str]]:
    """An announced name; after a plural, those that follow it; a couple's in two."""
    group = bool(_GROUP.search(line.before(name.first, 40)))
    for part in _parts(
        line, name, group or many and _GROUP.search(line.before(name.first, 40)) is not None
    ):
        yield part, reason
    if not many:
        return
    for _ in range(40):
        following = after_comma(line, name)
        if following is None:
            return
        yield following, reason
        name = following


def _parts(line: Line, name: Name, couple: bool) -> list[Name]:
    """A couple's names apart where a spaced hyphen or words of their own show it."""
    if not couple:
        return [name]
    parts, first = [], name.first
    for index in range(name.first, name.last):
        if line.gap(index).strip() in ("-", "–"):
            parts.append(Name(first, index))
            first = index + 1
    return [*parts, Name(first, name.last)]


def after_comma(line: Line, name: Name) -> Name | None:
    gap = line.gap(name.last)
    index = name.last + 1
    if index >= len(line.words) or gap.strip() not in ("", ",", "/", "–", ";", "-"):
        return None
    if "\n" in gap:
        return None
    bridged = gap.strip() != ""
    while (
        index < len(line.words)
        and line.words[index].key in ("et", "ou", "de", "d'")
        and line.words[index].kind == LOWER
    ):
        bridged = True
        index += 1
    if (
        not bridged
        or index >= len(line.words)
        or line.words[index].key.rstrip(".") in cues.CIVILITIES
    ):
        return None
    following = sequences.read(line, index, announced=True)
    if following is None or all_common(line, following) or is_no_person(line, following):
        return None
    if any(word.key in NO_NAMES for word in line.words[following.first : following.last + 1]):
        return None
    return following


def continued(line: Line, found: Iterable[Name], taken: Container[int]) -> Iterator[Name]:
    """What stands beside a name in an enumeration is a name: "Ezio et Luca"."""
    for name in found:
        for _ in range(40):
            following = after_comma(line, name)
            if following is None or any(
                i in taken for i in range(following.first, following.last + 1)
            ):
                break
            words = line.words[following.first : following.last + 1]
            text = " ".join(word.text for word in words)
            if any(lexicon.is_vocabulary(word.text) for word in words) or lexicon.is_place(text):
                break
            if cues.ORGANISATION.search(text) or (
                len(words) == 1 and words[0].kind == UPPER and len(words[0].text) < 5
            ):
                break
            yield following
            name = following


def led_to(line: Line, found: Iterable[Name], taken: Container[int]) -> Iterator[Name]:
    """What stands before a name in an enumeration is a name: "Zayd, Imrân et Nour"."""
    for first in sorted((name.first for name in found), reverse=True):
        while (
            first and line.gap(first - 1) == ", " or first > 1 and line.words[first - 1].key == "et"
        ):
            last = first - 1 if line.gap(first - 1) == ", " else first - 2
            start = last
            while start and line.gap(start - 1) == " " and line.words[start - 1].is_name_like:
                start -= 1
            if (
                start
                and start == last
                and line.words[last].kind == INITIAL
                and line.gap(start - 1) in ("", "-")
            ):
                start -= 1
            name = Name(start, last)
            if any(index in taken for index in range(start, last + 1)) or not _fits(line, name):
                break
            yield name
            first = start


def _fits(line: Line, name: Name) -> bool:
    words = line.words[name.first : name.last + 1]
    text = " ".join(word.text for word in words)
    if len(words) == 2 and all(word.kind == INITIAL for word in words):
        return True  # "B.K., Rayan L. et Momo"
    if any(word.kind in (LOWER, INITIAL) or lexicon.is_vocabulary(word.text) for word in words):
        return False
    if len(words) > 3 or lexicon.is_place(text) or words[0].key in NO_NAMES or len(text) < 3:
        return False
    if (
        words[0].kind == UPPER
        or not lexicon.is_given(words[0].text)
        and len(words) < 2
        and not line.starts_sentence(name.first)
    ):
        return False
    return not is_no_person(line, name)
