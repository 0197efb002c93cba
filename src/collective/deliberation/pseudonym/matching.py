"""Find every mention of a register in a text, as a reader would read it."""

import re
from collections.abc import Iterable
from collections.abc import Iterator
from collective.deliberation.pseudonym.folding import BOUNDARY
from collective.deliberation.pseudonym.folding import fold
from collective.deliberation.pseudonym.register import Category
from collective.deliberation.pseudonym.register import Entry
from collective.deliberation.pseudonym.register import Register
from collective.deliberation.pseudonym.solid_forms import merged
from collective.deliberation.pseudonym.solid_forms import SolidForms
from collective.deliberation.pseudonym.variants import Variant
from collective.deliberation.pseudonym.variants import variants
from functools import lru_cache
from typing import NamedTuple


_SEPARATOR = "[ |]*"  # between words: nothing at all is a separator too ("jeandupont")
_HEAD_SIZE = 40  # characters of the longest civility, with a tag between its letters
_GLUED = 6  # words that may be written as one around the longest of a form
_DOUBLE = ("ss", "ae", "oe", "th")  # what one letter alone may fold to
_ALONE = f"(?:[a-z0-9]|{'|'.join(_DOUBLE)})"
_SPELLED = re.compile(rf"(?:(?<=[ |])|^){_ALONE}(?:[ |]+{_ALONE}){{2,}}(?![a-z0-9])")
_SHAPES = bytes(ord("a") if chr(code).isalnum() else ord(" ") for code in range(128)) + bytes(128)
_THREE_ALONE = re.compile(rb" a  *a  *a ")  # starts with what is seldom there: found faster
_DOUBLED = re.compile(r"[-\u2010\u2011](?=[^\W\d_])\w+")
_RUN = re.compile("[a-z]+|[0-9]+")
_HYPHENATED = re.compile(f"[-\u2010\xad](?:\r?\n|{BOUNDARY})")


class Match(NamedTuple):
    """A mention: source offsets, and the entry it belongs to."""

    start: int
    end: int
    entry: Entry


class _Pattern:
    """Variants of one entry as one regular expression, compiled when it is first needed."""

    __slots__ = ("_regex", "entry", "letters", "variants")

    def __init__(self, entry: Entry, found: tuple[Variant, ...]):
        self.entry = entry
        self.variants = found
        self._regex: re.Pattern[str] | None = None
        self.letters = max(sum(map(len, variant.words)) for variant in found)

    def spans(self, text: str, windows: Iterable[tuple[int, int]]) -> Iterable[tuple[int, int]]:
        heads = self.variants[0].heads
        compiled = self._regex = self._regex or _compiled(self.variants)
        for first, last in windows:
            for found in compiled.finditer(text, first, last):
                match: re.Match[str] | None = found
                if found.end() == last < len(text):  # letters that the window hides may follow
                    match = compiled.match(text, found.start())
                    if match is None:
                        continue
                start: int | None = match.start()
                if heads:
                    start = _head_start(text, match.start(), heads)
                if start is not None:
                    yield start, match.end()


class Matcher:
    """The forms of one register, ready to be found. Make it with ``matcher``, which caches it.

    A pattern is only tried where its anchor, a whole word of it, stands in the text: the cost grows
    with the mentions in the text, not with the size of the register.
    """

    def __init__(self, register: Register):
        self._anchors: dict[str, list[_Pattern]] = {}
        self._spelled = SolidForms()
        self._solid = SolidForms()
        for entry in register.entries:
            self._add(entry)
        self._spelled.close()
        self._solid.close()
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
        headed: dict[tuple[str, ...], tuple[Variant, ...]] = {}
        for variant in ordered:
            if variant.heads:
                headed[variant.heads] = (*headed.get(variant.heads, ()), variant)
        for group in filter(None, (worded, *headed.values())):
            pattern = _Pattern(entry, group)
            for anchor in {anchor for variant in group for anchor in _anchors_of(variant)}:
                self._anchors.setdefault(anchor, []).append(pattern)
        for variant in worded:
            if len("".join(variant.words)) >= 3:
                self._spelled.add("".join(variant.words), entry)
        for variant in ordered:
            if variant.solid:
                self._solid.add(variant.words[0], entry)

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
        words = set(folded.text.split(" "))
        step = _step(folded.text)
        hits = list(self._worded(folded.text, words, step))
        if self._solid:
            hits += self._solid.around_digits(folded.text, step)
        if self._spelled and _may_be_spelled(folded.text, words):
            for run in _SPELLED.finditer(folded.text):
                hits += self._spelled.find(folded.text, *run.span())
        found = [Match(*folded.span(start, end), entry) for start, end, entry in _united(hits)]
        return _through_hyphens(text, found) if "-" in text or "\u2011" in text else found

    def _worded(self, text: str, words: set[str], step: int) -> Iterator[tuple[int, int, Entry]]:
        """The mentions that are words, looked for around the anchors that the text holds."""
        anchors = self._anchors_in(words)
        if not anchors:
            return
        around: dict[_Pattern, list[tuple[int, int]]] = {}
        for word, anchor in anchors:
            places = _places(text, word)
            for pattern in self._anchors[anchor]:
                reach = (pattern.letters + 1) * step
                around.setdefault(pattern, []).extend(
                    (max(0, place - reach), place + len(word) + reach) for place in places
                )
        for pattern, windows in around.items():
            for start, end in pattern.spans(text, merged(windows)):
                yield start, end, pattern.entry

    def _anchors_in(self, words: set[str]) -> list[tuple[str, str]]:
        """Each word of a text that holds an anchor, with the anchor; a word may be glued of many."""
        found = [(anchor, anchor) for anchor in words & self._keys]
        for word in words:
            if not word.isalpha() and not word.isdigit():
                found += [(word, anchor) for anchor in self._split(word) & self._keys]
        return found

    def _split(self, word: str) -> set[str]:
        """The words in what boundaries and digits glue: ``jean|dupont2`` → jean, dupont, jeandupont, 2."""
        found: set[str] = set()
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


def _may_be_spelled(text: str, words: set[str]) -> bool:
    """Whether three letters or figures in a row may stand alone: much faster than to look for them."""
    if not words.isdisjoint(_DOUBLE):
        return True
    shapes = b" %b " % text.encode("ascii").translate(_SHAPES)
    return _THREE_ALONE.search(shapes) is not None


def _step(text: str) -> int:
    """The most characters that stand from one letter to the next; the whole text where they may be many."""
    blank = text.replace("|", " ")
    return next((step for step in (4, 8, 24) if " " * step not in blank), len(text))


def _places(text: str, word: str) -> list[int]:
    """Where a word stands in a text, also as a part of others."""
    found = []
    place = text.find(word)
    while place >= 0:
        found.append(place)
        place = text.find(word, place + 1)
    return found


@lru_cache(maxsize=16384)
def _compiled(found: tuple[Variant, ...]) -> re.Pattern[str]:
    """One pattern, whose alternatives all start with a letter: so it skips fast what can't match."""
    bodies = []
    for variant in found:
        body = _SEPARATOR.join(r"\|*".join(word) for word in variant.words)
        first, last = body[0], variant.words[-1][-1]
        before, after = ("[0-9]" if c.isdigit() else "[a-z]" for c in (first, last))
        bodies.append(f"{first}(?<!{before}{first}){body[1:]}(?!{after})")
    return re.compile("|".join(bodies))


def _through_hyphens(text: str, found: list[Match]) -> list[Match]:
    """Mentions of persons with the second half of a double name: "Lemmens-Adam" where "Lemmens" is hidden."""
    whole: list[Match] = []
    for hit in found:
        if whole and hit.start < whole[-1].end:
            whole[-1] = whole[-1]._replace(end=max(hit.end, whole[-1].end))
            continue
        if hit.entry.category is Category.PERSON:
            second = _DOUBLED.match(text, hit.end)
            if second and second[0][1].isupper():
                hit = hit._replace(end=second.end())
        whole.append(hit)
    return whole


def _head_start(text: str, end: int, heads: tuple[str, ...]) -> int | None:
    """Where the civility starts that stands right before ``end``, or None."""
    while end and text[end - 1] in " |":
        end -= 1
    start = text.rfind(" ", 0, end) + 1
    if text[start:end].isalpha():
        return start if text[start:end] in heads else None
    found = _heads(heads).search(text, max(0, end - _HEAD_SIZE), end)
    return found.start() if found else None


@lru_cache(maxsize=16)
def _heads(heads: tuple[str, ...]) -> re.Pattern[str]:
    bodies = "|".join(r"\|*".join(head) for head in heads)
    return re.compile(rf"(?<![a-z])(?:{bodies})\Z")


def _anchors_of(variant: Variant) -> set[str]:
    """The words that a text must hold to hold this variant, whatever words of it are written as one."""
    words = variant.words
    longest = max(range(len(words)), key=lambda index: (_rarity(words[index]), index))
    found = {words[longest], "".join(words)}
    for first in range(max(0, longest - _GLUED), longest + 1):
        for last in range(longest, min(len(words), longest + _GLUED)):
            found.add("".join(words[first : last + 1]))
    return {max(_RUN.findall(anchor), key=_rarity) for anchor in found}


def _rarity(word: str) -> int:
    """How seldom a word stands in texts: long ones are rarer, and years are rarer than days and months."""
    return len(word) + (6 if len(word) == 4 else 3 if word > "31" else 0) * word.isdigit()


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
