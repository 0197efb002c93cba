"""Checks of single values of a JSON document, each naming the field that is wrong and what it must be.

Pure, and used by the wire format only. No message repeats a value: it may be personal data.
"""

import re
from datetime import date
from datetime import datetime
from typing import Any


MAX_TEXT = 5_000_000  # characters in one rich text; the longest real decision seen has 40,000
MAX_LINE = 10_000  # characters in a title, a place, a name
MAX_LIST = 1_000  # annexes of one object, representatives of one item

_UID = re.compile(r"[0-9a-f]{32}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_SLUG = re.compile(r"(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*")
_EXTENSION = re.compile(r"[a-z0-9]{1,8}")
_MEDIA_TYPE = re.compile(r"(?=.{3,127}$)[a-z0-9.+-]+/[a-z0-9.+-]+")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\.[0-9]{6})?[+-][0-9]{2}:[0-9]{2}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# A lone half of a surrogate pair has no UTF-8 (and RFC 8785 refuses it); no HTML can hold a NUL.
_IMPOSSIBLE = re.compile("[\x00\ud800-\udfff]")


class WireError(ValueError):
    """A document that is not in the wire format.

    ``field`` is the path of the first field that is wrong, ``message`` says what it must be. Neither
    repeats the value, which may be personal data.
    """

    def __init__(self, field: str, message: str):
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


def keys(value: Any, path: str, names: set[str]) -> None:
    """An object with exactly these fields."""
    if not isinstance(value, dict):
        raise WireError(path or "document", "must be a JSON object")
    prefix = f"{path}." if path else ""
    for name in sorted(names - set(value)):
        raise WireError(prefix + name, "is missing")
    if set(value) - names:
        raise WireError(path or "document", "holds a field that this format does not know")


def array(value: Any, path: str) -> list[Any]:
    if not isinstance(value, list) or len(value) > MAX_LIST:
        raise WireError(path, f"must be a JSON array of at most {MAX_LIST} entries")
    return value


def text(value: Any, path: str, most: int = MAX_TEXT) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise WireError(path, f"must be a text of at most {most} characters")
    if _IMPOSSIBLE.search(value):
        raise WireError(path, "must hold no NUL and no half of a surrogate pair")
    return value


def line(value: Any, path: str) -> str:
    return text(value, path, MAX_LINE)


def empty(value: Any, path: str, when: str) -> str:
    if value != "":
        raise WireError(path, f"must be empty {when}")
    return ""


def uid(value: Any, path: str) -> str:
    return _match(value, path, _UID, "32 hexadecimal digits in lower case")


def sha256(value: Any, path: str) -> str:
    return _match(value, path, _SHA256, "64 hexadecimal digits in lower case")


def slug(value: Any, path: str) -> str:
    return _match(value, path, _SLUG, "a slug of at most 64 characters")


def extension(value: Any, path: str) -> str:
    return _match(value, path, _EXTENSION, "a file extension without its dot, in lower case")


def media_type(value: Any, path: str) -> str:
    return _match(value, path, _MEDIA_TYPE, "a media type in lower case, without parameters")


def choice(value: Any, path: str, choices: tuple[str, ...]) -> Any:
    if not isinstance(value, str) or value not in choices:
        raise WireError(path, f"must be one of {', '.join(choices)}")
    return value


def integer(value: Any, path: str, least: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value < 2**53:
        raise WireError(path, f"must be an integer of at least {least}")
    return value


def boolean(value: Any, path: str) -> bool:
    if not isinstance(value, bool):
        raise WireError(path, "must be true or false")
    return value


def moment(value: Any, path: str) -> str:
    """The form that ``datetime.isoformat`` gives for a moment with its offset, and no other."""
    try:
        valid = isinstance(value, str) and _MOMENT.fullmatch(value)
        if valid and datetime.fromisoformat(value):
            return value
    except ValueError:
        pass
    raise WireError(path, "must be a date and time with seconds and offset (ISO 8601)")


def day(value: Any, path: str) -> str:
    try:
        if isinstance(value, str) and _DAY.fullmatch(value) and date.fromisoformat(value):
            return value
    except ValueError:
        pass
    raise WireError(path, "must be a date (ISO 8601)")


def _match(value: Any, path: str, pattern: re.Pattern[str], what: str) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise WireError(path, f"must be {what}")
    return value
