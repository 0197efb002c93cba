"""Rich text as the converter to OpenDocument needs it: well-formed, with nothing to fetch. Pure."""

import lxml.html
import re
from lxml import etree


_DROPPED = ("script", "style", "iframe", "object", "embed", "link", "meta", "form")
# The converter would fetch these: from the server's own network, or from its disk.
_FETCHED = ("img", "video", "audio", "source")


def printable(html: str) -> str:
    """Rich text as XHTML without marks, scripts, or anything that a converter would fetch.

    A picture leaves its alternative text. Empty for a text without words.
    """
    root = _parse(html)
    if root is None or not _words(root):
        return ""
    for element in list(root.iter()):
        if not isinstance(element.tag, str):  # comment, processing instruction
            element.drop_tree()
        elif element.tag in _DROPPED:
            element.drop_tree()
        elif element.tag in _FETCHED:
            element.text = element.get("alt") or ""
            element.tag = "span"
            element.attrib.clear()
        else:
            for name in list(element.attrib):
                if name not in ("colspan", "rowspan", "href", "style", "class", "start"):
                    del element.attrib[name]
            if "url(" in element.get("style", ""):
                del element.attrib["style"]
            if element.tag == "span" and not element.get("style"):
                element.drop_tag()
    return "".join(
        [_text(root.text)] + [etree.tostring(child, encoding="unicode") for child in root]
    )


def words(html: str) -> str:
    """What a reader reads, with single spaces."""
    root = _parse(html)
    return "" if root is None else _words(root)


def _parse(html):
    if not html or not html.strip():
        return None
    return lxml.html.fragment_fromstring(html, create_parent="div")


def _words(root):
    return re.sub(r"\s+", " ", root.text_content()).strip()


def _text(text):
    if not text or not text.strip():
        return ""
    element = etree.Element("p")
    element.text = text
    return etree.tostring(element, encoding="unicode")
