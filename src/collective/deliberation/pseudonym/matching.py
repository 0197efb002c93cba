"""Find every mention of a register in a text, as a reader would read it."""

import re
from collections.abc import Iterable
from collective.deliberation.pseudonym.folding import BOUNDARY
from collective.deliberation.pseudonym.folding import fold
from collective.deliberation.pseudonym.register import Entry
from collective.deliberation.pseudonym.register import Register
from collective.deliberation.pseudonym.variants import Variant
from collective.deliberation.pseudonym.variants import variants
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple


_SEPARATOR = "[ |]*"  # between words: nothing at all is a separator too ("jeandupont")
_HEAD_SIZE = 40  # characters of the longest civility, with a tag between its letters
_GLUED = 6  # words that may be written as one around the longest of a form
_DOUBLE = frozenset({"ss", "ae", "oe", "th"})  # what one letter alone may fold to
_ALONE = f"(?:[a-z0-9]|{'|'.join(sorted(_DOUBLE))})"
_SPELLED = re.compile(rf"[ |]{_ALONE}(?:[ |]+{_ALONE}){{2,}}(?![a-z0-9])")
_SPACES = re.compile("[ |]+")
_RUN = re.compile("[a-z]+|[0-9]+")
_HYPHENATED = re.compile(f"[-\u2010\xad](?:\r?\n|{BOUNDARY})")


class Match(NamedTuple):
    """A mention: source offsets, and the entry it belongs to."""

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class _Pattern:
    """The variants of one entry as one regular expression, compiled when it is first needed."""

    entry: Entry
    variants: tuple[Variant, ...]
    separator: str = _SEPARATOR

    def spans(self, text: str) -> Iterable[tuple[int, int]]:
        heads = self.variants[0].heads
        for match in _compiled(self.variants, self.separator).finditer(text):
            start: int | None = match.start()
            if heads:
                start = _head_start(text, match.start(), heads)
            if start is not None:
                yield start, match.end()


class Matcher:
    """The forms of one register, ready to be found. Make it with ``matcher``, which caches it.

    A pattern is only tried when its anchor, a whole word of it, is among the words of the text: the
    cost grows with the mentions in the text, not with the size of the register.
    """

    def __init__(self, register: Register):
        self._anchors: dict[str, list[_Pattern]] = {}
        self._spaced: list[tuple[frozenset[str], str, _Pattern]] = []
        self._solid: list[tuple[str, _Pattern]] = []
        for entry in register.entries:
            self._add(entry)
        self._keys = frozenset(self._anchors)
        self._longest = max(map(len, self._keys), default=0)

    def _add(self, entry: Entry) -> None:
        found = dict.fromkeys(
            variant
            for form in entry.forms
            for variant in variants(entry.category, entry.gender, form)
        )
        ordered = sorted(found, key=lambda variant: -len("".join(variant.words)))
        worded = tuple(variant for variant in ordered if not variant.solid and not variant.heads)
        headed = ((variant,) for variant in ordered if variant.heads)
        for group in filter(None, (worded, *headed)):
            pattern = _Pattern(entry, group)
            for anchor in {anchor for variant in group for anchor in _anchors_of(variant)}:
                self._anchors.setdefault(anchor, []).append(pattern)
        for variant in worded:
            text = "".join(variant.words)
            if len(text) >= 3:
                letters = _Pattern(entry, (Variant(tuple(text)),))
                self._spaced.append((frozenset(text), text, letters))
        for variant in ordered:
            if variant.solid:
                letters = (Variant(tuple(variant.words[0])),)
                self._solid.append((variant.words[0], _Pattern(entry, letters)))

    def find(self, text: str) -> list[Match]:
        """All mentions in order, none overlapping; overlapping ones are one, named by the longest."""
        if not (self._keys or self._solid):
            return []
        if (
            "-" + BOUNDARY in text
            or "-\n" in text
            or "-\r" in text
            or "\u2010" in text
            or "\xad" in text
        ):
            text = _HYPHENATED.sub(lambda match: BOUNDARY * len(match[0]), text)
        folded = fold(text)
        candidates = self._candidates(folded.text)
        if not candidates:
            return []
        hits = [(*s, p.entry) for p in candidates for s in p.spans(folded.text)]
        return [Match(*folded.span(start, end), entry) for start, end, entry in _united(hits)]

    def _candidates(self, text: str) -> list[_Pattern]:
        words = set(text.split())
        found = {}
        mixed = [word for word in words if not word.isalpha() and not word.isdigit()]
        words.update(self._split(mixed))
        for anchor in words & self._keys:
            found.update(dict.fromkeys(self._anchors[anchor]))
        alone = {word for word in words if len(word) == 1}
        alone.update(*(words & _DOUBLE))
        spelled = [each for each in self._spaced if each[0] <= alone]
        if spelled:
            spaced = "#".join(_SPACES.sub("", run) for run in _SPELLED.findall(f" {text}"))
            found.update((pattern, None) for _, part, pattern in spelled if part in spaced)
        if self._solid:
            solid = text.replace(" ", "").replace("|", "")
            found.update((pattern, None) for part, pattern in self._solid if part in solid)
        return list(found)

    def _split(self, mixed: list[str]) -> set[str]:
        """The words in what boundaries and digits glue: ``jean|dupont2`` → jean, dupont, jeandupont, 2."""
        found: set[str] = set()
        for word in mixed:
            for run in word.split("#"):
                cells = [cell for cell in run.split("|") if cell]
                for first in range(len(cells)):
                    joined = ""
                    for cell in cells[first:]:
                        joined += cell
                        found.update(_RUN.findall(joined))
                        if len(joined) > self._longest:
                            break
        return found


@lru_cache(maxsize=256)
def matcher(register: Register) -> Matcher:
    """The matcher of a register; equal registers share one."""
    return Matcher(register)


@lru_cache(maxsize=16384)
def _compiled(found: tuple[Variant, ...], separator: str) -> re.Pattern[str]:
    """One pattern, whose alternatives all start with a letter: so it skips fast what can't match."""
    bodies = []
    for variant in found:
        body = separator.join(r"\|*".join(word) for word in variant.words)
        first, last = body[0], variant.words[-1][-1]
        before, after = ("[0-9]" if c.isdigit() else "[a-z]" for c in (first, last))
        bodies.append(f"{first}(?<!{before}{first}){body[1:]}(?!{after})")
    return re.compile("|".join(bodies))


def _head_start(text: str, end: int, heads: tuple[str, ...]) -> int | None:
    """Where the civility starts that stands right before ``end``, or None."""
    while end and text[end - 1] in " |":
        end -= 1
    found = _heads(heads).search(text, max(0, end - _HEAD_SIZE), end)
    return found.start() if found else None


@lru_cache(maxsize=16)
def _heads(heads: tuple[str, ...]) -> re.Pattern[str]:
    bodies = "|".join(r"\|*".join(head) for head in heads)
    return re.compile(rf"(?<![a-z])(?:{bodies})\Z")


def _anchors_of(variant: Variant) -> set[str]:
    """The words that a text must hold to hold this variant, whatever words of it are written as one."""
    words = variant.words
    longest = max(range(len(words)), key=lambda index: len(words[index]))
    found = {words[longest], "".join(words)}
    for first in range(max(0, longest - _GLUED), longest + 1):
        for last in range(longest, min(len(words), longest + _GLUED)):
            found.add("".join(words[first : last + 1]))
    return {max(_RUN.findall(anchor), key=len) for anchor in found}


def _united(hits: list[tuple[int, int, Entry]]) -> list[tuple[int, int, Entry]]:
    united: list[tuple[int, int, Entry]] = []
    longest = 0
    for start, end, entry in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        if united and start < united[-1][1]:
            first, stop, kept = united[-1]
            if end - start > longest:
                kept, longest = entry, end - start
            united[-1] = (first, max(stop, end), kept)
        else:
            united.append((start, end, entry))
            longest = end - start
    return united
