"""Surnames that are common words, and surnames that stand before the given name."""

import re
from collective.deliberation.pseudonym.detection import cues
from collective.deliberation.pseudonym.detection import lexicon
from collective.deliberation.pseudonym.detection.line import Line
from collective.deliberation.pseudonym.detection.words import CAPITAL
from collective.deliberation.pseudonym.detection.words import INITIAL
from collective.deliberation.pseudonym.detection.words import LOWER
from collective.deliberation.pseudonym.detection.words import UPPER


_OPENS = frozenset((" (", " « ", ' "', " «"))
_SHUTS = frozenset((") ", " » ", '" ', "» "))
# the other first names of an identity, up to the birth: "NOËL Pascal, Ghislain, Joseph, né"
_FIRST_NAMES = re.compile(
    r"(?:, ?[A-ZÀ-Þ][a-zà-ÿ]+(?:-[A-ZÀ-Þ][a-zà-ÿ]+)?){1,4}\s?[,(]?\s?(?:née?\b|NN|NISS|domicili|demeur|de nationalité|n° national|RN\b|célibataire|mari[ée]|veu[fv]|divorc|inscrite?\b|sans profession|de profession|fils\b|fille\b|décédée?\b|époux|épouse|comparant)"
)
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
NEVER = frozenset(
    """conseil conseiller communal communale commune ville college service services police directeur president cpas
    spw code decide vu considerant attendu article entendu les des une aux pour par sur dans avec est que
    qui son ses leur administration etat region province loi decret arrete ministere collegue
    tribunal annexe objet point seance dossier adresse bureau zone ecole departement direction
    naissance nationalite domicile montant date numero qualite fonction titre""".split()
)


def before_given_name(line: Line, index: int) -> bool:
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


def may_be_surname(line: Line, index: int) -> bool:
    """A common word as a surname: "M. Petit", "Mme Place"; not "MONSIEUR PRÉSENTE"."""
    word = line.words[index]
    if word.kind == UPPER and line.before(index, 200).isupper() and len(word.text) < 4:
        return False
    return len(word.text) > 2 and word.key not in NEVER


def after_given_name(line: Line, last: int, index: int, announced: bool) -> bool:
    """Whether a common word is the surname after a given name: "Auguste Place", "F. Petit"."""
    word, before = line.words[index], line.words[last]
    if word.key in NEVER or word.key in cues.FUNCTIONS or len(word.text) < 3:
        return False
    if lexicon.is_given(word.text):
        return True
    if before.kind == INITIAL:
        return True
    if word.kind == UPPER and line.before(index, 40).isupper():
        return False
    return lexicon.is_given(before.text) and not lexicon.is_vocabulary(before.text)


def over_parentheses(line: Line, last: int) -> int | None:
    """A nickname between given name and surname: "Dieudonné (Didi) Hubin"."""
    words = line.words
    if line.gap(last) not in _OPENS or last + 1 >= len(words):
        return None
    nick = last + 1 if words[last + 1].kind != LOWER else last + 2
    if nick > last + 1 and words[last + 1].key not in ("dit", "dite", "alias", "surnomme"):
        return None
    if nick >= len(words) or words[nick].kind not in (CAPITAL, UPPER):
        return None
    if line.gap(nick) in _SHUTS and nick + 1 < len(words):
        after = words[nick + 1]
        if after.is_name_like and not lexicon.is_vocabulary(after.text):
            return nick + 1
    if line.gap(last) == " (" and line.gap(nick)[:1] == ")" and lexicon.is_given(words[nick].text):
        return nick if not lexicon.is_given(words[last].text) else None
    return None


def given_name_after(line: Line, last: int, announced: bool) -> int | None:
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
    if (
        word.kind not in (CAPITAL, UPPER)
        or not lexicon.is_given(word.text)
        or lexicon.is_vocabulary(word.text)
    ):
        return False
    if line.before(index, 40).rstrip(" ,").endswith((" Mmes", " MM.")):
        return False
    following = line.words[index + 1] if index + 1 < len(line.words) else None
    if following is None or line.gap(index) != " ":
        return line.gap(index)[:1] in (" ", ",", ";", ".", ")", "\n", ":", "")
    if following.is_particle and line.words[index - 1].kind == UPPER:
        return word.kind != UPPER  # "GARCIA, María del Carmen"
    return (
        not following.is_name_like
        and following.key not in ("et", "ou")
        and not following.is_particle
    )
