"""The marks in the rich texts of one item: which passages are personal data, and of whom.

A mark is ``<span data-pm-id="p3" data-pm-cat="person">Jean Dupont</span>``. iA.Délib's
``<span class="pm-anonymize">`` is one too: empty, it is a token that another system left; with text
inside, it becomes a mark of category "other".
"""

import re
from collections.abc import Mapping
from collective.deliberation.pseudonym import fragment
from collective.deliberation.pseudonym.register import Category
from collective.deliberation.pseudonym.register import Register
from dataclasses import dataclass
from lxml.etree import _Element


ID = "data-pm-id"
CATEGORY = "data-pm-cat"

_LIKELY = re.compile(r"data-pm-|anon[iy]m", re.I)
_ANONYMISED = re.compile(r"(?:^|\s)pm[-_]?anon[iy]mi[sz]e?d?(?:\s|$)", re.I)
_MARKUP = re.compile(
    r"""<!--.*?(?:-->|\Z)|<(?P<tag>[a-zA-Z][^\s/>]*)(?P<attributes>(?:[^>"']|"[^"]*"|'[^']*')*)>""",
    re.S,
)
_TAGS = re.compile(
    r"""<!--.*?(?:-->|\Z)|<(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*)(?:[^>"']|"[^"]*"|'[^']*')*>""",
    re.S,
)
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
_OURS = re.compile(
    r"""\s+data-pm-(?:id|cat)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?(?=[\s/>]|$)""", re.I
)


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked passage: ``id`` and ``category`` as written ("" when missing), and its text."""

    id: str
    category: str
    text: str


def is_anonymised(element: _Element) -> bool:
    """Whether an element is iA.Délib's mark, in any spelling of its class."""
    return _ANONYMISED.search(element.get("class") or "") is not None


def is_mark(element: _Element) -> bool:
    """Whether an element is a mark of ours or of iA.Délib."""
    if not isinstance(element.tag, str) or not element.attrib:
        return False
    return ID in element.attrib or CATEGORY in element.attrib or is_anonymised(element)


def marks(html: str) -> tuple[Mark, ...]:
    """The marks with text, in document order; a mark inside another comes after it.

    :raises Withheld: when the text can't be read whole.
    """
    found = (
        Mark(element.get(ID) or "", element.get(CATEGORY) or "", fragment.reading_text(element))
        for element in _elements(html)
    )
    return tuple(mark for mark in found if mark.text)


def normalise(
    html_fields: Mapping[str, str], register: Register
) -> tuple[dict[str, str], Register]:
    """Give every mark of an item its entry, and the register every form that was marked.

    A mark without an id, or whose entry is unknown or of another category, gets the entry of its
    category with the same form, new if there is none. Empty marks go, except iA.Délib's. Entries stay
    when their marks are gone. A text in which nothing changes is returned as it is.

    :raises Withheld: when a text can't be read whole.
    """
    texts = {}
    for name, html in html_fields.items():
        texts[name], register = _normalise(html, register)
    return texts, register


def without(html: str, id: str) -> str:
    """The text without the marks of one entry: what they held stays, and all else as it is.

    :raises Withheld: when the text can't be read whole.
    """
    elements = _elements(html)
    changes = [("", "") if element.get(ID) == id else None for element in elements]
    return _patched(html, elements, changes) if any(changes) else html


def renamed(html: str, id: str, into: str, category: Category) -> str:
    """The text whose marks of one entry name another of this category, and all else as it is.

    :raises Withheld: when the text can't be read whole.
    """
    elements = _elements(html)
    changes = [(into, category.value) if each.get(ID) == id else None for each in elements]
    return _patched(html, elements, changes) if any(changes) else html


def with_category(html: str, id: str, category: Category) -> str:
    """The text whose marks of one entry say another category; as ``renamed``."""
    return renamed(html, id, id, category)


def _elements(html: str) -> list[_Element]:
    if not _LIKELY.search(html):
        return []
    return [element for element in fragment.parse(html).iter() if is_mark(element)]


def _normalise(html: str, register: Register) -> tuple[str, Register]:
    elements = _elements(html)
    changes: list[tuple[str, str] | None] = []  # per mark: id and category; ("", "") removes it
    for element in elements:
        text = fragment.reading_text(element)
        id, category = element.get(ID) or "", element.get(CATEGORY) or ""
        if not text:
            changes.append(None if is_anonymised(element) else ("", ""))
            continue
        kind = _category(category)
        entry = register.get(id)
        if entry is not None and entry.category is kind:
            register = register.with_form(id, text)
        else:
            register, entry = register.add(kind, text)
        same = (entry.id, entry.category.value) == (id, category)
        changes.append(None if same else (entry.id, entry.category.value))
    if not any(change is not None for change in changes):
        return html, register
    return _patched(html, elements, changes), register


def _category(value: str) -> Category:
    try:
        return Category(value)
    except ValueError:
        return Category.OTHER


def _patched(html: str, elements: list[_Element], changes: list[tuple[str, str] | None]) -> str:
    """The text with only the tags of changed marks rewritten; parsed and written if that can't be."""
    tags = [match for match in _MARKUP.finditer(html) if match["tag"] and _is_mark_tag(match)]
    if len(tags) == len(elements):
        patched = _patch_tags(html, tags, changes)
        if patched is not None and _reads_alike(html, patched):
            return patched
    body = elements[0].getroottree().getroot().find("body")
    for element, change in zip(elements, changes, strict=True):
        if change == ("", ""):
            fragment.unwrap(element)
        elif change is not None:
            element.set(ID, change[0])
            element.set(CATEGORY, change[1])
    return fragment.serialise(body)


def _reads_alike(html: str, patched: str) -> bool:
    """Whether taking tags out of the source has kept the text: it may not, where tags overlap."""
    return fragment.reading_text(fragment.parse(html)) == fragment.reading_text(
        fragment.parse(patched)
    )


def _patch_tags(
    html: str, tags: list[re.Match[str]], changes: list[tuple[str, str] | None]
) -> str | None:
    """The source with these tags rewritten or taken out; None when an end tag isn't where it should be."""
    for tag, change in reversed(list(zip(tags, changes, strict=True))):
        start, end = tag.span()
        if change == ("", ""):
            closing = _end_tag(html, tag["tag"], end)
            if closing is None:
                return None
            html = html[:start] + html[end : closing.start()] + html[closing.end() :]
        elif change is not None:
            kept = _OURS.sub("", tag["attributes"]).rstrip(" /")
            new = f'<{tag["tag"]} {ID}="{change[0]}" {CATEGORY}="{change[1]}"{kept}>'
            html = html[:start] + new + html[end:]
    return html


def _end_tag(html: str, name: str, position: int) -> re.Match[str] | None:
    """The tag that ends an element whose content begins at ``position``."""
    depth = 1
    for tag in _TAGS.finditer(html, position):
        if (tag["name"] or "").lower() == name.lower():
            depth += -1 if tag["end"] else 1
            if depth == 0:
                return tag
    return None


def _is_mark_tag(tag: re.Match[str]) -> bool:
    found = {
        name.lower(): value.strip("\"'") for name, value in _ATTRIBUTE.findall(tag["attributes"])
    }
    return ID in found or CATEGORY in found or bool(_ANONYMISED.search(found.get("class", "")))
