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
    r' data-pm-no="(?P<ordinal>[0-9]{1,9})" data-pm-gender="(?P<gender>[fm]?)"'
    r'(?: data-pm-role="(?P<role>[^"<>&]{1,80})")?></span>'
)
PLAIN = re.compile(
    rf"\u27e6(?P<category>{_CATEGORIES}):(?P<ordinal>[0-9]{{1,9}}):(?P<gender>[fm]?)"
    '(?::(?P<role>[^\u27e6\u27e7<>&":]{1,80}))?\u27e7'
)
_GROUPS = re.compile(r"\?P<(?!role)[a-z]+>")


def _with_roles(pattern: re.Pattern[str]) -> str:
    """The pattern with no group but that of the role."""
    return _GROUPS.sub("?:", pattern.pattern).replace("?P<role>", "")


_ANY = re.compile(f"{_with_roles(HTML)}|{_with_roles(PLAIN)}")
_HTML = re.compile(_with_roles(HTML))
_BRACKETS = str.maketrans("\u27e6\u27e7", "[]")


@dataclass(frozen=True, slots=True)
class Token:
    """Category, ordinal (0 when nobody numbered it), grammar and role: all that leaves the desk."""

    category: Category
    ordinal: int
    gender: Gender
    role: str = ""

    @classmethod
    def of(cls, entry: Entry) -> "Token":
        role = entry.role if entry.category is Category.PERSON else ""
        return cls(entry.category, entry.ordinal, entry.gender, role)

    @classmethod
    def read(cls, match: re.Match[str]) -> "Token":
        """The token that ``HTML`` or ``PLAIN`` matched."""
        category, gender = Category(match["category"]), Gender(match["gender"])
        return cls(category, int(match["ordinal"]), gender, match["role"] or "")

    def attributes(self) -> dict[str, str]:
        """The attributes of the empty span, in the order that ``HTML`` expects."""
        return {
            "class": CLASS,
            "data-pm-cat": self.category.value,
            "data-pm-no": str(self.ordinal),
            "data-pm-gender": self.gender.value,
            **({"data-pm-role": self.role} if self.role else {}),
        }

    def plain(self) -> str:
        role = f":{self.role}" if self.role else ""
        return f"\u27e6{self.category.value}:{self.ordinal}:{self.gender.value}{role}\u27e7"


UNNUMBERED = Token(Category.OTHER, 0, Gender.UNKNOWN)


def parts(text: str) -> list[str]:
    """What stands between the tokens of a neutralised text, of either spelling, and their roles."""
    found = (_ANY if "\u27e6" in text else _HTML).split(text)
    return [part for part in found if part is not None]


def unforged(text: str) -> str:
    """A source text without plain tokens, and with plain brackets for those of tokens."""
    if "\u27e6" in text or END in text:
        return PLAIN.sub("", text).translate(_BRACKETS)
    return text
