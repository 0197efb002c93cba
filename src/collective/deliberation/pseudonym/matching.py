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
_GLUED = 6  # words that may be written as one around the longest of a form
_RUN = re.compile("[a-z]+|[0-9]+")
_HYPHENATED = re.compile(f"[-\u2010\xad](?=[\r\n{BOUNDARY}])|(?<=[-\u2010\xad])\r?[\n{BOUNDARY}]")


class Match(NamedTuple):
    """A mention: source offsets, and the entry it belongs to."""

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class _Pattern:
    entry: Entry
    source: str

    def spans(self, text: str) -> Iterable[tuple[int, int]]:
        return (match.span() for match in _compiled(self.source).finditer(text))


class Matcher:
    """The forms of one register, ready to be found. Make it with ``matcher``, which caches it.

    A pattern is only tried when its anchor, a whole word of it, is among the words of the text: the
    cost grows with the mentions in the text, not with the size of the register.
    """

    def __init__(self, register: Register):
        self._anchors: dict[str, list[_Pattern]] = {}
        self._letters: list[tuple[frozenset[str], _Pattern]] = []
        self._solid: list[tuple[str, _Pattern]] = []
        for entry in register.entries:
            found = {
                variant: None
                for form in entry.forms
                for variant in variants(entry.category, entry.gender, form)
            }
            for variant in found:
                self._add(entry, variant)
        self._keys = frozenset(self._anchors)
        self._longest = max(map(len, self._keys), default=0)

    def _add(self, entry: Entry, variant: Variant) -> None:
        text = "".join(variant.words)
        if variant.solid:
            body = _bounded(_SEPARATOR.join(text), text)
            self._solid.append((text, _Pattern(entry, body)))
            return
        body = _SEPARATOR.join(map(_letters, variant.words))
        if variant.heads:
            body = f"(?:{'|'.join(map(_letters, variant.heads))}){_SEPARATOR}{body}"
        pattern = _Pattern(entry, _bounded(body, (variant.heads or variant.words)[0] + text))
        for anchor in _anchors_of(variant):
            self._anchors.setdefault(anchor, []).append(pattern)
        if len(text) >= 3 and text.isalpha() and not variant.heads:
            self._letters.append(
                (frozenset(text), _Pattern(entry, _bounded("[ |]+".join(text), text)))
            )

    def find(self, text: str) -> list[Match]:
        """All mentions in order, none overlapping; overlapping ones are one, named by the longest."""
        if not (self._keys or self._solid):
            return []
        if "-" in text or "\u2010" in text or "\xad" in text:
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
        for letters, pattern in self._letters:
            if letters <= words:
                found[pattern] = None
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
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source)


def _letters(word: str) -> str:
    return r"\|*".join(word)


def _bounded(body: str, text: str) -> str:
    """The pattern that does not start or end inside a word; a solid one may touch letters."""
    before = "[0-9]" if text[0].isdigit() else "[a-z]"
    after = "[0-9]" if text[-1].isdigit() else "[a-z]"
    return f"(?<!{before}){body}(?!{after})"


def _anchors_of(variant: Variant) -> set[str]:
    """The words that a text must hold to hold this variant, whatever words of it are written as one."""
    words = variant.words
    longest = max(range(len(words)), key=lambda index: len(words[index]))
    found = {words[longest], "".join(words)}
    for first in range(max(0, longest - _GLUED), longest + 1):
        for last in range(longest, min(len(words), longest + _GLUED)):
            found.add("".join(words[first : last + 1]))
    for end in range(longest + 1, len(words) + 1):
        found |= {head + "".join(words[:end]) for head in variant.heads}
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
