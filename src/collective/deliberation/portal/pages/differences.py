"""What changed between two texts, word by word. Pure, and of bounded cost.

Paragraphs that resemble each other are compared by words; all others were added or removed whole. Texts too long to be
compared within the bounds are shown one after the other: slower to read, never slow to make.
"""

import html
import re
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal


MAX_PARAGRAPHS = 600  # on either side, without what is alike at the beginning and the end
MAX_PAIRS = 8_000_000  # words of one side times words of the other, over all pairs of paragraphs: about a second
MAX_PAIRS_OF_ONE = 400_000  # the same, of one pair of paragraphs
ALIKE = 0.4  # share of words that two paragraphs have in common, to be one that changed
NEAR = 20  # paragraphs further on in which one that changed is looked for
AROUND = 1  # paragraphs without change that are shown beside one that changed

_END = re.compile(r"<br>|</(?:p|li|h[1-6]|tr|blockquote|pre|caption)>|<(?:ul|ol|table)\b[^>]*>")
_CELL = re.compile(r"</t[dh]>(?=<t[dh])")
_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"\w+(?:[.,]\w+)*['’]?|[^\w\s]|\s+")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text with one fate."""

    kind: Literal["same", "added", "removed"]
    text: str


Paragraph = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """Paragraphs without change that are not shown."""

    unchanged: int


def paragraphs(safe_html: str) -> list[str]:
    """The words of presented rich text, paragraph by paragraph; the cells of a row stand side by side."""
    pieces = _END.split(_CELL.sub(" | ", safe_html))
    texts = (" ".join(html.unescape(_TAG.sub("", piece)).split()) for piece in pieces)
    return [text for text in texts if text]


def compare(before: Sequence[str], after: Sequence[str]) -> list[Paragraph | Skipped]:
    """How ``after`` came out of ``before``; empty when nothing changed."""
    if list(before) == list(after):
        return []
    return list(_shortened(list(_Comparison().aligned(before, after))))


def by_words(before: str, after: str) -> Paragraph:
    """One paragraph that became another."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    runs: list[Run] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            runs.append(Run("same", "".join(old[a:b])))
            continue
        if b > a:
            runs.append(Run("removed", "".join(old[a:b])))
        if d > c:
            runs.append(Run("added", "".join(new[c:d])))
    return tuple(_joined(runs))


class _Comparison:
    """One comparison; ``left`` is what it may still cost."""

    def __init__(self):
        self.left = MAX_PAIRS

    def aligned(self, before: Sequence[str], after: Sequence[str]) -> Iterable[Paragraph]:
        shorter = min(len(before), len(after))
        first = last = 0
        while first < shorter and before[first] == after[first]:
            first += 1
        while last < shorter - first and before[-1 - last] == after[-1 - last]:
            last += 1
        old, new = before[first : len(before) - last], after[first : len(after) - last]
        yield from _whole("same", before[:first])
        if max(len(old), len(new)) > MAX_PARAGRAPHS:
            yield from _whole("removed", old)
            yield from _whole("added", new)
        else:
            for kind, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
                if kind == "equal":
                    yield from _whole("same", old[a:b])
                else:
                    yield from self.paired(old[a:b], new[c:d])
        yield from _whole("same", before[len(before) - last :])

    def paired(self, old: Sequence[str], new: Sequence[str]) -> Iterable[Paragraph]:
        """Each old paragraph with the next new one that resembles it, in order."""
        words = [frozenset(_WORD.findall(text)) for text in new]
        place = 0
        for text in old:
            own = frozenset(_WORD.findall(text))
            near = range(place, min(place + NEAR, len(new)))
            found = next((index for index in near if _likeness(own, words[index]) >= ALIKE), None)
            if found is None:
                yield from _whole("removed", [text])
                continue
            yield from _whole("added", new[place:found])
            yield from self.one(text, new[found])
            place = found + 1
        yield from _whole("added", new[place:])

    def one(self, before: str, after: str) -> Iterable[Paragraph]:
        cost = len(_WORD.findall(before)) * len(_WORD.findall(after))
        if cost > min(MAX_PAIRS_OF_ONE, self.left):
            return [*_whole("removed", [before]), *_whole("added", [after])]
        self.left -= cost
        return [by_words(before, after)]


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(len(one | other), 1)


def _whole(kind: Literal["same", "added", "removed"], texts: Iterable[str]) -> list[Paragraph]:
    return [(Run(kind, text),) for text in texts]


def _same(paragraph: Paragraph) -> bool:
    return all(run.kind == "same" for run in paragraph)


def _joined(runs: list[Run]) -> Iterable[Run]:
    """Without the blanks between two changes, so that a phrase reads as one."""
    merged: list[Run] = []
    for index, run in enumerate(runs):
        between = run.kind == "same" and run.text.isspace() and 0 < index < len(runs) - 1
        parts = (Run("removed", run.text), Run("added", run.text)) if between else (run,)
        merged.extend(parts)
    group: list[Run] = []
    for run in merged:
        if run.kind == "same":
            yield from _grouped(group)
            group = []
            yield run
        else:
            group.append(run)
    yield from _grouped(group)


def _grouped(group: list[Run]) -> Iterable[Run]:
    for kind in ("removed", "added"):
        text = "".join(run.text for run in group if run.kind == kind)
        if text:
            yield Run(kind, text)


def _shortened(found: list[Paragraph]) -> Iterable[Paragraph | Skipped]:
    near = set()
    for index, paragraph in enumerate(found):
        if not _same(paragraph):
            near.update(range(index - AROUND, index + AROUND + 1))
    skipped = 0
    for index, paragraph in enumerate(found):
        if index not in near:
            skipped += 1
            continue
        if skipped:
            yield Skipped(skipped)
            skipped = 0
        yield paragraph
    if skipped:
        yield Skipped(skipped)
