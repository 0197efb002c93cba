"""The part of a text where the words asked for stand, with these words marked. Pure."""

from collections.abc import Iterator
from collections.abc import Set
from collective.deliberation.portal.search import words
from collective.deliberation.portal.search.stems import stem
from dataclasses import dataclass


LENGTH = 260  # characters


@dataclass(frozen=True, slots=True)
class Part:
    """A run of text; ``hit`` when it is a form of a word that was asked for."""

    text: str
    hit: bool = False


def mark(text: str, asked: Set[str]) -> tuple[Part, ...]:
    """The whole text, with the words marked whose stems were asked for."""
    parts = []
    position = 0
    for word, start, end in words.cut(text):
        if stem(word) in asked:
            if start > position:
                parts.append(Part(text[position:start]))
            parts.append(Part(text[start:end], hit=True))
            position = end
    if position < len(text):
        parts.append(Part(text[position:]))
    return tuple(parts)


def excerpt(text: str, asked: Set[str], length: int = LENGTH) -> tuple[Part, ...]:
    """About ``length`` characters: the window that holds most different words asked for."""
    text = " ".join(text.split())
    hits = list(_hits(text, asked)) if asked else []
    best = (0, 0)  # number of different words, then where the window starts
    for index, (start, _word) in enumerate(hits):
        inside = {
            word for place, word in hits[index : index + 40] if place < start + length * 3 // 4
        }
        if len(inside) > best[0]:
            best = (len(inside), start)
    begin = _word_start(text, max(0, best[1] - length // 4))
    end = _word_end(text, begin + length)
    window = text[begin:end].strip()
    return mark(f"{'… ' if begin else ''}{window}{' …' if end < len(text) else ''}", asked)


def _hits(text: str, asked: Set[str]) -> Iterator[tuple[int, str]]:
    """Where words asked for begin, and their stems; the first 200."""
    count = 0
    for word, start, _end in words.cut(text):
        found = stem(word)
        if found in asked:
            yield start, found
            count += 1
            if count == 200:
                return


def _word_start(text: str, position: int) -> int:
    if position == 0:
        return 0
    space = text.find(" ", position)
    return position if space == -1 or space - position > 40 else space + 1


def _word_end(text: str, position: int) -> int:
    if position >= len(text):
        return len(text)
    space = text.rfind(" ", 0, position)
    return position if space == -1 or position - space > 40 else space
