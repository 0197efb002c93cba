"""The token: what stands in a neutralised text where an original stood. One place for both spellings."""

import re
from collective.deliberation.pseudonym.register import Category
from collective.deliberation.pseudonym.register import Entry
from collective.deliberation.pseudonym.register import Gender
from dataclasses import dataclass


CLASS = "pm-token"
END = "\u27e7"

_CATEGORIES = "|".join(re.escape(category.value) for category in Category)
HTML = re.compile(
    rf'<span class="{CLASS}" data-pm-cat="(?P<category>{_CATEGORIES})"'
    r' data-pm-no="(?P<ordinal>[0-9]{1,9})" data-pm-gender="(?P<gender>[fm]?)"></span>'
)
PLAIN = re.compile(
    rf"\u27e6(?P<category>{_CATEGORIES}):(?P<ordinal>[0-9]{{1,9}}):(?P<gender>[fm]?)\u27e7"
)
_ANY = re.compile(re.sub(r"\?P<[a-z]+>", "?:", f"{HTML.pattern}|{PLAIN.pattern}"))
_HTML = re.compile(re.sub(r"\?P<[a-z]+>", "?:", HTML.pattern))
_BRACKETS = str.maketrans("\u27e6\u27e7", "[]")


@dataclass(frozen=True, slots=True)
class Token:
    """Category, ordinal (0 when nobody numbered it) and grammar: all that leaves the desk."""

    category: Category
    ordinal: int
    gender: Gender

    @classmethod
    def of(cls, entry: Entry) -> "Token":
        return cls(entry.category, entry.ordinal, entry.gender)

    @classmethod
    def read(cls, match: re.Match[str]) -> "Token":
        """The token that ``HTML`` or ``PLAIN`` matched."""
        return cls(Category(match["category"]), int(match["ordinal"]), Gender(match["gender"]))

    def attributes(self) -> dict[str, str]:
        """The attributes of the empty span, in the order that ``HTML`` expects."""
        return {
            "class": CLASS,
            "data-pm-cat": self.category.value,
            "data-pm-no": str(self.ordinal),
            "data-pm-gender": self.gender.value,
        }

    def plain(self) -> str:
        return f"\u27e6{self.category.value}:{self.ordinal}:{self.gender.value}\u27e7"


UNNUMBERED = Token(Category.OTHER, 0, Gender.UNKNOWN)


def parts(text: str) -> list[str]:
    """What stands between the tokens of a neutralised text, of either spelling."""
    return (_ANY if "\u27e6" in text else _HTML).split(text)


def unforged(text: str) -> str:
    """A source text without plain tokens, and with plain brackets for those of tokens."""
    if "\u27e6" in text or END in text:
        return PLAIN.sub("", text).translate(_BRACKETS)
    return text
