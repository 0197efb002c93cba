"""French around a pseudonym: elision, contraction, civilities and articles fit the words that are shown."""

import re
from collective.deliberation.pseudonym.register import Gender
from typing import Literal
from typing import NamedTuple


class Shown(NamedTuple):
    """The words for one token, before what stands around them is known.

    ``kind`` "letter" for "Personne A", "civility" for "Monsieur A.", "role" for words with their own
    article, "datum" for a category. ``article`` is what "l'" becomes before the words, None when they begin
    with a vowel sound, empty when they take none. ``letter`` is "A" for a person who has one.
    """

    words: str
    kind: Literal["letter", "civility", "role", "datum"]
    article: str | None
    letter: str = ""


_APOSTROPHE = "(?:['’ʼ]|&#39;|&#x27;|&apos;|&rsquo;|&#8217;)"
_BLANK = r"(?:\s|&nbsp;|&#160;)"
_ELIDED = re.compile(
    rf"(?<!\w)(?P<word>(?:lors|puis|quoi|jus)?qu|[dlnjmtsc]){_APOSTROPHE}\s*\Z", re.I
)
_ELIDING = re.compile(rf"(?<!\w)(?P<word>(?:lors|puis|quoi|jus)?qu|d)e{_BLANK}+\Z", re.I)
_BEFORE_ARTICLE = re.compile(
    rf"(?<!\w)(?P<word>de|d{_APOSTROPHE}|[àÀ]|&agrave;)(?P<blank>{_BLANK}*)\Z", re.I
)
_ARTICLE = re.compile(
    rf"(?<!\w)(?:(?P<of>de{_BLANK}+(?:la{_BLANK}+|l{_APOSTROPHE})|du{_BLANK}+)"
    rf"|(?P<to>[àa]{_BLANK}+(?:la{_BLANK}+|l{_APOSTROPHE})|au{_BLANK}+)|(?P<the>l[ea]{_BLANK}+))\Z",
    re.I,
)
_CIVILITY = re.compile(
    rf"(?<!\w)(?P<word>(?P<m>Monsieur|M\.|Mr\.?)|(?P<f>Madame|Mme\.?)|(?P<young>Mademoiselle|Mlle\.?)"
    rf"|(?P<many>Messieurs|Mesdames|MM\.|Mmes)|(?P<title>Ma[îi]tre|Me|Docteur|Dr\.?)){_BLANK}+\Z",
    re.I,
)
_GROUP = re.compile(
    rf"(?<!\w)(?:[ée]poux|consorts|familles?|enfants|h[ée]ritiers|succession"
    rf"|(?:M\.|Mr\.?|Monsieur){_BLANK}+et{_BLANK}+(?:Mme\.?|Madame)){_BLANK}+\Z",
    re.I,
)
_ROLE_ARTICLE = re.compile(r"(?P<article>les?)\s+", re.I)
_SENTENCE = re.compile(r"(?:\A\.|[!?…]|[^\W\d_]{4,}\.|\)\.)\s*\Z")
_LOUD = re.compile(r"[A-ZÀ-Þ]{2,}\W*\Z")  # a word in capitals
_WHOLE = {"m": "Monsieur", "f": "Madame", "young": "Mademoiselle"}
_VOWELS = frozenset("aeiouyàâäéèêëîïôöùûüœæ")
_NEAR = 40  # characters before a token that its words may change


def fit(head: str, shown: Shown, gender: Gender, sentence: bool) -> tuple[str, str]:
    """The text before a token and its words, as both must read together.

    ``sentence`` says that ``head`` is all that stands before in the same block.
    """
    far, near = head[:-_NEAR], head[-_NEAR:]
    near, words = _fit(near, shown, gender, sentence and not far)
    return far + near, words


def _fit(near: str, shown: Shown, gender: Gender, sentence: bool) -> tuple[str, str]:
    if shown.kind == "datum":
        return _with_article(near, shown), shown.words
    if shown.letter and _GROUP.search(near):
        return near, f"{shown.letter}."  # les époux A.
    civility = _CIVILITY.search(near)
    if civility:
        return _civil(near, civility, shown, gender, sentence)
    if shown.kind == "role":
        return _contracted(near, shown.words, sentence)
    return _unelided(near, shown), shown.words


def _civil(
    near: str, civility: re.Match[str], shown: Shown, gender: Gender, sentence: bool
) -> tuple[str, str]:
    """A civility in the text is said once, whole where the policy has civilities."""
    before = near[: civility.start()]
    whole = next((_WHOLE[name] for name in _WHOLE if civility[name]), "")
    if shown.kind == "role":
        if civility["many"] or not re.match(r"l(?:[ea]\s|['’])", shown.words, re.I):
            return _contracted(before, shown.words, sentence)
        return before + (f"{whole} " if whole else civility[0]), shown.words
    if shown.kind == "civility":
        if civility["many"]:
            return before, shown.words
        return before + (f"{whole} " if whole else civility[0]), f"{shown.letter}."
    if civility["title"]:
        return near, shown.words
    return before, shown.words


def _contracted(near: str, role: str, sentence: bool) -> tuple[str, str]:
    """A role with its article after "de", "à" and "que", and with a capital where a sentence begins."""
    article = _ROLE_ARTICLE.match(role)
    before = _BEFORE_ARTICLE.search(near)
    if before and article:
        one = article["article"].lower() == "le"
        if before["word"][0] in "dD":
            word = "du" if one else "des"
        else:
            word = "au" if one else "aux"
        word = _cased(word, before["word"], near[: before.start()])
        return f"{near[: before.start()]}{word} ", role[article.end() :]
    if role[0].lower() in _VOWELS:
        eliding = _ELIDING.search(near)
        if eliding:
            return f"{near[: eliding.start()]}{eliding['word']}’", role
        return near, role if not _begins(near, sentence) else _capital(role)
    near = _unelided(near, Shown(role, "role", ""))
    return near, _capital(role) if _begins(near, sentence) else role


def _begins(near: str, sentence: bool) -> bool:
    """Whether a sentence begins after this text."""
    if not near.strip():
        return sentence
    return near[-1].isspace() and _SENTENCE.search(near) is not None


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _with_article(near: str, shown: Shown) -> str:
    """The text with the article that a category takes: "à la rue …" → "à l'[adresse]"."""
    found = _ARTICLE.search(near)
    if found is None or shown.article == "":
        return _unelided(near, shown)
    kind = "of" if found["of"] else "to" if found["to"] else "the"
    words = {
        "of": {"le": "du ", "la": "de la ", None: "de l’"},
        "to": {"le": "au ", "la": "à la ", None: "à l’"},
        "the": {"le": "le ", "la": "la ", None: "l’"},
    }[kind][shown.article]
    if words.split("’")[0].rstrip() == re.split(_APOSTROPHE, found[0])[0].rstrip().lower():
        return near  # as it was written
    return near[: found.start()] + (_capital(words) if found[0][0].isupper() else words)


def _unelided(near: str, shown: Shown) -> str:
    """The text with "d'" written out where the words shown begin with a consonant."""
    found = _ELIDED.search(near)
    if found is None or shown.article is None:
        return near
    word, before = found["word"], near[: found.start()]
    full = shown.article if word.lower() == "l" else f"{word.lower()}e"
    return before + (f"{_cased(full, word, before)} " if full else "")


def _cased(word: str, like: str, before: str) -> str:
    """A word in the capitals of the one that it stands for."""
    if not like[0].isupper():
        return word
    loud = (
        like.isupper() if like[:2].isalpha() and len(like) > 1 else _LOUD.search(before) is not None
    )
    return word.upper() if loud else _capital(word)
