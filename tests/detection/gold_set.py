"""Read the gold set of personal data: documents, their plain text, and the spans in it.

``gold/README.md`` says what is annotated and how.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from lxml import etree
from pathlib import Path


CATEGORIES = frozenset(
    "PERSON ADDRESS BIRTH_DATE BIRTH_PLACE NRN IBAN PHONE EMAIL PLATE CADASTRE".split()
)
PUBLIC = "PUBLIC"
FOLDER = Path(__file__).parent / "gold"

_HEAD = re.compile(r"\s*<!--(?P<json>.*?)-->\n?", re.S)
_GOLD_TAG = re.compile(r"</?gold-(?:mask|public)\b[^>]*>")
_BLOCKS = frozenset(
    """address article aside blockquote br caption dd div dl dt figcaption figure footer h1 h2 h3 h4 h5
    h6 header hr li main ol p pre section table tbody td tfoot th thead tr ul""".split()
)


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a document's text: ``text[start:end]``; category is PUBLIC for a public figure."""

    start: int
    end: int
    text: str
    category: str


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One invented deliberation; ``html`` is what an editor stored, without any annotation."""

    id: str
    kind: str
    html: str
    roster: dict[str, list[dict[str, str]]]
    text: str
    masks: tuple[Span, ...]
    publics: tuple[Span, ...]


def load(folder: Path | str) -> list[GoldDocument]:
    """The documents of a folder, in the order of their file names.

    :raises ValueError: names the file and what is wrong with it.
    """
    return [read(path) for path in sorted(Path(folder).glob("*.html"))]


def read(path: Path) -> GoldDocument:
    """One annotated file as a document."""
    source = path.read_text(encoding="utf-8")
    head = _HEAD.match(source)
    if head is None:
        raise ValueError(f"{path.name}: starts with no comment that describes it")
    facts, body = json.loads(head["json"]), source[head.end() :]
    text, spans = _annotated_text(body)
    wrong = {span.category for span in spans} - CATEGORIES - {PUBLIC}
    if wrong:
        raise ValueError(f"{path.name}: unknown category {', '.join(sorted(wrong))}")
    return GoldDocument(
        id=facts["id"],
        kind=facts["kind"],
        html=_GOLD_TAG.sub("", body),
        roster=facts["roster"],
        text=text,
        masks=tuple(span for span in spans if span.category != PUBLIC),
        publics=tuple(span for span in spans if span.category == PUBLIC),
    )


def plain_text(html: str) -> str:
    """The text nodes of a fragment in order, a newline where a block begins or ends."""
    return _annotated_text(html)[0]


def _annotated_text(html: str) -> tuple[str, list[Span]]:
    parts: list[str] = []
    length, broken = 0, False
    spans: list[Span] = []
    opened: list[int] = []
    for part in _events(html):
        if isinstance(part, str):
            if broken and length and not parts[-1].endswith("\n"):
                parts.append("\n")
                length += 1
            parts.append(part)
            length, broken = length + len(part), False
        elif part == ("break", None):
            broken = True
        elif part == ("open", None):
            # a block that ended just before belongs to the text before the span
            opened.append(length + (broken and length > 0 and not parts[-1].endswith("\n")))
        else:
            start = opened.pop()
            spans.append(Span(start, length, "".join(parts)[start:length], part[1]))
    return "".join(parts), sorted(spans, key=lambda span: (span.start, -span.end))


def _events(html: str) -> Iterator[str | tuple[str, str | None]]:
    """Texts that are not empty, block borders, and where gold elements open and close."""
    data = f"<html><body>{html}</body></html>".encode()
    body = etree.fromstring(data, etree.HTMLParser(encoding="utf-8")).find("body")
    for event, element in etree.iterwalk(body, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            text = element.tail
        elif event == "start":
            if element.tag in _BLOCKS:
                yield "break", None
            elif element.tag in ("gold-mask", "gold-public"):
                yield "open", None
            text = element.text
        else:
            if element.tag in _BLOCKS:
                yield "break", None
            elif element.tag == "gold-mask":
                yield "close", element.get("cat")
            elif element.tag == "gold-public":
                yield "close", PUBLIC
            text = element.tail if element is not body else None
        if text:
            yield text
