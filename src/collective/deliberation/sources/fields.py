"""Read one field of a JSON object strictly: the value, or the error that names it. Pure.

Each takes the object, the path where it stands, and the field's name.
"""

import re
from collective.deliberation import _
from collective.deliberation.sources import richtext
from collective.deliberation.sources.values import SourceError
from datetime import datetime
from datetime import timezone
from typing import Any


_UID = re.compile(r"[0-9a-f]{32}")


def at(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def missing(path: str, name: str) -> SourceError:
    return SourceError(
        at(path, name),
        _(
            "source_missing",
            default="is missing: ask iA.Délib for full objects (fullobjects=True).",
        ),
    )


def uid(value: dict, path: str) -> str:
    uid = value.get("UID")
    if uid is None:
        raise missing(path, "UID")
    if not isinstance(uid, str) or not _UID.fullmatch(uid):
        raise SourceError(
            at(path, "UID"), _("source_uid", default="must be 32 hexadecimal digits.")
        )
    return uid


def text(value: dict, path: str, name: str, required: bool = True) -> str:
    text = value.get(name)
    if text is None and not required:
        return ""
    if text is None:
        raise missing(path, name)
    if not isinstance(text, str):
        raise SourceError(at(path, name), _("source_text", default="must be a text."))
    text = " ".join(richtext.storable(text).split())
    if required and not text:
        raise SourceError(at(path, name), _("source_empty", default="must not be empty."))
    return text


def rich(value: dict, path: str, name: str) -> str:
    """A rich text, ``{"content-type", "data"}``, as HTML; an absent one is empty."""
    if name not in value:
        raise missing(path, name)
    rich = value[name]
    if rich is None:
        return ""
    data = rich.get("data") if isinstance(rich, dict) else None
    kind = rich.get("content-type") if isinstance(rich, dict) else None
    if not isinstance(data, str) or kind not in ("text/html", "text/plain"):
        raise SourceError(
            at(path, name),
            _(
                "source_rich",
                default="must be a rich text: content-type text/html or text/plain, and data.",
            ),
        )
    data = richtext.storable(data)
    return data if kind == "text/html" else richtext.from_plain(data)


def titled(value: Any, path: str) -> str:
    """The words of a token with its title (iA.Délib writes ``title`` or ``Title``)."""
    if value is None or value == "":
        return ""
    title = value.get("title") or value.get("Title") if isinstance(value, dict) else value
    if not isinstance(title, str):
        raise SourceError(
            path, _("source_titled", default="must be a text, or an object with its title.")
        )
    return " ".join(richtext.storable(title).split())


def entries(value: dict, path: str, name: str) -> list:
    found = value.get(name)
    if found is None:
        return []
    if not isinstance(found, list):
        raise SourceError(at(path, name), _("source_list", default="must be a list."))
    return found


def integer(value: dict, path: str, name: str, least: int) -> int:
    number = value.get(name)
    if number is None:
        raise missing(path, name)
    if not isinstance(number, int) or isinstance(number, bool) or number < least:
        raise SourceError(
            at(path, name),
            _(
                "source_integer",
                default="must be a whole number of at least ${least}.",
                mapping={"least": least},
            ),
        )
    return number


def choice(value: dict, path: str, name: str, choices: tuple[str, ...]) -> Any:
    word = text(value, path, name)
    if word not in choices:
        raise SourceError(
            at(path, name),
            _(
                "source_choice",
                default="must be one of: ${choices}.",
                mapping={"choices": ", ".join(choices)},
            ),
        )
    return word


def moment(value: dict, path: str, name: str, required: bool = False) -> datetime | None:
    text = value.get(name)
    if text is None and not required:
        return None
    if text is None:
        raise missing(path, name)
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except (AttributeError, ValueError):
        raise SourceError(
            at(path, name),
            _("source_moment", default="must be a date and time (ISO 8601)."),
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
