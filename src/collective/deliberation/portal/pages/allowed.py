"""What of a desk's rich text may stand on a page: elements, and the attributes of those that have some."""

import re
from html import escape


HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
INLINE = {
    "b": "strong",
    "strong": "strong",
    "i": "em",
    "em": "em",
    "cite": "em",
    "u": "u",
    "ins": "u",
    "s": "s",
    "strike": "s",
    "del": "s",
    "sub": "sub",
    "sup": "sup",
    "small": "small",
    "code": "code",
    "q": "q",
}
DROPPED = frozenset(
    "script style head title meta link template noscript iframe frame frameset object embed applet param "
    "svg math canvas audio video source track map area input button select option optgroup textarea "
    "base bgsound dialog".split()
)
# Elements that break a paragraph. All but those written below are unwrapped.
BLOCKS = frozenset(
    "p div section article aside header footer main nav address blockquote center details summary dl dt dd "
    "fieldset form figure figcaption h1 h2 h3 h4 h5 h6 hr li ol ul menu dir pre table caption colgroup col thead "
    "tbody tfoot tr td th body html".split()
)
LINK = re.compile(r"(https?://|mailto:|tel:)[^\s\"'<>]+", re.IGNORECASE)
IMAGE = re.compile(r"data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+")
CLASSES = ("pm-pseudonym", "pm-bar", "pm-bar-text")  # what ``pseudonym.present`` writes


def marks(node) -> str:
    """The class attribute of a pseudonym; empty for any other span."""
    classes = [name for name in node.get("class", "").split() if name in CLASSES]
    return f' class="{" ".join(classes)}"' if classes else ""


def link(node) -> str:
    address = node.get("href", "").strip()
    return escape(address) if len(address) < 2000 and LINK.fullmatch(address) else ""


def image(node) -> str:
    source, text = node.get("src", ""), " ".join(node.get("alt", "").split())
    if IMAGE.fullmatch(source):
        return f'<img src="{escape("".join(source.split()))}" alt="{escape(text)}">'
    return escape(text)  # of another server, or of an address that only the desk knows


def number(node, name: str) -> str:
    value = node.get(name, "").strip()
    return value if value.isascii() and value.isdigit() and len(value) < 5 else ""
