"""Find names of natural persons in one text: announced by a word, followed by one, or name-like."""

import re
from collections.abc import Iterable
from collections.abc import Iterator
from collective.deliberation.pseudonym.detection import cues
from collective.deliberation.pseudonym.detection import lexicon
from collective.deliberation.pseudonym.detection import sequences
from collective.deliberation.pseudonym.detection.readable import key
from collective.deliberation.pseudonym.detection.sequences import Line
from collective.deliberation.pseudonym.detection.sequences import Name
from collective.deliberation.pseudonym.detection.words import CAPITAL
from collective.deliberation.pseudonym.detection.words import INITIAL
from collective.deliberation.pseudonym.detection.words import LOWER
from collective.deliberation.pseudonym.detection.words import UPPER
from dataclasses import dataclass


CIVILITY, KINSHIP, ROLE, FOLLOWED, GIVEN, LIST, CAPITALS, ESTATE, COLUMN, MODEL, UNKNOWN = (
    "civility kinship role followed given-name list capitals estate column language-model unknown-word".split()
)
CONFIDENCE = {
    CIVILITY: 0.95,
    KINSHIP: 0.9,
    ROLE: 0.8,
    FOLLOWED: 0.9,
    GIVEN: 0.85,
    LIST: 0.7,
    CAPITALS: 0.5,
    ESTATE: 0.5,
    COLUMN: 0.75,
    MODEL: 0.4,
    UNKNOWN: 0.3,
}
_ENUMERATION = re.compile(r"\s*(?:,|;|/|et|ou|&|–|-)?\s*(?:et|ou)?\s*(?:de\s+|d'|à\s+|aux?\s+)?")
_PRIVATE_AFTER = re.compile(
    r"[\s,(]*(?:(?i:née?s?\b|domicilié|demeurant|habitant\b|résidant|célibataire|veuf\b|veuve\b|époux|épouse|divorcé|âgée?\b|de nationalité|"
    r"n[°o]\.? (?:de registre )?national|registre national|NISS|NRN|RN\b|NN\b|fils\b|fille\b|enfant de|père\b|mère\b|même adresse|élève\b|prénommée?|précitée?)|°\s)"
)
_LABEL = re.compile(
    r"(?i:\b(?:noms?(?: et prénoms?)?|prénoms?|identité|titulaire|bénéficiaire|signé|au nom de|introduite? par|présentée? par|représentée?s? par|"
    r"assistée?s? (?:de|par)|accompagnée? (?:de|par)|chez|p/a|accordée? à|octroyée? à|s/|surnommée?|appel(?:aient|lent|ée?|ons)|prénommée?|alias|\bdite?s? «)\s*:?\s*(?:«\s?)?)$|\(s\)\s*$"
)
_GROUP = re.compile(
    r"(?i:\b(?:époux|consorts|famille|fam\.?|couple|ménage|M(?:r|\.|onsieur)?\s*(?:et|&)\s*M(?:me|adame)\.?|M(?:me|adame)\.?\s*(?:et|&)\s*M(?:r|onsieur|\.)))\s*$"
)


@dataclass(frozen=True, slots=True)
class Person:
    """A name found: its words, why, and whether what stands around says it is private."""

    name: Name
    reason: str


def people(line: Line, in_columns: Iterable[Name] = ()) -> list[Person]:
    """Names in order, none overlapping another; ``in_columns`` are those that a table labels so."""
    taken: dict[int, Person] = {}

    def take(name: Name, reason: str) -> bool:
        if any(index in taken for index in range(name.first, name.last + 1)):
            return False
        person = Person(name, reason)
        taken.update(dict.fromkeys(range(name.first, name.last + 1), person))
        return True

    for name, reason in _announced(line):
        take(name, reason)
    for name in in_columns:
        take(name, COLUMN)
    for name, reason in _apparent(line, taken):
        take(name, reason)
    found = sorted(
        {person.name.first: person for person in taken.values()}.values(),
        key=lambda p: p.name.first,
    )
    for name in _continued(line, found, taken):
        take(name, LIST)
    for name in _led_to(line, taken):
        take(name, LIST)
    for name in _unknown(line, taken):
        take(name, UNKNOWN)
    return sorted(set(taken.values()), key=lambda person: person.name.first)


def _announced(line: Line) -> Iterator[tuple[Name, str]]:
    words = line.words
    for index, word in enumerate(words):
        word_key = word.key.rstrip(".")
        if word_key in cues.CIVILITIES and _is_civility(line, index):
            yield from _after_civility(line, index)
        elif word.kind != LOWER and word_key in sequences.COMMON_SURNAMES:
            pass
        elif (word_key in cues.KIN or word_key.rstrip("sx") in cues.KIN) and word.kind != INITIAL:
            name = _after_cue(line, index, kin=True)
            if name is not None:
                yield from _listed(line, name, KINSHIP, word_key.endswith(("s", "x")))
        elif word_key in _ESTATES and word.kind != UPPER:
            name = _after_cue(line, index, kin=False)
            if name is not None and name.first == index + 1:
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
                yield from _listed(line, name, ROLE, word_key.endswith(("s", "x")))
        if word.is_name_like or word.is_particle:
            if _LABEL.search(line.before(index, 40)):
                name = sequences.read(line, index, announced=True)
                if (
                    name is not None
                    and not _is_no_person(line, name)
                    and not _all_common(line, name)
                ):
                    yield name, ROLE


_ESTATES = frozenset(
    """propriete ferme maison immeuble habitation exploitation terrain garage parcelle emprise reclamation demande
    dossier affaire concession plainte recours candidature engagement demission remplacement location vente bail
    permis sepulture contre""".split()
)
_NOBLE = frozenset("notaire notaires avocat avocate docteur architecte geometre huissier".split())


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
        if not _bridges(gap):
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
    if index >= len(words) or not _bridges(line.gap(index - 1)):
        return
    name = sequences.read(line, index, announced=True)
    if name is None:
        return
    if sequences.in_street(line, name.first):
        return
    if cues.FIRM_TAIL.match(line.after(name.last)) and name.first == name.last and many:
        return
    yield from _listed(line, name, CIVILITY, many)


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
    if _is_no_person(line, name) or _all_common(line, name):
        return False
    if any(word.key in _ORGANISATIONS for word in words):
        return False
    if crossed_of and not any(lexicon.is_given(word.text) for word in words):
        return kin and len(words) > 1
    text = " ".join(word.text for word in words)
    if lexicon.is_place(text) and not lexicon.is_given(text):
        return False
    return kin or len(words) > 1 or "," not in gap or lexicon.is_given(words[0].text)


_ORGANISATIONS = frozenset(cues.FIRM_HEADS) - {"maison", "royal", "royale", "coupe", "pic"}


def _all_common(line: Line, name: Name) -> bool:
    words = line.words[name.first : name.last + 1]
    return all(
        lexicon.is_vocabulary(word.text)
        and not lexicon.is_given(word.text)
        and word.kind != INITIAL
        for word in words
    )


def _is_no_person(line: Line, name: Name) -> bool:
    words = line.words[name.first : name.last + 1]
    text = line.text[words[0].start : words[-1].end]
    title = line.words[name.first - 1].text + " " + text if name.first else text
    if key(text) in lexicon.historical() or key(title) in lexicon.historical():
        return True
    if name.last + 1 < len(line.words) and sequences.is_roman(line.words[name.last + 1]):
        return line.gap(name.last) == " "  # kings
    return sequences.in_street(line, name.first) or sequences.in_organisation(line, name)


def _listed(line: Line, name: Name, reason: str, many: bool) -> Iterator[tuple[Name, str]]:
    """An announced name; after a plural, those that follow it; a couple's in two."""
    group = bool(_GROUP.search(line.before(name.first, 40)))
    for part in _parts(
        line, name, group or many and _GROUP.search(line.before(name.first, 40)) is not None
    ):
        yield part, reason
    if not many:
        return
    for _ in range(40):
        following = _after_comma(line, name)
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


def _after_comma(line: Line, name: Name) -> Name | None:
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
    if following is None or _all_common(line, following) or _is_no_person(line, following):
        return None
    if any(word.key in _NO_NAMES for word in line.words[following.first : following.last + 1]):
        return None
    return following


_NO_NAMES = (cues.ROLES | cues.FUNCTIONS | cues.KIN) - sequences.COMMON_SURNAMES


def _apparent(line: Line, taken: dict[int, Person]) -> Iterator[tuple[Name, str]]:
    """Names that nothing announces, by their own look and what follows them."""
    index = 0
    while index < len(line.words):
        name = None if index in taken else sequences.read(line, index, announced=False)
        if name is None or any(position in taken for position in range(name.first, name.last + 1)):
            index += 1
            continue
        reason = _look(line, name)
        if reason is not None and not _is_no_person(line, name):
            yield name, reason
        index = name.last + 1


def _look(line: Line, name: Name) -> str | None:
    words = line.words[name.first : name.last + 1]
    text = " ".join(word.text for word in words)
    solid = [word for word in words if word.kind != INITIAL and not word.is_particle]
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
        return GIVEN if given[0] else None
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
    if given and word.kind == CAPITAL and len(text) > 2 and key(text) not in _AMBIGUOUS:
        before = line.words[name.first - 1] if name.first else None
        if before is not None and before.key in ("saint", "sainte", "st", "ste"):
            return None
        if line.gap(name.first - 1).strip() == "-" or line.gap(name.last).strip()[:1] == "-":
            return None
        return GIVEN
    return None


_AMBIGUOUS = frozenset(
    """line mine ange constant modeste parfait juste long son santa loup fleur marin pierre rose aurore prince patience innocent gloire grace
    esperance tresor merveille olive perle angel noel toussaint ascension assomption""".split()
)


def _is_place_context(line: Line, name: Name) -> bool:
    before = line.before(name.first, 24)
    return bool(re.search(r"\d{4,5}\s+$", before))


def _is_segment(line: Line, name: Name) -> bool:
    """Whether it stands between dashes, as in the title "Permis – HUBIN COLIN – rue Haute"."""
    before, after = line.before(name.first).rstrip(), line.after(name.last).lstrip()
    return before[-1:] in ("–", "-", ":") and (not after or after[0] in "–-,;")


def _is_whole_line(line: Line, name: Name) -> bool:
    """Whether nothing else stands on the line, as in a cell or a list."""
    return not line.before(name.first).strip(" -–•") and not line.after(name.last).strip(" ;,.")


def _in_capitals(line: Line, name: Name) -> bool:
    """Whether the rest of the line is in capitals, so that capitals say nothing."""
    start, end = line.span(name)
    whole = line.text[line.text.rfind("\n", 0, start) + 1 : start] + line.after(name.last, 200)
    letters = [character for character in whole if character.isalpha()]
    return len(letters) > 8 and sum(map(str.isupper, letters)) > 0.8 * len(letters)


def _continued(line: Line, found: list[Person], taken: dict[int, Person]) -> Iterator[Name]:
    """What stands beside a name in an enumeration is a name: "Ezio et Luca"."""
    for person in found:
        name = person.name
        for _ in range(40):
            following = _after_comma(line, name)
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


def _led_to(line: Line, taken: dict[int, Person]) -> Iterator[Name]:
    """What stands before a name in an enumeration is a name: "Zayd, Imrân et Nour"."""
    for first in sorted({person.name.first for person in taken.values()}, reverse=True):
        while (
            first and line.gap(first - 1) == ", " or first > 1 and line.words[first - 1].key == "et"
        ):
            last = first - 1 if line.gap(first - 1) == ", " else first - 2
            start = last
            while start and line.gap(start - 1) == " " and line.words[start - 1].is_name_like:
                start -= 1
            name = Name(start, last)
            if any(index in taken for index in range(start, last + 1)) or not _fits(line, name):
                break
            yield name
            first = start


_PLACE_BEFORE = re.compile(
    r"(?:\b(?:à|aux?|vers|en|La|Le|Les|Saint|Sainte|Grand|Grande|Petit|Petite|Haut|Haute|Bas|Basse|Mont|Bois|Val|(?:[Cc]ommune|[Vv]ille|[Vv]illage|[Bb]ourgmestre|[Cc]ommunale?|CPAS|"
    r"[Ss]ection|[Cc]anton|[Aa]rrondissement|[Pp]rovince|[Tt]ribunal|[Pp]arquet|[Bb]arreau|[Pp]aroisse|[Ee]ntité|[Ss]ecteur|[Hh]ameau|[Gg]are|[Cc]imetière|[Cc]adastrée?|[Rr]ésidence|"
    r"[Ll]ieu-dit|[Ff]orêt|[Bb]arrage|[Oo]rdre|[Cc]ercle|[Rr]égion|[Zz]one|[Cc]ivil|[Dd]ivision|[Mm]arque|[Ll]ogiciel|[Aa]pplication|[Ss]ystème|[Pp]lateforme|[Gg]roupe|[Pp]rojet|[Ll]oi|[Pp]lan|[Cc]ode)s?(?: (?:de la|du|des|de|d'|l'))?|"
    r"\d{4})[ ]|d'|l'|«[ ]?|[-/])$"
)


def _unknown(line: Line, taken: dict[int, Person]) -> Iterator[Name]:
    """A capital in the middle of a sentence on a word that no list knows: likely a name."""
    places = _learned_places(line)
    for index, word in enumerate(line.words):
        if (
            index in taken
            or word.kind != CAPITAL
            or len(word.text) < 3
            or line.starts_sentence(index)
        ):
            continue
        if lexicon.is_vocabulary(word.text) or lexicon.is_place(word.text) or word.key in places:
            continue
        if (
            word.key in cues.CIVILITIES
            or word.key in _NO_NAMES
            or _PLACE_BEFORE.search(line.before(index, 40))
        ):
            continue
        before, after = line.words[index - 1] if index else None, line.after(index, 2)
        if (
            before is None
            or before.is_name_like
            and line.gap(index - 1) == " "
            and index - 1 not in taken
        ):
            continue
        if after[:1] in ("-", ".") and after[1:2].isalnum() or not before.text:
            continue
        following = line.words[index + 1] if index + 1 < len(line.words) else None
        if following is not None and following.is_name_like and line.gap(index) == " ":
            continue
        if not _is_no_person(line, Name(index, index)):
            yield Name(index, index)


_LEARNED = re.compile(
    r"(?:\d{4} |(?:[Cc]ommune|[Vv]ille|[Vv]illage|[Bb]ourgmestre|[Aa]dministration communale|CPAS|[Ss]ection|[Ee]ntité) (?:de |d'))(?P<place>[A-ZÀ-Þ][\w'-]+)"
)


def _learned_places(line: Line) -> frozenset[str]:
    """Keys of the places that the text itself names as such: after a postcode, "Commune de X"."""
    return frozenset(key(match["place"]) for match in _LEARNED.finditer(line.text))


def _fits(line: Line, name: Name) -> bool:
    words = line.words[name.first : name.last + 1]
    text = " ".join(word.text for word in words)
    if any(word.kind in (LOWER, INITIAL) or lexicon.is_vocabulary(word.text) for word in words):
        return False
    if len(words) > 3 or lexicon.is_place(text) or words[0].key in _NO_NAMES or len(text) < 3:
        return False
    if (
        words[0].kind == UPPER
        or not lexicon.is_given(words[0].text)
        and len(words) < 2
        and not line.starts_sentence(name.first)
    ):
        return False
    return not _is_no_person(line, name)


def judged(line: Line, start: int, end: int) -> Name | None:
    """The words of a span that a language model takes for a person, unless the rules know better."""
    inside = [i for i, word in enumerate(line.words) if word.start < end and start < word.end]
    while inside and (
        line.words[inside[0]].kind == LOWER or line.words[inside[0]].key in cues.CIVILITIES
    ):
        del inside[0]
    while inside and line.words[inside[-1]].kind == LOWER:
        del inside[-1]
    while len(inside) > 1 and line.words[inside[0]].key in _NO_NAMES:
        del inside[0]
    if not inside or inside[-1] - inside[0] > 6:
        return None
    name = Name(inside[0], inside[-1])
    text = line.text[slice(*line.span(name))]
    if (
        _all_common(line, name)
        or lexicon.is_place(text)
        or _is_no_person(line, name)
        or "\n" in text
    ):
        return None
    return name
