"""The ways a string may be read: with and without its tags, unescaped, percent-decoded.

``neutralise`` and ``gate`` share it, so that what passes the one never stops at the other.
"""

import html
import re
import urllib.parse
from collections.abc import Callable
from collections.abc import Iterator
from collective.deliberation.pseudonym import tokens
from collective.deliberation.pseudonym.folding import BARRIER
from collective.deliberation.pseudonym.folding import BOUNDARY
from collective.deliberation.pseudonym.fragment import ATTRIBUTES
from collective.deliberation.pseudonym.fragment import TAGS


_TAG = re.compile(
    r"""(<!--.*?(?:-->|\Z)|</?[a-zA-Z][^<>"']*(?:(?:"[^"]*"|'[^']*')[^<>"']*)*>|<[!?][^>]*>)""",
    re.S,
)
_ESCAPED = re.compile(r"%[0-9a-fA-F]{2}|&(?:#?\w+;|#\d|[a-zA-Z]{2})|<[a-zA-Z/!?]")
_NAMES = re.compile(
    rf"</?(?:{'|'.join(sorted(TAGS))})(?=[\s/>])|\s(?:{'|'.join(sorted(ATTRIBUTES))})=", re.I
)
_CAMEL = re.compile("(?<=[a-zà-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])")
_DEPTH = 2  # times that escapes are undone
_SHORT = 4000  # characters up to which a text may be a file name or an address


def readings(text: str) -> Iterator[str]:
    """Every way to read a neutralised text, each once: BARRIER for tokens, BOUNDARY for tags."""
    seen: set[str] = set()
    level = [BARRIER.join(map(tokens.unforged, tokens.parts(text)))]
    for depth in range(_DEPTH + 1):
        deeper = []
        for current in level:
            for view in _views(current):
                if view not in seen:
                    seen.add(view)
                    yield view
                    deeper += _undone(view) if depth < _DEPTH else ()
            deeper += _undone(current) if depth < _DEPTH else ()
        level = [reading for reading in dict.fromkeys(deeper) if reading not in seen]


def ambiguous(text: str) -> bool:
    """Whether a reader could read a text in another way than as it stands."""
    return _ESCAPED.search(text) is not None


def split_camel(text: str) -> list[str]:
    """The parts of a short text, cut where a small letter meets a capital: "Contrat", "Dupont"."""
    return _CAMEL.split(text) if len(text) <= _SHORT else [text]


def _views(text: str) -> Iterator[str]:
    """Its text without tags, and what its tags and comments hold."""
    if "<" not in text:
        yield BOUNDARY.join(split_camel(text))
        return
    parts = _TAG.split(text)
    outside = (part for part in parts[::2] if part and not part.isspace())
    yield BOUNDARY.join(split_camel(BOUNDARY.join(outside)))
    inside = dict.fromkeys(parts[1::2])
    if inside:
        yield BOUNDARY.join(split_camel(_NAMES.sub(BARRIER, BARRIER.join(inside))))


def _undone(text: str) -> list[str]:
    """The text with one level of escapes undone, in each way there is one."""
    found = []
    if "&" in text:
        found.append(_each(html.unescape, text))
    if "%" in text:
        found.append(_each(urllib.parse.unquote, text))
        found.append(_each(lambda part: urllib.parse.unquote(part, "latin-1"), text))
    return [undone for undone in found if undone != text]


def _each(undo: Callable[[str], str], text: str) -> str:
    return BARRIER.join(tokens.unforged(undo(part)) for part in text.split(BARRIER))
