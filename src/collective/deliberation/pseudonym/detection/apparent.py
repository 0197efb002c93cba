"""Names that nothing announces: by their own look, and by what follows them."""

import re
from collections.abc import Container
from collections.abc import Iterator
from collective.deliberation.pseudonym.detection import lexicon
from collective.deliberation.pseudonym.detection import sequences
from collective.deliberation.pseudonym.detection.line import Line
from collective.deliberation.pseudonym.detection.line import Name
from collective.deliberation.pseudonym.detection.readable import key
from collective.deliberation.pseudonym.detection.reasons import CAPITALS
from collective.deliberation.pseudonym.detection.reasons import FOLLOWED
from collective.deliberation.pseudonym.detection.reasons import GIVEN
from collective.deliberation.pseudonym.detection.refusals import is_no_person
from collective.deliberation.pseudonym.detection.words import CAPITAL
from collective.deliberation.pseudonym.detection.words import INITIAL
from collective.deliberation.pseudonym.detection.words import UPPER


_PRIVATE_AFTER = re.compile(
    r"[\s,(]*(?:(?i:née?s?\b|domicilié|demeurant|habitant\b|résidant|célibataire|veuf\b|veuve\b|époux|épouse|divorcé|âgée?\b|de nationalité|"
    r"n[°o]\.? (?:de registre )?national|registre national|NISS|NRN|RN\b|NN\b|fils\b|fille\b|enfant de|et consorts\b|c/|père\b|mère\b|même adresse|élève\b|prénommée?|précitée?)|°\s)"
)
_ABBREVIATIONS = frozenset("SA NV BV SC AS RS FC RC".split())
_AMBIGUOUS = frozenset(
    """line mine ange constant modeste parfait juste long son santa loup fleur marin pierre rose aurore prince patience innocent gloire grace
    esperance tresor merveille olive perle angel noel toussaint ascension assomption""".split()
)


def apparent(line: Line, taken: Container[int]) -> Iterator[tuple[Name, str]]:
    """Names that nothing announces, by their own look and what follows them."""
    index = 0
    while index < len(line.words):
        name = None if index in taken else sequences.read(line, index, announced=False)
        if name is None or any(position in taken for position in range(name.first, name.last + 1)):
            index += 1
            continue
        reason = _look(line, name)
        if reason is not None and not is_no_person(line, name):
            yield name, reason
        index = name.last + 1


def _look(line: Line, name: Name) -> str | None:
    words = line.words[name.first : name.last + 1]
    text = " ".join(word.text for word in words)
    solid = [word for word in words if word.kind != INITIAL and not word.is_particle]
    if not solid and len(words) == 2 and _PRIVATE_AFTER.match(line.after(name.last)):
        return FOLLOWED  # "M.T., mère de"
    if not solid or lexicon.is_place(text) or _is_place_context(line, name):
        return None
    given = [lexicon.is_given(word.text) for word in solid]
    if _PRIVATE_AFTER.match(line.after(name.last)) and not lexicon.is_place(solid[-1].text):
        return FOLLOWED
    if len(words) == 1:
        return _alone(line, name, solid[0].text, given[0])
    if words[0].kind == INITIAL or words[-1].kind == INITIAL:
        if words[0].kind == INITIAL:
            return GIVEN
        if given[0]:
            return GIVEN
        dotted = all(line.text[w.end - 1] == "." for w in words if w.kind == INITIAL)
        initials = "".join(word.text for word in words if word.kind == INITIAL)
        listed = initials in _ABBREVIATIONS or any(lexicon.is_place(w.text) for w in solid)
        return CAPITALS if dotted and not listed else None
    if len(solid) == 1:
        return _alone(line, name, text, given[0])
    heading = _in_capitals(line, name)
    if given[0] or (given[-1] and (words[0].kind == UPPER or not heading)):
        if all(lexicon.is_place(word.text) for word in solid):
            return None
        return GIVEN
    if heading or any(lexicon.is_place(word.text) for word in solid):
        return None
    kinds = {word.kind for word in solid}
    if kinds == {UPPER} and _is_segment(line, name):
        return CAPITALS
    if kinds == {UPPER}:
        return CAPITALS if _is_whole_line(line, name) and len(solid) < 4 else None
    if kinds == {UPPER, CAPITAL}:
        return CAPITALS if _upper_first_or_last(solid) else None
    return CAPITALS


def _upper_first_or_last(solid) -> bool:
    kinds = [word.kind for word in solid]
    return all(len(word.text) > 2 for word in solid) and kinds in (
        sorted(kinds),
        sorted(kinds, reverse=True),
    )


def _alone(line: Line, name: Name, text: str, given: bool) -> str | None:
    """One word: a given name in the middle of a sentence, or a line of its own under a column of names."""
    if lexicon.is_vocabulary(text) or lexicon.is_place(text):
        return None
    word = line.words[name.last]
    if word.kind == UPPER and ("-" in text or len(text) > 6) and _is_segment(line, name):
        return CAPITALS
    readable = word.kind == CAPITAL or len(text) > 3 and not _in_capitals(line, name)
    if given and readable and len(text) > 2 and key(text) not in _AMBIGUOUS:
        before = line.words[name.first - 1] if name.first else None
        if before is not None and before.key in ("saint", "sainte", "st", "ste"):
            return None
        if line.gap(name.first - 1).strip() == "-" or line.gap(name.last).strip()[:1] == "-":
            return None
        return GIVEN
    return None


def _is_place_context(line: Line, name: Name) -> bool:
    before = line.before(name.first, 24)
    return bool(re.search(r"\d{4,5}\s+$", before))


def _is_segment(line: Line, name: Name) -> bool:
    """Whether it stands between dashes, as in the title "Permis – HUBIN COLIN – rue Haute"."""
    before, after = line.before(name.first).rstrip(), line.after(name.last).lstrip()
    return before[-1:] in ("–", "-", ":", "/") and (not after or after[0] in "–-,;/")


def _is_whole_line(line: Line, name: Name) -> bool:
    """Whether nothing else stands on the line, as in a cell or a list."""
    return not line.before(name.first).strip(" -–•") and not line.after(name.last).strip(" ;,.")


def _in_capitals(line: Line, name: Name) -> bool:
    """Whether the rest of the line is in capitals, so that capitals say nothing."""
    start, end = line.span(name)
    whole = line.text[line.text.rfind("\n", 0, start) + 1 : start] + line.after(name.last, 200)
    letters = [character for character in whole if character.isalpha()]
    return len(letters) > 8 and sum(map(str.isupper, letters)) > 0.8 * len(letters)
