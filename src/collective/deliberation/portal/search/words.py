"""How French text is cut into words for the portal's search. Pure.

Index, query and highlight use the same cut and the same stems, so that what is found is what is highlighted:
accents and case are folded, apostrophes and hyphens separate (``l'école`` is ``ecole``), frequent words are
dropped, and of what remains the stem counts (see ``stems``).
"""

import re
import unicodedata
from collections.abc import Iterator
from collections.abc import Set
from collective.deliberation.portal.search.stems import stem
from functools import lru_cache


MAX_WORD = 64  # characters of a word that count; longer ones are no words

STOP_WORDS = frozenset(
    "a ai as au aux avec c ce ces cet cette d dans de des du elle elles en est et eux il ils j je l la "
    "le les leur leurs lui m ma mais me mes moi mon n ne nos notre nous on ont ou par pas pour qu que qui "
    "jusqu lorsqu puisqu quoiqu s sa se ses si son sont sur t ta te tes toi ton tu un une vos votre vous y".split()
)

_WORD = re.compile(r"\w+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ı": "i", "ø": "o", "ł": "l"})


def fold(text: str) -> str:
    """Lower case, without accents and ligatures: ``Œuvre d'été`` is ``oeuvre d'ete``."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return plain.translate(_LIGATURES)


def cut(text: str) -> Iterator[tuple[str, int, int]]:
    """The words of a text, folded, with the place of each in it: ``(word, start, end)``."""
    for match in _WORD.finditer(text):
        word = fold(match[0]).replace("_", "")[:MAX_WORD]
        if word and word not in STOP_WORDS:
            yield word, match.start(), match.end()


def stems(text: str) -> list[str]:
    """The stems of a text's words, in order."""
    return [found for word in _WORD.findall(fold(text)) if (found := _kept(word))]


def hits(text: str, asked: Set[str]) -> Iterator[tuple[str, int, int]]:
    """The words of a text whose stems are asked for: stem, and the place of the word."""
    for match in _WORD.finditer(text):
        found = _as_written(match[0])
        if found in asked:
            yield found, match.start(), match.end()


def written(text: str) -> dict[str, str]:
    """How the words of a text are written, in lower case, by what they are folded."""
    folded, plain = _WORD.findall(fold(text)), _WORD.findall(text.lower())
    return dict(zip(folded, plain if len(plain) == len(folded) else folded, strict=True))


@lru_cache(maxsize=1 << 16)
def _as_written(word: str) -> str:
    return _kept(fold(word))


@lru_cache(maxsize=1 << 16)
def _kept(word: str) -> str:
    """The stem of a folded word; empty for one that is dropped."""
    word = word.replace("_", "")[:MAX_WORD]
    return "" if word in STOP_WORDS else stem(word)
