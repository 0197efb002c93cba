"""Read a name in the words of a text: where it ends, and whether something says it is no person's."""

import re
from collections.abc import Sequence
from collective.deliberation.pseudonym.detection import cues
from collective.deliberation.pseudonym.detection import lexicon
from collective.deliberation.pseudonym.detection.words import CAPITAL
from collective.deliberation.pseudonym.detection.words import FOREIGN_PARTICLES
from collective.deliberation.pseudonym.detection.words import INITIAL
from collective.deliberation.pseudonym.detection.words import LOWER
from collective.deliberation.pseudonym.detection.words import UPPER
from collective.deliberation.pseudonym.detection.words import Word
from dataclasses import dataclass


_LONGEST = 7  # words of one name
_PARTICLES = 4  # of them in a row
_CLOSE = re.compile(r" ?-? ?| ?– ?")
_STREET = re.compile(
    rf"(?i:\b(?:{cues.STREET_TYPES}))\s+(?:(?:de|du|des|la|le|les|l'|d'|au|aux)\s*){{0,3}}$"
)
_SOMEBODY = re.compile(
    r"(?:(?i:\b(?:monsieur|madame|mademoiselle|mmes?|mlles?|messieurs|sieur)\.?)|\bMM?\.?|\bMr\.?)\s+$"
)
# What people own, though streets are called so, too.
_THING = re.compile(
    r"(?i:\b(?:terrasse|parc|cour|passage|porte|pont|villa|résidence|château|galerie|bois|champs?|prés?|"
    r"fonds?|escaliers|digue|voie|chemin))\s+(?:de\s+|d['’])$"
)
_STREET_WORDS = re.compile(
    rf"(?i:\b(?:{cues.STREET_TYPES}))(?:\s+(?:(?:de|du|des|la|le|les|au|aux|saint|et|ainsi|que|à)\b|[ld]'|[A-ZÀ-Þ][\w'-]*)[\s,]*){{1,12}}$"
)


@dataclass(frozen=True, slots=True)
class Name:
    """The words ``first`` to ``last`` (included) of a text, as one name."""

    first: int
    last: int


class Line:
    """The words of one text, and the gaps between them."""

    def __init__(self, text: str, words: Sequence[Word]):
        self.text = text
        self.words = words

    def gap(self, index: int) -> str:
        """What stands between a word and the next."""
        if not 0 <= index < len(self.words) - 1:
            return "\n"
        return self.text[self.words[index].end : self.words[index + 1].start]

    def span(self, name: Name) -> tuple[int, int]:
        return self.words[name.first].start, self.words[name.last].end

    def before(self, index: int, size: int = 60) -> str:
        """The text of the same line before a word."""
        start = self.words[index].start
        return self.text[max(0, start - size) : start].rpartition("\n")[2]

    def after(self, index: int, size: int = 60) -> str:
        """The text of the same line after a word."""
        end = self.words[index].end
        return self.text[end : end + size].partition("\n")[0]

    def starts_sentence(self, index: int) -> bool:
        before = self.text[max(0, self.words[index].start - 4) : self.words[index].start].rstrip(
            " «\"'("
        )
        return not before or before[-1] in "\n.!?:;–-•"


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
        return not lexicon.is_vocabulary(word.text) or _is_common_surname(line, index)
    if word.key in cues.FUNCTIONS or word.key in cues.CIVILITIES or word.key in cues.FIRM_HEADS:
        return False
    # a surname may be a common word, but not one in the plural or of the administration
    return not lexicon.is_vocabulary(word.text) or _is_surname(line, index)


def is_roman(word: Word) -> bool:
    """Whether a word is a number: "Léopold II", "article D.IV.4"."""
    return word.kind != INITIAL and word.kind != LOWER and _ROMAN.fullmatch(word.text) is not None


def _is_common_surname(line: Line, index: int) -> bool:
    """Whether a common word stands as a surname before a given name: "PETIT Roger"."""
    word = line.words[index]
    if word.key not in COMMON_SURNAMES or index + 1 >= len(line.words):
        return False
    if _WIDOW.match(line.after(index)):
        return word.kind == UPPER or index == 0 or "\n" in line.gap(index - 1)
    after = line.words[index + 1]
    return (
        line.gap(index) == " "
        and after.kind == CAPITAL
        and lexicon.is_given(after.text)
        and not lexicon.is_vocabulary(after.text)
    )


def _is_surname(line: Line, index: int) -> bool:
    """A common word as a surname: "M. Petit", "Mme Place"; not "MONSIEUR PRÉSENTE"."""
    word = line.words[index]
    if word.kind == UPPER and line.before(index, 200).isupper() and len(word.text) < 4:
        return False
    return len(word.text) > 2 and word.key not in _NEVER


_DOTTED = re.compile(
    r"(?<!\w)(?:S\.A|S\.R\.L|A\.S\.B\.L|S\.P\.R\.L|S\.C\.R\.L|S\.N\.C|N\.V|B\.V|S\.C)\. ?"
)
_NO_SURNAMES = cues.FUNCTIONS | cues.ROLES
_ROMAN = re.compile("[IVX]|[IVXLC]{2,}")
_OPENS = frozenset((" (", " « ", ' "', " «"))
_SHUTS = frozenset((") ", " » ", '" ', "» "))
# the other first names of an identity, up to the birth: "NOËL Pascal, Ghislain, Joseph, né"
_FIRST_NAMES = re.compile(
    r"(?:, ?[A-ZÀ-Þ][a-zà-ÿ]+(?:-[A-ZÀ-Þ][a-zà-ÿ]+)?){1,4}\s?[,(]?\s?(?:née?\b|NN|NISS|domicili|demeur|de nationalité|n° national|RN\b)"
)
_CLOSES = re.compile(r"-[A-ZÀ-Þ]\.|\s*(?:[,;:)/(–]|-\s|$|et\b)")
_WIDOW = re.compile(r"\s*[,(]\s*(?:vve|veuve|née|né|ép\.?|épouse|époux)\b")
# Common words that are surnames too.
COMMON_SURNAMES = frozenset(
    """petit grand noel blanc blanche place roy roi fort gros jeune vert bois foret riviere pont moulin
    bourgeois chevalier comte baron cardinal toussaint paques janvier mai juin juillet bon bonne court haut
    bas croix jardin jour poisson maitre maire juge page prince voisin cousin neveu parent frere ami
    francais wallon hiver garde marchand marin fontaine champ champs masson charpentier camp vigneron
    matin meunier gardien maison renard berger boulanger bon rang sable lambin martin simon bernard thomas
    robert richard michel laurent mathieu gerard henry vincent andre denis colin gilles georges pierre
    louis guillaume leonard clement""".split()
)
_NEVER = frozenset(
    """conseil conseiller communal communale commune ville college service services police directeur president cpas
    spw code decide vu considerant attendu article entendu les des une aux pour par sur dans avec est que
    qui son ses leur administration etat region province loi decret arrete ministere collegue
    tribunal annexe objet point seance dossier adresse bureau zone ecole departement direction
    naissance nationalite domicile montant date numero qualite fonction titre""".split()
)


def _next(line: Line, last: int, announced: bool) -> int | None:
    """The index of the word that goes on with the name, or None."""
    words, index = line.words, last + 1
    gap = line.gap(last)
    if words[last].kind == INITIAL:
        if gap not in ("", " ", "-", " - "):
            return None
    elif gap not in (" ", "-", " -", "- ", " - ", "  ") and not (
        gap == "" and words[last].text.endswith("'")
    ):
        return _in_parentheses(line, last) or _after_surname(line, last, announced)
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
        return None
    if lexicon.is_vocabulary(word.text) and not _common_surname(line, last, index, announced):
        return None
    return index


def _common_surname(line: Line, last: int, index: int, announced: bool) -> bool:
    """Whether a common word is the surname after a given name: "Auguste Place", "F. Petit"."""
    word, before = line.words[index], line.words[last]
    if word.key in _NEVER or word.key in cues.FUNCTIONS or len(word.text) < 3:
        return False
    if lexicon.is_given(word.text):
        return True
    if before.kind == INITIAL:
        return True
    if word.kind == UPPER and line.before(index, 40).isupper():
        return False
    return lexicon.is_given(before.text) and not lexicon.is_vocabulary(before.text)


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
        not (capital or known) or words[index].key in _NEVER
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


def _in_parentheses(line: Line, last: int) -> int | None:
    """A nickname between given name and surname: "Dieudonné (Didi) Hubin"."""
    words = line.words
    if line.gap(last) not in _OPENS or last + 1 >= len(words):
        return None
    nick = last + 1 if words[last + 1].kind != LOWER else last + 2
    if nick > last + 1 and words[last + 1].key not in ("dit", "dite", "alias", "surnomme"):
        return None
    if nick >= len(words) or words[nick].kind != CAPITAL:
        return None
    if line.gap(nick) in _SHUTS and nick + 1 < len(words):
        after = words[nick + 1]
        if after.is_name_like and not lexicon.is_vocabulary(after.text):
            return nick + 1
    if line.gap(last) == " (" and line.gap(nick)[:1] == ")" and lexicon.is_given(words[nick].text):
        return nick if not lexicon.is_given(words[last].text) else None
    return None


def _after_surname(line: Line, last: int, announced: bool) -> int | None:
    """A given name after surname and comma: "Legros, Jean-Philippe"."""
    words = line.words
    surname, index = words[last], last + 1
    if line.gap(last) != ", " or index >= len(words):
        return None
    if lexicon.is_given(surname.text):
        return index if _FIRST_NAMES.match(line.after(last, 90)) else None
    before = line.words[last - 1] if last else None
    if before is not None and lexicon.is_given(before.text) and line.gap(last - 1) == " ":
        return None  # "Marie Dupont, Jean Durand"
    ahead = line.before(last, 30).rstrip()
    heads = not ahead or ahead[-1] in ";–•:-)" or ahead[:-1].isdigit()
    if lexicon.is_place(surname.text) or not _alone(line, index):
        return None
    if not (announced or surname.kind == UPPER or heads):
        return None
    return index


def _alone(line: Line, index: int) -> bool:
    """Whether a given name stands without a surname of its own."""
    word = line.words[index]
    if word.kind != CAPITAL or not lexicon.is_given(word.text) or lexicon.is_vocabulary(word.text):
        return False
    if line.before(index, 40).rstrip(" ,").endswith((" Mmes", " MM.")):
        return False
    following = line.words[index + 1] if index + 1 < len(line.words) else None
    if following is None or line.gap(index) != " ":
        return line.gap(index)[:1] in (" ", ",", ";", ".", ")", "\n", ":", "")
    return (
        not following.is_name_like
        and following.key not in ("et", "ou")
        and not following.is_particle
    )


def in_street(line: Line, first: int) -> bool:
    """Whether the words before make it the name of a street."""
    before = line.before(first, 90)
    if _SOMEBODY.search(before):
        return False  # no street is called "de Monsieur …"
    if _THING.search(before) and lexicon.is_given(line.words[first].text):
        return False  # "la terrasse de Firmin": a thing, and whose it is
    return bool(_STREET.search(before) or _STREET_WORDS.search(before))


def in_organisation(line: Line, name: Name) -> bool:
    """Whether the words around make it the name of a firm, a school, a hall."""
    words = line.words
    if _DOTTED.search(line.text[max(0, line.span(name)[0] - 8) : line.span(name)[0] + 10]):
        return True
    if cues.FIRM_TAIL.match(line.after(name.last)):
        return True
    index = name.first - 1
    for _ in range(5):
        if index < 0 or "\n" in line.gap(index) or set(line.gap(index)) - set(" '-«\"&."):
            return False
        word = words[index]
        if word.key in cues.FIRM_HEADS:
            return True
        if word.key in cues.CIVILITIES or (word.kind == LOWER and word.key not in _LINKS):
            return False
        index -= 1
    return False


_LINKS = frozenset(
    "de du des la le les l' d' et a libre communale communal fondamentale saint sainte en paroissiale omnisports omnisport sportif sportive culturel culturelle polyvalente maternelle primaire secondaire funeraire multisports agricole anonyme privee simple civile coop cooperative".split()
)
