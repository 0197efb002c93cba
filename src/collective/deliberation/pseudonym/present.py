"""Turn tokens into words, at each page view: what readers see is the institution's choice of policy."""

import re
from collections.abc import Callable
from collective.deliberation.pseudonym import french
from collective.deliberation.pseudonym import tokens
from collective.deliberation.pseudonym.french import Shown
from collective.deliberation.pseudonym.register import Category
from collective.deliberation.pseudonym.register import Gender
from collective.deliberation.pseudonym.tokens import Token
from dataclasses import dataclass
from html import escape
from typing import Literal


PERSONS = ("letter", "civility", "role", "bracket", "bar")


@dataclass(frozen=True, slots=True)
class Policy:
    """How persons and other data are shown.

    ``letter`` "Personne A"; ``civility`` "Madame A." where the gender is known; ``bracket``
    "[personne]", "[adresse]"; ``bar`` a black bar with a text for assistive technology; ``role`` the words
    that the author chose, "la requérante", and else as ``civility``.
    """

    person: Literal["letter", "civility", "role", "bracket", "bar"] = "letter"
    other: Literal["bracket", "bar"] = "bracket"

    def __post_init__(self):
        if self.person not in PERSONS:
            raise ValueError(f"Policy.person must be one of {', '.join(PERSONS)}")
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
_CLOSING = re.compile(r"(?:</[^<>]*>)*\.")
_NEAR = 60  # characters before a token in which the beginning of its block is looked for
_BLOCK = re.compile(r"</?(?:p|li|td|th|div|h[1-6]|blockquote|dd|dt|caption|br)\b", re.I)


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
        head, tags = _without_tags(text[position : match.start()])
        before, head, begins = _cut_at_block(head, tags, position == 0)
        head, words = french.fit(head, _shown(token, policy), token.gender, begins)
        if words.endswith(".") and _CLOSING.match(text, match.end()):
            words = words[:-1]
        parts += [before, head, tags, markup(token, words)]
        position = match.end()
    parts.append(text[position:])
    return "".join(parts)


def _shown(token: Token, policy: Policy) -> Shown:
    """The words of a token as the policy has them, before they meet the text around them."""
    word, article = _WORDS[token.category]
    style = _style(token, policy)
    letter = letters(token.ordinal) if token.category is Category.PERSON else ""
    if style == "role":
        return Shown(escape(token.role, quote=False), "role", "", letter)
    if style == "civility":
        known = _CIVILITY.get(token.gender)
        words = f"{known} {letter}." if known else f"Personne {letter}"
        return Shown(words.rstrip(), "civility", "", letter)
    if letter and style == "letter":
        return Shown(f"Personne {letter}", "letter", "", letter)
    if letter and style == "bar":
        return Shown(f"personne {letter}", "datum", "")
    if token.category is Category.BIRTH_DATE:
        article = ""
    numbered = f"{word} {token.ordinal}" if token.ordinal > 1 else word
    return Shown(f"[{numbered}]" if style == "bracket" else numbered, "datum", article)


def _style(token: Token, policy: Policy) -> str:
    if token.category is not Category.PERSON:
        return policy.other
    if policy.person == "role" and not token.role:
        return "civility"
    return policy.person


def _cut_at_block(head: str, tags: str, first: bool) -> tuple[str, str, bool]:
    """A text cut before what stands in the block of a token, and whether all of that is near it."""
    if _BLOCK.search(tags):
        return head, "", True
    end = head.rfind(">", max(0, len(head) - _NEAR)) + 1
    if end and _BLOCK.match(head, head.rfind("<", 0, end)):
        return head[:end], head[end:], True
    return "", head, first


def _without_tags(text: str) -> tuple[str, str]:
    """What stands before the tags that end a text, and these tags."""
    end = len(text)
    while end and text[end - 1] == ">":
        start = text.rfind("<", 0, end)
        if start < 0:
            break
        end = start
    return text[:end], text[end:]
