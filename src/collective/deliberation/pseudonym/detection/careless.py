"""Names in small letters, as in the mails that decisions quote: "monsieur karim benali", "mr dupuis"."""

import re
from collections.abc import Iterator
from collective.deliberation.pseudonym.detection import cues
from collective.deliberation.pseudonym.detection import lexicon
from collective.deliberation.pseudonym.detection.line import Line
from collective.deliberation.pseudonym.detection.line import Name
from collective.deliberation.pseudonym.detection.words import LOWER


_ANNOUNCES = re.compile(
    r"(?i:(?<![\w'-])(?:monsieur|madame|mademoiselle|mr|mme|mlle|sieur|dame|nommée?|dénommée?|prénommée?|m'appelle|s'appelle|soussignée?|je suis|signé|voisine?|mari|femme|époux|épouse|fils|fille|frère|s[oœ]e?ur|née)[ ]?[:,.]?[ ]?)$"
)
_SHORT = re.compile(r"(?<![\w'-])(?:mr|mme|mlle|mm|Mr|Mme|Mlle)\.?[ ]$")
_BOTH = frozenset(
    "pierre claude rose marine prudent constant juste aime desire ange violette marguerite olive colombe victoire clement prosper parfait ida line".split()
)
# What goes on after a civility in small letters without being a name.
_GOES_ON = frozenset(
    """est a sera sont ont avait aura souhaite demande sollicite habite reside propose declare explique signale indique precise estime
    affirme conteste refuse accepte peut doit veut vit dit fait va vient se ne n' s' y en qui que dont et ou par pour avec dans sur au aux
    un une des son sa ses leur leurs mon ma mes votre vos notre nos cette ce ces tout toute tous aussi alors donc mais car si puis
    chef docteur professeur juge maire cure abbe ci-dessus susnomme prenomme precite""".split()
)


def careless(line: Line) -> Iterator[Name]:
    """Names in small letters after a word that announces a person."""
    words = line.words
    for index, word in enumerate(words):
        if word.kind != LOWER or len(word.text) < 3 or word.is_particle:
            continue
        before = line.before(index, 24)
        if not _ANNOUNCES.search(before):
            continue
        given = lexicon.is_given(word.text) and word.key not in _BOTH
        if not given and not (_SHORT.search(before) and _may_be(line, index)):
            continue
        last = index
        while last + 1 < len(words) and last - index < 4 and line.gap(last) == " ":
            following = last + 1
            while (
                following + 1 < len(words) and following - last < 3 and words[following].is_particle
            ):
                if words[following].key in ("de", "du", "des", "la", "le", "a", "y", "d'"):
                    break
                following += 1
            if not (given and last == index and _may_be(line, following)):
                break
            last = following
        if given and last == index and not _SHORT.search(before) and word.text in ("voisin", "ami"):
            continue
        yield Name(index, last)


def _may_be(line: Line, index: int) -> bool:
    """Whether a word in small letters may be a surname: no list knows it as anything else."""
    word = line.words[index]
    return (
        len(word.text) > 2
        and word.kind == LOWER
        and not word.is_particle
        and word.key not in _GOES_ON
        and word.key not in cues.FUNCTIONS | cues.ROLES | cues.TITLES | cues.CIVILITIES
        and not (lexicon.is_vocabulary(word.text) and not lexicon.is_given(word.text))
        and not re.search(r"(?:ement|ait|aient|erait|era|eront)$", word.key)
    )
