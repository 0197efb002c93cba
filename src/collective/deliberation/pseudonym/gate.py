"""The gate: search what is about to leave for every form of the register, and for numbers that identify.

A hit stops the delivery: the register knows somebody who can still be read, or nobody has said yet
whether a national number or an account may be public.
"""

import html
import re
from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Mapping
from collective.deliberation.pseudonym import identifiers
from collective.deliberation.pseudonym import tokens
from collective.deliberation.pseudonym.identifiers import Identifier
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

    ``path`` is like "item.decision" or "annexes.0.title"; ``entry_id`` is empty for a number that is in no
    entry, and ``category`` too for a mark's internals; ``excerpt`` shows the surroundings, with "…" for
    each original.
    """

    path: str
    entry_id: str
    category: str
    excerpt: str


def search(payload: Any, register: Register, exempt: Collection[str] = ()) -> tuple[Hit, ...]:
    """Every place of a JSON-like value, keys included, where a form, a number or a mark can be read.

    ``exempt`` holds the numbers that somebody said may be public, in any spelling. Each entry, and each
    category of numbers, is reported once per place.

    :raises TypeError: when the payload holds something that is not JSON: nothing goes unsearched.
    """
    search = _Search(matcher(register), frozenset(map(identifiers.plain, exempt)))
    return tuple(search.value(payload, ""))


class _Search:
    def __init__(self, match: Matcher, exempt: frozenset[str]):
        self._match = match
        self._exempt = exempt

    def value(self, value: Any, path: str) -> Iterator[Hit]:
        if isinstance(value, str):
            yield from self._text(value, path)
        elif value is None or isinstance(value, bool):
            return
        elif isinstance(value, (int, float)):
            yield from self._text(str(value), path)
        elif isinstance(value, (list, tuple)):
            for index, part in enumerate(value):
                yield from self.value(part, _join(path, str(index)))
        elif isinstance(value, Mapping):
            for key, part in value.items():
                hits = tuple(self.value(key, path))
                yield from hits
                yield from self.value(part, _join(path, _HIDDEN if hits else str(key)))
        else:
            raise TypeError(
                f"The gate can't search a {type(value).__name__} at {path or 'the top'}."
            )

    def _text(self, text: str, path: str) -> Iterator[Hit]:
        seen: set[str] = set()
        for reading in readings(text):
            names, numbers = self._match.find(reading), self._numbers(reading)
            for hit in names:
                if hit.entry.id not in seen:
                    seen.add(hit.entry.id)
                    excerpt = self._excerpt(reading, hit, names, numbers)
                    yield Hit(path, hit.entry.id, hit.entry.category.value, excerpt)
            for number in numbers:
                category = number.category.value
                if category not in seen and not any(_overlap(number, name) for name in names):
                    seen.add(category)
                    yield Hit(path, "", category, self._excerpt(reading, number, names, numbers))
        raw = " ".join(tokens.parts(text))
        mark = _MARK.search(raw) or _MARK.search(html.unescape(html.unescape(raw)))
        if mark:
            yield Hit(path, mark["id"] or "", "", _HIDDEN)

    def _numbers(self, reading: str) -> list[Identifier]:
        return [
            number
            for number in identifiers.numbers(reading)
            if identifiers.plain(number.text) not in self._exempt
        ]

    def _excerpt(self, reading: str, hit, names: list[Match], numbers: list[Identifier]) -> str:
        """The surroundings of a hit; "…" alone when they can't be shown without an original."""
        first, last = max(0, hit.start - _CONTEXT), min(len(reading), hit.end + _CONTEXT)
        parts, position = [], first
        for other in sorted((*names, *numbers), key=lambda each: each.start):
            if other.end > position and other.start < last:
                parts += [reading[position : max(position, other.start)], _HIDDEN]
                position = other.end
        parts.append(reading[position:last])
        excerpt = " ".join("".join(c if c.isprintable() else " " for c in "".join(parts)).split())
        views = tuple(readings(excerpt))
        left = any(self._match.find(view) or self._numbers(view) for view in views)
        return _HIDDEN if left else excerpt


def _overlap(one: Identifier, other: Match) -> bool:
    return one.start < other.end and other.start < one.end


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
