"""A whole number in the parameters of a request."""

from collections.abc import Mapping
from collective.deliberation import _
from dataclasses import dataclass
from typing import Any


DIGITS = 16  # at most: more would be work to read


@dataclass
class NotInRange(Exception):
    """Something else stands there, or a number that can't be used."""

    message: Any  # a message id, says from where to where


def whole_number(form: Mapping[str, Any], name: str, default: int, least: int, most: int) -> int:
    """The number of a parameter, or the default without it.

    :raises NotInRange: for all that is no whole number, in ASCII digits, from ``least`` to ``most``
    """
    value = form.get(name, str(default))
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= DIGITS:
        if least <= int(value) <= most:
            return int(value)
    message = _(
        "publishing_number_wrong",
        default="Must be a whole number from ${least} to ${most}.",
        mapping={"least": least, "most": most},
    )
    raise NotInRange(message)
