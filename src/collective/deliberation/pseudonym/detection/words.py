"""The words of a readable text, and what their writing says: capitals, initials, particles."""

import re
from collective.deliberation.pseudonym.detection import lexicon
from collective.deliberation.pseudonym.detection.readable import key
from dataclasses import dataclass


CAPITAL, UPPER, LOWER, INITIAL = "capital", "upper", "lower", "initial"
# They stand between the words of one name; those of the second group also stand elsewhere.
FOREIGN_PARTICLES = frozenset(
    "van von vom zu zum der den ter ten di da do dos das del wa della dello degli dei dal dalla lo el al ould ben ibn bin bint los las y e ul ur al- aït ait abu op".split()
)
PARTICLES = FOREIGN_PARTICLES | frozenset("de du des la le d'".split())
_WORD = re.compile(r"'[ts](?= [A-ZÀ-Þ])|[^\W\d_]+(?:['-][^\W\d_]+)*")
_ELIDED = re.compile(r"(?:l|d|j|m|n|s|t|c|qu|jusqu|lorsqu|puisqu|quoiqu|presqu)'", re.I)
_HYPHENED = re.compile(r"[A-ZÀ-Þ](?:-[A-ZÀ-Þ])+")  # "J-P. Dupont"
_DOUBLE = frozenset("JP JM JL MC JC JF JJ MJ PY MP".split())
_SHORTENED = frozenset(
    "th ph ch chr fr jos cl gh ed alb aug fd ant em et eug gust hub jh ls nic vict xav fl gab gu guil jac j jq mic mich".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """``text[start:end]``; an initial includes its full stop."""

    start: int
    end: int
    text: str
    kind: str

    @property
    def key(self) -> str:
        return key(self.text)

    @property
    def is_name_like(self) -> bool:
        return self.kind != LOWER

    @property
    def is_particle(self) -> bool:
        return self.key in PARTICLES


def words(text: str) -> list[Word]:
    """All words in order; what is elided before a word ("l'", "d'") is a word of its own."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        elided = _ELIDED.match(match[0])
        if elided and _splits(match[0], elided.end()):
            found.append(Word(start, start + elided.end(), elided[0], LOWER))
            start += elided.end()
        found.append(_word(text, start, end))
    return found


def _splits(word: str, at: int) -> bool:
    """ "l'Échevin" and "L'article" split; "D'Angelo" and "L'Hoest" do not."""
    rest = word[at:]
    if word[0].islower() or rest[0].islower():
        return True
    return at > 2 or lexicon.is_vocabulary(rest) or lexicon.is_place(rest)


def _word(text: str, start: int, end: int) -> Word:
    word = text[start:end]
    if not word[0].isupper():
        return Word(start, end, word, LOWER)
    if text[end : end + 1] == "." and (len(word) == 1 or key(word) in _SHORTENED):
        return Word(start, end + 1, word, INITIAL)
    if word in _DOUBLE or _HYPHENED.fullmatch(word):
        return Word(start, end + text.startswith(".", end), word, INITIAL)
    if len(word) > 1 and word == word.upper():
        return Word(start, end, word, UPPER)
    return Word(start, end, word, CAPITAL)
