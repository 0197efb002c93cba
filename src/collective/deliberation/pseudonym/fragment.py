"""Read and write fragments of HTML: whatever an editor, Word or another system left in them.

What may stay is listed here. The rest goes: scripts, comments, hidden text and every attribute that is
not listed; other elements are unwrapped, so that their text stays.
"""

import re
from functools import lru_cache
from lxml import etree


class Withheld(Exception):
    """A text that can't be shown. ``reason`` is for a person and never holds any of the text."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


TAGS = frozenset(
    """a abbr address article aside b bdi bdo blockquote br caption center cite code col colgroup dd del
    details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main
    mark ol p picture pre q s samp section small span strike strong sub summary sup table tbody td tfoot
    th thead time tr tt u ul var wbr""".split()
)
ATTRIBUTES = frozenset(
    """align alt aria-label border cellpadding cellspacing cite class colspan datetime dir height href
    lang reversed role rowspan scope span src start style title type valign value width""".split()
)
_DROPPED = frozenset(
    """applet audio canvas embed frame head iframe input link meta noembed noframes object
    script select style template textarea title video""".split()
)
_LINKS = frozenset({"href", "src", "cite"})
_SCHEMES = frozenset({"http", "https", "mailto", "tel", "data"})
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*(?=:)", re.I)
_IGNORED = re.compile("[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]")
_IMAGE = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,", re.I)
_ALIGN = re.compile(r"text-align\s*:\s*(left|right|center|justify)", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_CLASS = re.compile(r"(?!pm-)[A-Za-z][\w-]*", re.I)
_INVALID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_INVALID_BYTES = bytes(code for code in range(32) if code not in b"\t\n\r")
_FRAME = re.compile(rb"</?(?:html|head|body|frameset)(?=[\s/>])[^>]*>", re.I)
_BREAKING = frozenset(
    """address article aside blockquote br caption dd details div dl dt figcaption figure footer h1 h2 h3
    h4 h5 h6 header hr li main ol p pre section summary table tbody td tfoot th thead tr ul""".split()
)
_with_attributes = etree.XPath("descendant::*[@*]")
_empty_items = etree.XPath("descendant::li[not(node())]")
_ROUNDS = 8
_UNREADABLE = "The text can't be read as HTML: open it in the editor, check it and save it again."
_TOO_DEEP = "The text is nested too deeply to be read whole: paste it again without its formatting."


def parse(source: str) -> etree._Element:
    """The body element of a fragment, exactly as written: nothing is removed yet.

    :raises Withheld: when the parser can't read all of it.
    """
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        inner = source.encode("utf-8").translate(None, _INVALID_BYTES)
        if b"\xef\xbf" in inner:
            inner = inner.replace(b"\xef\xbf\xbe", b"").replace(b"\xef\xbf\xbf", b"")
        inner = _FRAME.sub(b"", inner)  # text after </body> would be lost
        data = b"<html><body>" + inner
        root = etree.fromstring(data, parser)
    except (ValueError, etree.LxmlError):
        raise Withheld(_UNREADABLE) from None
    body = root.find("body") if root is not None else None
    if body is None:
        raise Withheld(_UNREADABLE)
    if any(entry.level >= etree.ErrorLevels.FATAL for entry in parser.error_log):
        raise Withheld(_TOO_DEEP)
    return body


def serialise(body: etree._Element) -> str:
    """The HTML of the children of a body element."""
    for item in _empty_items(body):
        item.text = ""  # else it is written without its end tag, and takes in what follows
    text = etree.tostring(body, method="html", encoding="unicode", with_tail=False)
    if text.startswith("<body>") and text.endswith("</body>"):
        return text[6:-7]
    raise Withheld(_UNREADABLE)


def settled(html: str) -> str:
    """The HTML that reads back as itself: where elements were unwrapped, others may not nest any more.

    :raises Withheld: when there is none after a few rounds.
    """
    for _ in range(_ROUNDS):
        again = serialise(parse(html))
        if again == html:
            return html
        html = again
    raise Withheld(_UNREADABLE)


def settable(text: str) -> str:
    """A text without the characters that no HTML text can hold."""
    return _INVALID.sub("", text)


def is_settable(text: str) -> bool:
    """Whether ``settable`` leaves a text as it is."""
    data = text.encode("utf-8", "replace")
    kept = len(data.translate(None, _INVALID_BYTES)) == len(data)
    return kept and "\ufffe" not in text and "\uffff" not in text


def reading_text(element: etree._Element) -> str:
    """The text of an element on one line, with a space where a line or a cell ends."""
    if not len(element):
        return " ".join((element.text or "").split())
    parts: list[str] = []
    for event, part in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if event == "start":
            parts.append(" " if part.tag in _BREAKING else "")
            parts.append(part.text or "")
        elif part is not element:
            parts.append(" " if part.tag in _BREAKING else "")
            parts.append(part.tail or "")
    return " ".join("".join(parts).split())


def unusual(body: etree._Element) -> list[etree._Element]:
    """What ``clean`` has something to do with, in reading order: no plain element without attributes."""
    return [part for part in body.iterdescendants() if part.tag not in TAGS or part.keys()]


def with_attributes(body: etree._Element) -> list[etree._Element]:
    """The elements inside that have attributes, in reading order."""
    return _with_attributes(body)


def clean(element: etree._Element) -> bool:
    """Remove or strip one element, as the lists above say; whether it is one to unwrap at the end.

    Until then it keeps words apart that its tags keep apart.
    """
    tag = element.tag
    if not isinstance(tag, str) or tag in _DROPPED or _is_hidden(element):
        remove(element)
    elif tag not in TAGS:
        element.attrib.clear()
        return True
    else:
        for name, value in element.items():
            kept = _attribute(tag, name, value)
            if kept is None:
                del element.attrib[name]
            elif kept != value:
                element.set(name, kept)
    return False


def remove(element: etree._Element) -> None:
    """Take an element out with all it holds; the text after it stays."""
    _keep_text(element, element.tail)
    element.getparent().remove(element)


def unwrap(element: etree._Element) -> None:
    """Take the tags of an element out; what it holds stays."""
    parent, at = element.getparent(), element.getparent().index(element)
    children = list(element)
    _keep_text(element, element.text)
    if children:
        children[-1].tail = (children[-1].tail or "") + (element.tail or "")
    else:
        _keep_text(element, element.tail)
    element.tail = None
    parent[at : at + 1] = children


def slots(body: etree._Element) -> tuple[list[tuple[etree._Element, bool]], list[str]]:
    """Every text in reading order that isn't blank: its element and whether it is the tail; the texts."""
    places, texts = [], []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        tail = event == "end"
        text = element.tail if tail else element.text
        if text and not text.isspace():
            places.append((element, tail))
            texts.append(text)
    return places, texts


def _keep_text(element: etree._Element, text: str | None) -> None:
    if not text:
        return
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _is_hidden(element: etree._Element) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


@lru_cache(maxsize=4096)
def _attribute(tag: str, name: str, value: str) -> str | None:
    """What stays of an attribute, or None."""
    if name not in ATTRIBUTES:
        return None
    if name == "style":
        found = _ALIGN.search(value)
        return f"text-align: {found[1].lower()}" if found else None
    if name == "class":
        return " ".join(filter(_CLASS.fullmatch, value.split())) or None
    if name in _LINKS:
        return value if _is_safe_link(tag, value) else None
    return value


def _is_safe_link(tag: str, value: str) -> bool:
    bare = _IGNORED.sub("", value)
    scheme = _SCHEME.match(bare)
    if scheme is None:
        return True
    if scheme[0].lower() == "data":
        return tag == "img" and _IMAGE.match(bare) is not None
    return scheme[0].lower() in _SCHEMES
