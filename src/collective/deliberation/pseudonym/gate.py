"""The gate: search what is about to leave for every form of the register. A hit stops the delivery."""

import html
import re
from collections.abc import Iterator
from collections.abc import Mapping
from collective.deliberation.pseudonym import tokens
from collective.deliberation.pseudonym.matching import Match
from collective.deliberation.pseudonym.matching import Matcher
from collective.deliberation.pseudonym.matching import matcher
from collective.deliberation.pseudonym.reading import readings
from collective.deliberation.pseudonym.register import Register
from dataclasses import dataclass
from typing import Any


_MARK = re.compile(r"""<[a-z][^<>]*\sdata-pm-[a-z]+(?:\s*=\s*["']?(?P<id>p[0-9]+))?""", re.I)
_CONTEXT = 30  # characters shown on each side of a hit
_HIDDEN = "…"


@dataclass(frozen=True, slots=True)
class Hit:
    """Where something is that must not leave.

    ``path`` is like "item.decision" or "annexes.0.title"; ``entry_id`` and ``category`` are empty for a
    mark's internals; ``excerpt`` shows the surroundings, with "…" for each original.
    """

    path: str
    entry_id: str
    category: str
    excerpt: str


def search(payload: Any, register: Register) -> tuple[Hit, ...]:
    """Every place of a JSON-like value, keys included, where a form or a mark can be read.

    Each entry is reported once per place.

    :raises TypeError: when the payload holds something that is not JSON: nothing goes unsearched.
    """
    return tuple(_search(payload, "", matcher(register)))


def _search(value: Any, path: str, match: Matcher) -> Iterator[Hit]:
    if isinstance(value, str):
        yield from _search_text(value, path, match)
    elif value is None or isinstance(value, bool):
        return
    elif isinstance(value, (int, float)):
        yield from _search_text(str(value), path, match)
    elif isinstance(value, (list, tuple)):
        for index, part in enumerate(value):
            yield from _search(part, _join(path, str(index)), match)
    elif isinstance(value, Mapping):
        for key, part in value.items():
            hits = tuple(_search(key, path, match))
            yield from hits
            yield from _search(part, _join(path, _HIDDEN if hits else str(key)), match)
    else:
        raise TypeError(f"The gate can't search a {type(value).__name__} at {path or 'the top'}.")


def _search_text(text: str, path: str, match: Matcher) -> Iterator[Hit]:
    seen: set[str] = set()
    for reading in readings(text):
        found = match.find(reading)
        for hit in found:
            if hit.entry.id not in seen:
                seen.add(hit.entry.id)
                excerpt = _excerpt(reading, hit, found, match)
                yield Hit(path, hit.entry.id, hit.entry.category.value, excerpt)
    raw = " ".join(tokens.parts(text))
    mark = _MARK.search(raw) or _MARK.search(html.unescape(html.unescape(raw)))
    if mark:
        yield Hit(path, mark["id"] or "", "", _HIDDEN)


def _excerpt(reading: str, hit: Match, found: list[Match], match: Matcher) -> str:
    """The surroundings of a hit; "…" alone when they can't be shown without an original."""
    first, last = max(0, hit.start - _CONTEXT), min(len(reading), hit.end + _CONTEXT)
    parts, position = [], first
    for other in found:
        if other.end > position and other.start < last:
            parts += [reading[position : max(position, other.start)], _HIDDEN]
            position = other.end
    parts.append(reading[position:last])
    excerpt = " ".join("".join(c if c.isprintable() else " " for c in "".join(parts)).split())
    return _HIDDEN if any(match.find(view) for view in readings(excerpt)) else excerpt


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
