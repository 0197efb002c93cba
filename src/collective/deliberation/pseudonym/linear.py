"""One line of text made of many: what a reader reads across tags, and the way back to each part."""

from bisect import bisect_right
from collections.abc import Sequence
from collective.deliberation.pseudonym.folding import BOUNDARY
from collective.deliberation.pseudonym.reading import split_camel


class Linear:
    """The texts of a document, in reading order, joined by weak boundaries; blank ones left out.

    With ``camel`` a boundary also stands between "Contrat" and "Dupont" in "ContratDupont".
    """

    def __init__(self, texts: Sequence[str], camel: bool = False):
        self._slots: list[int] = []
        self._offsets: list[int] = []
        self._starts: list[int] = []
        pieces: list[str] = []
        position = 0
        for slot, text in enumerate(texts):
            if not text or text.isspace():
                continue
            offset = 0
            for piece in split_camel(text) if camel else (text,):
                self._slots.append(slot)
                self._offsets.append(offset)
                self._starts.append(position)
                pieces.append(piece)
                offset += len(piece)
                position += len(piece) + 1
        self._pieces = pieces
        self.text = BOUNDARY.join(pieces)

    def ranges(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """Where a span of the line is: ``(index of the text, start, end)``, in order."""
        found: list[tuple[int, int, int]] = []
        at = bisect_right(self._starts, start) - 1
        while at < len(self._starts) and self._starts[at] < end:
            slot, offset, begin = self._slots[at], self._offsets[at], self._starts[at]
            first = offset + min(max(0, start - begin), len(self._pieces[at]))
            last = offset + min(end - begin, len(self._pieces[at]))
            if found and found[-1][0] == slot:
                found[-1] = (slot, found[-1][1], last)
            else:
                found.append((slot, first, last))
            at += 1
        return found
