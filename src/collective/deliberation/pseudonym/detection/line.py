"""The words of one text with the gaps between them, and a name as a run of words."""

from collections.abc import Sequence
from collective.deliberation.pseudonym.detection.words import Word
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """The words ``first`` to ``last`` (included) of a text, as one name."""

    first: int
    last: int


class Line:
    """The words of one text, and the gaps between them."""

    def __init__(self, text: str, words: Sequence[Word]):
        self.text = text
        self.words = words

    def gap(self, index: int) -> str:
        """What stands between a word and the next."""
        if not 0 <= index < len(self.words) - 1:
            return "\n"
        return self.text[self.words[index].end : self.words[index + 1].start]

    def span(self, name: Name) -> tuple[int, int]:
        return self.words[name.first].start, self.words[name.last].end

    def before(self, index: int, size: int = 60) -> str:
        """The text of the same line before a word."""
        start = self.words[index].start
        return self.text[max(0, start - size) : start].rpartition("\n")[2]

    def after(self, index: int, size: int = 60) -> str:
        """The text of the same line after a word."""
        end = self.words[index].end
        return self.text[end : end + size].partition("\n")[0]

    def starts_sentence(self, index: int) -> bool:
        before = self.text[max(0, self.words[index].start - 4) : self.words[index].start].rstrip(
            " «\"'("
        )
        return not before or before[-1] in "\n.!?:;–-•"
