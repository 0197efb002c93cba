"""Read a name in the words of a text: where it begins and where it ends."""

import re
from collective.deliberation.pseudonym.detection import cues
from collective.deliberation.pseudonym.detection import lexicon
from collective.deliberation.pseudonym.detection import surnames
from collective.deliberation.pseudonym.detection.line import Line
from collective.deliberation.pseudonym.detection.line import Name
from collective.deliberation.pseudonym.detection.words import CAPITAL
from collective.deliberation.pseudonym.detection.words import FOREIGN_PARTICLES
from collective.deliberation.pseudonym.detection.words import INITIAL
from collective.deliberation.pseudonym.detection.words import LOWER
from collective.deliberation.pseudonym.detection.words import UPPER
from collective.deliberation.pseudonym.detection.words import Word


_LONGEST = 7  # words of one name
_PARTICLES = 4  # of them in a row
_NO_SURNAMES = cues.FUNCTIONS | cues.ROLES
_ROMAN = re.compile("[IVX]|[IVXLC]{2,}")
_CLOSES = re.compile(r"-[A-ZÀ-Þ]\.|\s*(?:[,;:)/(–]|-\s|$|et\b)")


def read(line: Line, index: int, announced: bool) -> Name | None:
    """The name that begins at a word, if one does; an announced one may begin with a common word."""
    words = line.words
    first = index
    while index < len(words) and index - first < _PARTICLES and _leads(line, index, announced):
        index += 1
    if index >= len(words) or not _may_be(line, index, announced):
        return None
    last = index
    while last + 1 < len(words) and last - first < _LONGEST:
        following = _next(line, last, announced)
        if following is None:
            break
        last = following
    if words[last].kind == INITIAL and first == last:
        return Name(first, last) if announced and _ends_phrase(line, last) else None
    return Name(first, last)


def _ends_phrase(line: Line, index: int) -> bool:
    """Whether a single initial is all that is told of a name: "Mme T. sollicite"."""
    following = line.words[index + 1] if index + 1 < len(line.words) else None
    return following is None or following.kind == LOWER or not line.gap(index).isspace()


def _leads(line: Line, index: int, announced: bool) -> bool:
    """Whether a particle begins the name: "Van den Bossche", "de Pierpont" after a civility."""
    word = line.words[index]
    if not word.is_particle or line.gap(index) not in (" ", "") or index + 1 >= len(line.words):
        return False
    after = line.words[index + 1]
    if word.kind == LOWER and not announced:
        return False
    if word.key in ("la", "le", "des", "du", "de") and not announced and after.kind == LOWER:
        return False
    if lexicon.is_vocabulary(after.text) and not after.is_particle:
        return False
    return after.is_name_like or after.is_particle


def _may_be(line: Line, index: int, announced: bool) -> bool:
    word = line.words[index]
    if word.kind == LOWER or word.is_particle:
        return False
    if word.kind == INITIAL:
        following = line.words[index + 1] if index + 1 < len(line.words) else None
        if following is None or following.kind == LOWER and not following.is_particle:
            return announced
        if following.kind == INITIAL and line.gap(index) in ("-", "", " "):
            return True
        if word.text == "M" and following.kind == LOWER:
            return False
        return not is_roman(following)
    if is_roman(word):
        return False
    if not announced:
        return not lexicon.is_vocabulary(word.text) or surnames.before_given_name(line, index)
    if word.key in cues.FUNCTIONS or word.key in cues.CIVILITIES or word.key in cues.FIRM_HEADS:
        return False
    # a surname may be a common word, but not one in the plural or of the administration
    return not lexicon.is_vocabulary(word.text) or surnames.may_be_surname(line, index)


def is_roman(word: Word) -> bool:
    """Whether a word is a number: "Léopold II", "article D.IV.4"."""
    return word.kind != INITIAL and word.kind != LOWER and _ROMAN.fullmatch(word.text) is not None


def _next(line: Line, last: int, announced: bool) -> int | None:
    """The index of the word that goes on with the name, or None."""
    words, index = line.words, last + 1
    gap = line.gap(last)
    if words[last].kind == INITIAL:
        if gap not in ("", " ", "-", " - "):
            return None
    elif gap == "\n" and announced and _over_a_line(line, last):
        return index
    elif gap not in (" ", "-", " -", "- ", " - ", "  ") and not (
        gap == "" and words[last].text.endswith("'")
    ):
        return surnames.over_parentheses(line, last) or surnames.given_name_after(
            line, last, announced
        )
    spaced = gap not in (" ", "", "  ")
    word = words[index]
    if is_roman(word):
        return None
    if word.is_particle and not spaced:
        return _over_particles(line, last, index, announced)
    if word.key in ("dit", "dite") and word.kind == LOWER and index + 1 < len(words):
        after = words[index + 1]
        named = after.kind == CAPITAL and line.gap(index) == " " and last > 0
        return index + 1 if named and not lexicon.is_vocabulary(after.text) else None
    if word.kind == LOWER:
        return None
    if word.kind == INITIAL:
        if (
            index + 1 < len(words)
            and words[index + 1].kind == INITIAL
            and line.gap(index) in ("-", "")
        ):
            return index
        if lexicon.is_given(words[last].text) or words[last].kind == INITIAL or announced:
            return index
        return index if _CLOSES.match(line.after(index)) else None
    if word.key in cues.CIVILITIES and word.kind != UPPER:
        return None
    if spaced and gap != "-" and (lexicon.is_vocabulary(word.text) or not announced):
        both = words[last].kind == word.kind == UPPER and not lexicon.is_place(word.text)
        if not both or lexicon.is_vocabulary(word.text) or line.before(index, 80).isupper():
            return None
    if lexicon.is_vocabulary(word.text) and not surnames.after_given_name(
        line, last, index, announced
    ):
        return None
    return index


def _over_a_line(line: Line, last: int) -> bool:
    """Whether a surname follows a given name on the next line: "M. Jean", "Dupont"."""
    words = line.words
    given, surname = words[last], words[last + 1]
    if not lexicon.is_given(given.text) or surname.kind not in (CAPITAL, UPPER):
        return False
    alone = not last or not words[last - 1].is_name_like or words[last - 1].key in cues.CIVILITIES
    known = lexicon.is_vocabulary(surname.text) or lexicon.is_place(surname.text)
    return alone and not known and not lexicon.is_given(surname.text)


def _over_particles(line: Line, last: int, index: int, announced: bool) -> int | None:
    words = line.words
    start = index
    while index < len(words) and index - start < _PARTICLES and words[index].is_particle:
        if line.gap(index) not in (" ", "", "-"):
            return None
        index += 1
    if index >= len(words) or not words[index].is_name_like or words[index].kind == INITIAL:
        return None
    group = words[start:index]
    capital = all(word.kind != LOWER for word in group) and not _is_heading(line, index)
    if words[index].key in cues.CIVILITIES or words[index].key in _NO_SURNAMES:
        return None
    known = lexicon.is_given(words[last].text) and announced
    if lexicon.is_vocabulary(words[index].text) and (
        not (capital or known) or words[index].key in surnames.NEVER
    ):
        return None
    if any(word.key in FOREIGN_PARTICLES or word.kind != LOWER for word in group):
        return index if not _is_heading(line, index) else None
    before = words[last]
    if last and words[last - 1].is_particle and words[last - 1].kind == LOWER:
        return index  # "de Crombrugghe de Looringhe"
    if lexicon.is_place(words[index].text):
        return None
    if before.kind == INITIAL or lexicon.is_given(before.text) or announced:
        # "Ghislain de Pierpont", "M. X de Y" but not "M. Dupont de Namur"
        return index
    return None


def _is_heading(line: Line, index: int) -> bool:
    """Whether a capitalised particle is only a word of a line in capitals."""
    word = line.words[index]
    return (
        word.kind == UPPER
        and line.before(index, 80).isupper()
        and not line.before(index, 80).strip() == ""
    )
