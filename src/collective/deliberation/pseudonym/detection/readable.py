"""A text as the rules read it: plain spaces and apostrophes, nothing invisible."""

import re
import unicodedata
from bisect import bisect_right
from collective.deliberation.pseudonym.detection.layout import Table
from dataclasses import dataclass
from dataclasses import field
from functools import lru_cache


_SPACES = frozenset(
    "\t\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
_SINGLE = {**dict.fromkeys("’‘ʼ‛′´`", "'"), **dict.fromkeys("‐‑−", "-"), "\r": "\n", "\u2028": "\n"}
_WRAPPED = re.compile(r"(?<=[^\n]{55})(?<![.;:!?»\s])[ \t]*\r?\n[ \t]*(?=\S)")
_RUN = re.compile(r"(?<=\n)[ \t\xa0\u2000-\u200a\u202f]+|[ \t\xa0\u2000-\u200a\u202f]{2,}")
_ODD = re.compile(r"[^\n -~À-ÖØ-öø-ÿ]")
_SPACED = re.compile(
    r"(?<![^\W\d_])[^\W\d_a-zß-öø-ÿ](?:[ \xa0\u202f\u2009][^\W\d_a-zß-öø-ÿ]){2,40}(?![^\W\d_]|['.])"
)


@dataclass(frozen=True, slots=True)
class Readable:
    """A text to read, and the way back: ``source(start, end)`` is the span in the original text."""

    text: str
    original: str
    _at: tuple[int, ...] = field(repr=False)  # readable index of each run
    _from: tuple[int, ...] = field(repr=False)  # its index in the original

    def table(self, table: Table) -> Table:
        """A table of the original text, in the readable one."""
        return tuple(
            tuple(None if cell is None else self.read(*cell) for cell in row) for row in table
        )

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The original span of a readable span that is not empty, with the accents at its end."""
        stop = self._original(end - 1) + 1
        while stop < len(self.original) and unicodedata.combining(self.original[stop]):
            stop += 1
        return self._original(start), stop

    def read(self, start: int, end: int) -> tuple[int, int] | None:
        """The readable span of an original one; None when nothing of it can be read."""
        first, last = self._readable(start), self._readable(end)
        while first < last and self.text[first].isspace():
            first += 1
        while first < last and self.text[last - 1].isspace():
            last -= 1
        return (first, last) if first < last else None

    def _readable(self, index: int) -> int:
        """Where the first character at or after an original index is read."""
        run = bisect_right(self._from, index) - 1
        at = self._at[run] + index - self._from[run]
        return min(at, self._at[run + 1] if run + 1 < len(self._at) else len(self.text))

    def _original(self, index: int) -> int:
        run = bisect_right(self._at, index) - 1
        return self._from[run] + index - self._at[run]


def readable(text: str) -> Readable:
    """Read any text; no input is an error."""
    out: list[str] = []
    at, origin = [0], [0]
    position = 0
    for index, part in _pieces(text):
        expected = origin[-1] + position - at[-1]
        if part and index != expected:
            at.append(position)
            origin.append(index)
        out.append(part)
        position += len(part)
    return Readable("".join(out), text, tuple(at), tuple(origin))


def _pieces(text: str):
    """Pieces of the readable text, each with the index of the original where it begins."""
    end = 0
    spaces = {
        match.start() + offset
        for match in _SPACED.finditer(text)
        for offset in range(1, match.end() - match.start(), 2)
    }
    # a line that is long and ends nowhere was broken by an editor, not by a block
    wraps = {
        match.start(): (match.end(), "" if text[match.start() - 1 : match.start()] == "\n" else " ")
        for match in _RUN.finditer(text)
    }
    wraps |= {match.start(): (match.end(), " ") for match in _WRAPPED.finditer(text)}
    odd = {match.start() for match in _ODD.finditer(text)}
    for index in sorted(odd | spaces | wraps.keys()):
        if index < end:
            continue
        if end < index:
            yield end, text[end:index]
        end = index + 1
        if index in spaces:
            continue
        if index in wraps:
            end, part = wraps[index]
            yield index, part
            continue
        character = text[index]
        yield index, _one(character)
    if end < len(text):
        yield end, text[end:]


@lru_cache(maxsize=4096)
def _one(character: str) -> str:
    """One character as read, or nothing."""
    if character in _SINGLE:
        return _SINGLE[character]
    if character in _SPACES:
        return " "
    kind = unicodedata.category(character)
    if kind in ("Cf", "Mn", "Me") or character == "\u034f":
        return ""
    if kind in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp"):
        return " "
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 and plain.isprintable() else character


def key(word: str) -> str:
    """A word for looking up in a list: lower case, no accents. ``"Étienne"`` is ``"etienne"``."""
    return _key(word)


@lru_cache(maxsize=16384)
def _key(word: str) -> str:
    word = (
        word.replace("œ", "oe")
        .replace("Œ", "oe")
        .replace("ł", "l")
        .replace("Ł", "l")
        .replace("ı", "i")
    )
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))
