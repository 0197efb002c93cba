"""Turn tokens into words, at each page view: what readers see is the institution's choice of policy."""

import re
from collections.abc import Callable
from collective.deliberation.pseudonym import tokens
from collective.deliberation.pseudonym.register import Category
from collective.deliberation.pseudonym.register import Gender
from collective.deliberation.pseudonym.tokens import Token
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Policy:
    """How persons and other data are shown.

    ``letter`` "Personne A"; ``civility`` "Madame A." where the gender is known; ``bracket``
    "[personne]", "[adresse]"; ``bar`` a black bar with a text for assistive technology.
    """

    person: Literal["letter", "civility", "bracket", "bar"] = "letter"
    other: Literal["bracket", "bar"] = "bracket"

    def __post_init__(self):
        if self.person not in ("letter", "civility", "bracket", "bar"):
            raise ValueError("Policy.person must be letter, civility, bracket or bar")
        if self.other not in ("bracket", "bar"):
            raise ValueError("Policy.other must be bracket or bar")


_WORDS = {  # and the article that an elided one becomes; None keeps it elided (before a vowel)
    Category.PERSON: ("personne", "la"),
    Category.ADDRESS: ("adresse", None),
    Category.BIRTH_DATE: ("date de naissance", "la"),
    Category.BIRTH_PLACE: ("lieu de naissance", "le"),
    Category.NATIONAL_NUMBER: ("numéro national", "le"),
    Category.ACCOUNT: ("compte", "le"),
    Category.PHONE: ("téléphone", "le"),
    Category.EMAIL: ("e-mail", None),
    Category.PLATE: ("plaque", "la"),
    Category.PARCEL: ("parcelle", "la"),
    Category.OTHER: ("donnée personnelle", "la"),
}
_CIVILITY = {Gender.FEMININE: "Madame", Gender.MASCULINE: "Monsieur"}
_APOSTROPHE = "(?:['’ʼ]|&#39;|&#x27;|&apos;|&rsquo;|&#8217;)"
_ELIDED = re.compile(
    rf"(?<!\w)(?P<word>(?:lors|puis|quoi|jus)?qu|[dlnjmtsc]){_APOSTROPHE}\s*\Z", re.I
)
_AFTER_CIVILITY = re.compile(
    r"(?<!\w)(?:Monsieur|Madame|Mademoiselle|Maître|Docteur|MM?\.|Mr|Mme|Mlle|Me|Dr)(?:\s|&nbsp;)+\Z",
    re.I,
)
_TAIL = 40  # characters before a token that an elision or a civility may take
_CLOSING = re.compile(r"(?:</[^<>]*>)*\.")


def rich_text(neutral_html: str, policy: Policy = Policy()) -> str:  # noqa: B008 (frozen)
    """The HTML to show for a neutralised HTML; never fails on what ``neutralise`` wrote."""

    def markup(token: Token, words: str) -> str:
        if _style(token, policy) == "bar":
            return (
                f'<span class="pm-pseudonym pm-bar"><span class="pm-bar-text">{words}</span></span>'
            )
        return f'<span class="pm-pseudonym">{words}</span>'

    return _present(neutral_html, tokens.HTML, policy, markup)


def plain_text(neutral: str, policy: Policy = Policy()) -> str:  # noqa: B008 (frozen)
    """The plain text to show for a neutralised plain text; a bar is shown as a bracket."""
    person = "bracket" if policy.person == "bar" else policy.person
    shown = Policy(person=person, other="bracket")
    return _present(neutral, tokens.PLAIN, shown, lambda token, words: words)


def letters(ordinal: int) -> str:
    """A, B, … Z, AA, AB, … for 1, 2, …"""
    found = ""
    while ordinal > 0:
        ordinal, rest = divmod(ordinal - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def _present(
    text: str, pattern: re.Pattern[str], policy: Policy, markup: Callable[[Token, str], str]
) -> str:
    parts: list[str] = []
    position = 0
    for match in pattern.finditer(text):
        token = Token.read(match)
        before = text[position : match.start()]
        style = _style(token, policy)
        words = _words(token, style)
        head, tags = _without_tags(before)
        titled = style == "civility" and _AFTER_CIVILITY.search(head[-_TAIL:])
        if titled:
            words = f"{letters(token.ordinal)}."
        else:
            head = _unelided(head, token, style)
        if words.endswith(".") and _CLOSING.match(text, match.end()):
            words = words[:-1]
        parts += [head, tags, markup(token, words)]
        position = match.end()
    parts.append(text[position:])
    return "".join(parts)


def _style(token: Token, policy: Policy) -> str:
    if token.category is not Category.PERSON:
        return policy.other
    if policy.person == "civility" and token.gender is Gender.UNKNOWN:
        return "letter"
    return policy.person


def _words(token: Token, style: str) -> str:
    if style == "civility":
        return f"{_CIVILITY[token.gender]} {letters(token.ordinal)}."
    word, _ = _WORDS[token.category]
    if token.category is Category.PERSON and style in ("letter", "bar"):
        word = word.capitalize() if style == "letter" else word
        return f"{word} {letters(token.ordinal)}".rstrip()
    numbered = f"{word} {token.ordinal}" if token.ordinal > 1 else word
    return f"[{numbered}]" if style == "bracket" else numbered


def _without_tags(text: str) -> tuple[str, str]:
    """What stands before the tags that end a text, and these tags."""
    end = len(text)
    while end and text[end - 1] == ">":
        start = text.rfind("<", 0, end)
        if start < 0:
            break
        end = start
    return text[:end], text[end:]


def _unelided(head: str, token: Token, style: str) -> str:
    """The text before a token with "d'" written out where the words shown begin with a consonant."""
    last = head[-_TAIL:]
    match = _ELIDED.search(last)
    article = _WORDS[token.category][1]
    if match is None or article is None:
        return head
    word = match["word"]
    start = len(head) - len(last) + match.start()
    if word.lower() == "l":
        full = article if style == "bracket" or token.category is not Category.PERSON else ""
        full = full.capitalize() if word == "L" else full
    elif word.isupper() and len(word) > 1:
        full = f"{word}E"
    else:
        full = f"{word}e"
    return head[:start] + (f"{full} " if full else "")
