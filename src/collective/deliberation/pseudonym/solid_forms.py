"""Forms whose letters any separator may cut, found all at once in a folded text (Aho-Corasick)."""

import ahocorasick
import re
from bisect import bisect_right
from collections.abc import Iterable
from collections.abc import Iterator
from collective.deliberation.pseudonym.register import Entry
from itertools import accumulate


_NO_DIGITS = bytes(code for code in range(128) if not chr(code).isdigit())
_PIECE = 1024  # characters
_DIGITS = re.compile("[0-9]+")


class _Digits:
    """Where the digits of a text are, counted piece by piece: most of it is never looked at."""

    def __init__(self, text: str):
        self._text = text
        pieces = (text[start : start + _PIECE] for start in range(0, len(text), _PIECE))
        self._counts = list(
            accumulate(len(piece.encode("ascii").translate(None, _NO_DIGITS)) for piece in pieces)
        )

    def place(self, digit: int) -> int:
        """The index of the digit with this number, from 0, in the text."""
        piece = bisect_right(self._counts, digit)
        before = self._counts[piece - 1] if piece else 0
        runs = _DIGITS.finditer(self._text, piece * _PIECE, (piece + 1) * _PIECE)
        for run in runs:
            if before + len(run[0]) > digit:
                return run.start() + digit - before
            before += len(run[0])
        raise IndexError(digit)


class SolidForms:
    """Folded forms without separators: "85073003328" is found in "85.07.30-033.28".

    Add all of them, then ``close``, then search.
    """

    def __init__(self) -> None:
        self._automaton = ahocorasick.Automaton()
        self._digits = ahocorasick.Automaton()
        self._without_digits = False
        self._longest = 0

    def __len__(self) -> int:
        return len(self._automaton)

    def add(self, form: str, entry: Entry) -> None:
        """Let a form be found; the first entry that has it names it."""
        if form not in self._automaton:
            self._automaton.add_word(form, (form, entry))
            self._longest = max(self._longest, len(form))
            digits = "".join(filter(str.isdigit, form))
            if digits:
                self._digits.add_word(digits, len(digits))
            else:
                self._without_digits = True

    def close(self) -> None:
        """Make it ready for searches."""
        if len(self):
            self._automaton.make_automaton()
            self._digits.make_automaton()

    def around_digits(self, text: str, step: int) -> Iterator[tuple[int, int, Entry]]:
        """As ``find``, much faster: only where the digits of a form follow each other.

        ``step`` is the most characters from one letter to the next in the text.
        """
        if self._without_digits:
            yield from self.find(text)
            return
        stream = text.encode("ascii").translate(None, _NO_DIGITS).decode("ascii")
        found = [(last - size + 1, last) for last, size in self._digits.iter(stream)]
        if not found:
            return
        place = _Digits(text).place
        reach = (self._longest + 1) * step
        windows = [(max(0, place(first) - reach), place(last) + reach) for first, last in found]
        for start, end in merged(windows):
            yield from self.find(text, start, end)

    def find(
        self, text: str, start: int = 0, end: int | None = None
    ) -> Iterator[tuple[int, int, Entry]]:
        """Each ``(start, end, entry)`` in a folded text where neither end is inside a word or a number."""
        if not len(self):
            return
        pieces = text[start:end].replace("|", " ").split(" ")
        ends: list[int] = []
        for last, (form, entry) in self._automaton.iter("".join(pieces)):
            ends = ends or list(accumulate(map(len, pieces)))  # a separator stands after each
            first = last - len(form) + 1
            begin = start + first + bisect_right(ends, first)
            stop = start + last + bisect_right(ends, last) + 1
            if not (_joined(text, begin) or _joined(text, stop)):
                yield begin, stop, entry


def merged(windows: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The parts of a text that these cover, in order, none overlapping."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(windows):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _joined(text: str, place: int) -> bool:
    """Whether two letters, or two digits, meet at this place."""
    around = text[place - 1 : place + 1] if place else ""
    return len(around) == 2 and (around.isdigit() or around.isalpha())
