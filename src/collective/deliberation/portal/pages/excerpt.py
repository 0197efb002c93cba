"""The part of a text where the words asked for stand, with these words marked. Pure."""

from collections.abc import Set
from collective.deliberation.portal.search import words
from dataclasses import dataclass
from itertools import islice


LENGTH = 260  # characters
SEARCHED = 100_000  # characters in which words are looked for


@dataclass(frozen=True, slots=True)
class Part:
    """A run of text; ``hit`` when it is a form of a word that was asked for."""

    text: str
    hit: bool = False


def mark(text: str, asked: Set[str]) -> tuple[Part, ...]:
    """The whole text, with the words marked whose stems were asked for."""
    parts = []
    position = 0
    for _stem, start, end in words.hits(text, asked):
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
    found = words.hits(text[:SEARCHED], asked) if asked else ()
    hits = [(start, stem) for stem, start, _end in islice(found, 200)]
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
