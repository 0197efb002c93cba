"""Names by what they are not: a capital in the middle of a sentence on a word that no list knows."""

import re
from collections.abc import Container
from collections.abc import Iterator
from collective.deliberation.pseudonym.detection import cues
from collective.deliberation.pseudonym.detection import lexicon
from collective.deliberation.pseudonym.detection.line import Line
from collective.deliberation.pseudonym.detection.line import Name
from collective.deliberation.pseudonym.detection.readable import key
from collective.deliberation.pseudonym.detection.refusals import is_no_person
from collective.deliberation.pseudonym.detection.refusals import NO_NAMES
from collective.deliberation.pseudonym.detection.words import CAPITAL


_PLACE_BEFORE = re.compile(
    r"(?:\b(?:à|aux?|vers|en|La|Le|Les|Saint|Sainte|Grand|Grande|Petit|Petite|Haut|Haute|Bas|Basse|Mont|Bois|Val|(?:[Cc]ommune|[Vv]ille|[Vv]illage|[Bb]ourgmestre|[Cc]ommunale?|CPAS|"
    r"[Ss]ection|[Cc]anton|[Aa]rrondissement|[Pp]rovince|[Tt]ribunal|[Pp]arquet|[Bb]arreau|[Pp]aroisse|[Ee]ntité|[Ss]ecteur|[Hh]ameau|[Gg]are|[Cc]imetière|[Cc]adastrée?|[Rr]ésidence|"
    r"[Ll]ieu-dit|[Ff]orêt|[Bb]arrage|[Oo]rdre|[Cc]ercle|[Rr]égion|[Zz]one|[Cc]ivil|[Dd]ivision|[Mm]arque|[Ll]ogiciel|[Aa]pplication|[Ss]ystème|[Pp]lateforme|[Gg]roupe|[Pp]rojet|[Ll]oi|[Pp]lan|[Cc]ode)s?(?: (?:de la|du|des|de|d'|l'))?|"
    r"\d{4})[ ]|d'|l'|«[ ]?|[-/])$"
)
# They begin a sentence and stand before a name: "Entendu Kauw".
_OPENS = frozenset("entendu entendue entendus oui selon chez avec contre pour par".split())
_LEARNED = re.compile(
    r"(?:\d{4} |(?:[Cc]ommune|[Vv]ille|[Vv]illage|[Bb]ourgmestre|[Aa]dministration communale|CPAS|[Ss]ection|[Ee]ntité) (?:de |d'))(?P<place>[A-ZÀ-Þ][\w'-]+)"
)


def unknown(line: Line, taken: Container[int]) -> Iterator[Name]:
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
            or word.key in NO_NAMES
            or _PLACE_BEFORE.search(line.before(index, 40))
        ):
            continue
        before, after = line.words[index - 1] if index else None, line.after(index, 2)
        if (
            before is None
            or before.is_name_like
            and before.key not in _OPENS
            and line.gap(index - 1) == " "
            and index - 1 not in taken
        ):
            continue
        if after[:1] in ("-", ".") and after[1:2].isalnum() or not before.text:
            continue
        following = line.words[index + 1] if index + 1 < len(line.words) else None
        if following is not None and following.is_name_like and line.gap(index) == " ":
            continue
        if not is_no_person(line, Name(index, index)):
            yield Name(index, index)


def _learned_places(line: Line) -> frozenset[str]:
    """Keys of the places that the text itself names as such: after a postcode, "Commune de X"."""
    return frozenset(key(match["place"]) for match in _LEARNED.finditer(line.text))
