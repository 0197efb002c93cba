"""Names that a word before announces: a civility, kinship, a role, a label."""

import re
from collections.abc import Iterator
from collective.deliberation.pseudonym.detection import cues
from collective.deliberation.pseudonym.detection import lexicon
from collective.deliberation.pseudonym.detection import sequences
from collective.deliberation.pseudonym.detection import surnames
from collective.deliberation.pseudonym.detection import surroundings
from collective.deliberation.pseudonym.detection.enumerations import listed
from collective.deliberation.pseudonym.detection.line import Line
from collective.deliberation.pseudonym.detection.line import Name
from collective.deliberation.pseudonym.detection.reasons import CIVILITY
from collective.deliberation.pseudonym.detection.reasons import ESTATE
from collective.deliberation.pseudonym.detection.reasons import KINSHIP
from collective.deliberation.pseudonym.detection.reasons import ROLE
from collective.deliberation.pseudonym.detection.refusals import all_common
from collective.deliberation.pseudonym.detection.refusals import is_no_person
from collective.deliberation.pseudonym.detection.words import CAPITAL
from collective.deliberation.pseudonym.detection.words import INITIAL
from collective.deliberation.pseudonym.detection.words import LOWER
from collective.deliberation.pseudonym.detection.words import UPPER
from collective.deliberation.pseudonym.detection.words import Word


_LABEL = re.compile(
    r"(?i:\b(?:noms?(?: et prénoms?)?|prénoms?|identité|titulaire|bénéficiaire|signé|au nom de|introduite? par|présentée? par|représentée?s? par|"
    r"assistée?s? (?:de|par)|accompagnée? (?:de|par)|chez|p/a|accordée? à|octroyée? à|s/|surnommée?|appel(?:aient|lent|ée?|ons)|prénommée?|alias|(?<![\w-])dite?s? «)\s*:?\s*(?:«\s?)?)$|\(s\)\s*$"
)
_ESTATES = frozenset(
    """propriete ferme maison immeuble habitation exploitation terrain garage parcelle emprise reclamation demande
    dossier affaire concession plainte recours candidature engagement demission remplacement location vente bail
    permis sepulture contre""".split()
)
# After these a surname comes, even one that is a place's name, too.
_OF_A_SURNAME = frozenset(
    "ep epse epouse veuve vve veuf nee ne epoux consorts hoirs famille fam".split()
)
_NICKNAME = re.compile(
    r"(?i:(?<![\w-])(?:dite?|alias|surnommée?|surnom|sobriquet)[ ]:?[ ]?)(?:«[ ]?|[\"“])(?P<name>[^»\"”\n]{2,30}?)(?:[ ]?»|[\"”])"
)
_NOBLE = frozenset("notaire notaires avocat avocate docteur architecte geometre huissier".split())
_ORGANISATIONS = frozenset(cues.FIRM_HEADS) - {"maison", "royal", "royale", "coupe", "pic"}


def announced(line: Line) -> Iterator[tuple[Name, str]]:
    words = line.words
    for match in _NICKNAME.finditer(line.text):
        inside = [
            i for i, w in enumerate(words) if match.start("name") <= w.start < match.end("name")
        ]
        if inside:
            yield Name(inside[0], inside[-1]), ROLE
    for index, word in enumerate(words):
        word_key = word.key.rstrip(".")
        if word_key in cues.CIVILITIES and _is_civility(line, index):
            yield from _after_civility(line, index)
        elif word.kind != LOWER and word_key in surnames.COMMON_SURNAMES:
            pass
        elif (word_key in cues.KIN or word_key.rstrip("sx") in cues.KIN) and word.kind != INITIAL:
            name = _after_cue(line, index, kin=True)
            if name is not None:
                many = word_key.endswith(("s", "x")) or word_key in ("famille", "fam")
                yield from listed(line, name, KINSHIP, many)
        elif word_key in _ESTATES and word.kind != UPPER:
            name = _after_cue(line, index, kin=False)
            if name is not None and name.first == index + 1 and len(words[name.last].text) > 1:
                yield name, ESTATE
        elif (
            word_key in cues.ROLES or word_key.rstrip("s") in cues.ROLES
        ) and word_key not in cues.FUNCTIONS - {
            "president",
            "presidente",
            "secretaire",
        }:
            name = _after_cue(line, index, kin=False)
            if name is not None:
                yield from listed(line, name, ROLE, word_key.endswith(("s", "x")))
        if word.is_name_like or word.is_particle:
            if word.text != "M" and _LABEL.search(line.before(index, 40)):
                name = sequences.read(line, index, announced=True)
                if name is not None and not is_no_person(line, name) and not all_common(line, name):
                    yield name, ROLE


def _is_civility(line: Line, index: int) -> bool:
    word = line.words[index]
    if word.key in ("m", "m.", "mr", "me", "mes", "pere", "dames", "mm", "mrs"):
        if word.key in ("me", "mes"):
            return word.kind == CAPITAL and line.gap(index) in (" ", ". ")
        if index and line.gap(index - 1) in ("", "-") and line.words[index - 1].kind == INITIAL:
            return False  # "J.M. Hubin"
        if word.key in ("m", "mm"):
            return (
                word.text in ("M", "MM", "m", "mm")
                and line.gap(index)[:1] in (".", " ")
                and not line.before(index, 3)[-2:].strip().isdigit()
            )
        return True
    return True


def _after_civility(line: Line, index: int) -> Iterator[tuple[Name, str]]:
    words = line.words
    many = words[index].key in cues.PLURAL
    index += 1
    couple = False
    steps = 0
    while index < len(words) and steps < 9:
        gap = line.gap(index - 1)
        if not _bridges(gap) or not _goes_on(words[index - 1], gap):
            return
        word = words[index]
        if word.key.rstrip(".") in cues.CIVILITIES and (
            gap.strip(" .") in ("", "&", "/") or couple
        ):
            many = couple = True
        elif (
            word.key in ("et", "ou")
            and index + 1 < len(words)
            and words[index + 1].key.rstrip(".") in cues.CIVILITIES
        ):
            couple = True
        elif word.key in cues.TITLES and not _name_here(line, index):
            pass
        else:
            break
        index += 1
        steps += 1
    gap = line.gap(index - 1)
    if index >= len(words) or not _bridges(gap) or not _goes_on(words[index - 1], gap):
        return
    name = sequences.read(line, index, announced=True)
    if name is None:
        return
    if surroundings.in_street(line, name.first):
        return
    if cues.FIRM_TAIL.match(line.after(name.last)) and name.first == name.last and many:
        return
    yield from listed(line, name, CIVILITY, many)


def _name_here(line: Line, index: int) -> bool:
    """Whether a title or particle begins the name itself: "Mme de Brouwer", "M. Le Roy"."""
    word = line.words[index]
    if not word.is_particle and word.kind == LOWER:
        return False
    if word.key in cues.FUNCTIONS:
        return False
    if word.is_particle:
        following = index + 1
        while following < min(len(line.words), index + 5) and line.words[following].is_particle:
            following += 1
        if following >= len(line.words):
            return False
        after = line.words[following]
        return (
            after.is_name_like
            and after.key not in cues.TITLES
            and not lexicon.is_vocabulary(after.text)
        )
    return False


def _goes_on(word: Word, gap: str) -> bool:
    """Whether a full stop or the end of a line after a word ends nothing: "Mme.", "Monsieur" at the end of a line."""
    if "\n" in gap:
        return gap.count("\n") == 1 and word.key.rstrip(".") in cues.CIVILITIES
    return "." not in gap or word.key.rstrip(".") in cues.CIVILITIES or len(word.text) < 4


def _bridges(gap: str) -> bool:
    return gap in (
        "",
        " ",
        ". ",
        ".",
        "  ",
        " & ",
        "/",
        " / ",
        ".  ",
        ", ",
        " : ",
        ": ",
        " (",
        "\n",
        ".\n",
    ) or gap.strip() in ("", ".", "&")


def _after_cue(line: Line, index: int, kin: bool) -> Name | None:
    """The name after a word of kinship or of a role: "son neveu, Roland", "mère de Timéo"."""
    words = line.words
    crossed_of = False
    for step in range(1, 6):
        position = index + step
        if position >= len(words):
            return None
        gap = line.gap(position - 1)
        if gap.strip() not in ("", ",", ":", "«", '"', "(", ".", ", «", ": «") or "\n" in gap:
            return None
        if gap.strip() in (".",) and not kin:
            return None
        word = words[position]
        if word.key in cues.CIVILITIES:
            return None
        name = None
        if word.is_name_like or (
            word.is_particle
            and step == 1
            and word.kind == LOWER
            and (word.key in ("van", "di", "el", "'t") or words[index].key in _NOBLE)
        ):
            name = sequences.read(line, position, announced=True)
        if name is not None:
            return name if _convinces(line, name, kin, crossed_of, gap) else None
        if word.key in ("de", "d'", "du", "des"):
            crossed_of = True
        if word.key not in cues.BETWEEN and word.key not in cues.KIN and word.key not in cues.ROLES:
            return None
    return None


def _convinces(line: Line, name: Name, kin: bool, crossed_of: bool, gap: str) -> bool:
    words = line.words[name.first : name.last + 1]
    if is_no_person(line, name) or all_common(line, name):
        return False
    text = line.text[words[0].start : words[-1].end]
    if any(word.key in _ORGANISATIONS for word in words) or cues.ORGANISATION.fullmatch(text):
        return False
    if crossed_of and len(words) > 2 and all(w.kind == INITIAL or w.is_particle for w in words):
        return False  # "bénéficiaire du R.I.S."
    if crossed_of and not any(lexicon.is_given(word.text) for word in words):
        return kin and len(words) > 1
    text = " ".join(word.text for word in words)
    if lexicon.is_place(text) and not lexicon.is_given(text):
        return line.words[name.first - 1].key in _OF_A_SURNAME
    return kin or len(words) > 1 or "," not in gap or lexicon.is_given(words[0].text)
