"""Remove the originals from a text and leave tokens: all that leaves the desk goes through here.

Marks name their entry; every other mention is found by the forms of the register, as a reader would read
it. What can't be read whole, or carries a mark that the register doesn't know, is ``Withheld``.
"""

import base64
import re
from collective.deliberation.pseudonym import fragment
from collective.deliberation.pseudonym import marks
from collective.deliberation.pseudonym import tokens
from collective.deliberation.pseudonym.folding import BARRIER
from collective.deliberation.pseudonym.folding import BOUNDARY
from collective.deliberation.pseudonym.folding import words
from collective.deliberation.pseudonym.fragment import Withheld
from collective.deliberation.pseudonym.linear import Linear
from collective.deliberation.pseudonym.matching import Match
from collective.deliberation.pseudonym.matching import Matcher
from collective.deliberation.pseudonym.matching import matcher
from collective.deliberation.pseudonym.reading import ambiguous
from collective.deliberation.pseudonym.reading import readings
from collective.deliberation.pseudonym.reading import split_camel
from collective.deliberation.pseudonym.register import Category
from collective.deliberation.pseudonym.register import Register
from collective.deliberation.pseudonym.variants import CIVILITIES
from lxml.etree import _Element
from lxml.etree import Element


__all__ = ["Withheld", "plain_text", "rich_text"]

_UNKNOWN_MARK = "A marked passage belongs to no entry of the register: save the text again."
_UNCLEAR = "A name of the register is hidden in escaped text or code: write it plainly and mark it."
_UNCLEAR_ROLE = (
    "A role of the list of personal data names somebody of that list: choose other words."
)
_REPLACEMENT = "[…]"
_WORDED = frozenset({"alt", "title", "aria-label"})
_ESCAPED = re.compile(r"&amp;[#a-zA-Z]|&lt;[a-zA-Z/!?]|%[0-9a-fA-F]{2}")
_ELISION = re.compile(r"(?:d|l|(?:lors|puis|quoi|jus)?qu)['’]\s*(?=\S)")
# "les époux", "M. et Mme": words that say how many there are, and that the pseudonym needs before it
_GROUP = re.compile(
    r"(?:(?:les?|la|des?|aux?|du)\s+)*(?:[ée]poux|consorts|familles?|enfants|h[ée]ritiers)\s+(?=\S)"
    r"|(?:M\.?|Mr\.?|Monsieur)\s+et\s+(?:Mme\.?|Madame)\s+(?=\S)",
    re.I,
)
_LINKING = frozenset("et le la les l de d des du a au aux".split())
_FIRST_OF_TWO = re.compile(r"(?:M\.?|Mr\.?|Monsieur)\s+et\s+\Z", re.I)
_SECOND_OF_TWO = re.compile(r"(?:Mme\.?|Madame)\s+(?=\S)", re.I)
_IN_BYTES = 4  # characters from which a form found in the bytes of an image is no accident
_SHORT = 8000  # characters of a source up to which CamelCase is read as words


def rich_text(source: str, register: Register) -> str:
    """The HTML of a field without any original, cleaned, with a token for each.

    :raises Withheld: when the text can't be read whole, or carries a mark unknown to the register.
    """
    _check_roles(register)
    body = fragment.parse(source)
    placed: list[_Element] = []
    foreign: list[_Element] = []
    unwrapped = False
    for element in fragment.unusual(body):
        if marks.is_mark(element):
            unwrapped = unwrapped or element.tag != "span"
            register = _replace_mark(element, register, placed)
        elif fragment.clean(element):
            foreign.append(element)
    match = matcher(register)
    _neutralise_attributes(body, match)
    _neutralise_texts(body, match, placed, len(source) <= _SHORT)
    for token in placed:
        token.text = None
    for element in foreign:
        fragment.unwrap(element)
    output = fragment.serialise(body)
    if unwrapped or foreign:
        output = fragment.settled(output)
    if ("%" in output or "&amp;" in output or "&lt;" in output) and _ESCAPED.search(output):
        _check(output, match)
    return output


def plain_text(source: str, register: Register) -> str:
    """A title or other plain text without any original, with a token ``⟦person:1:f⟧`` for each.

    :raises Withheld: when an original can be read in it in another way than as it stands.
    """
    _check_roles(register)
    match = matcher(register)
    output = tokens.unforged(source)
    line = Linear([output], camel=True)
    for hit in reversed(match.find(line.text)):
        for part in line.ranges(hit.start, hit.end):
            _, start, end = _without_group([output], hit, part)
            output = output[:start] + tokens.Token.of(hit.entry).plain() + output[end:]
    if ambiguous(output):
        _check(output, match)
    return output


def _check(output: str, match: Matcher) -> None:
    if any(match.find(reading) for reading in readings(output)):
        raise Withheld(_UNCLEAR)


def _check_roles(register: Register) -> None:
    """Roles leave the desk in tokens: they must name nobody."""
    for entry in register.entries:
        if entry.role and any(matcher(register).find(view) for view in readings(entry.role)):
            raise Withheld(_UNCLEAR_ROLE)


def _replace_mark(element: _Element, register: Register, placed: list[_Element]) -> Register:
    """Put a token for a mark; return the register that also knows the text of the mark."""
    text, id = fragment.reading_text(element), element.get(marks.ID)
    anonymised = marks.is_anonymised(element)
    entry = register.get(id) if id else None
    if entry is None and anonymised and not id and text:
        register, entry = register.add(Category.OTHER, text)
    if entry is None and (text or id):
        raise Withheld(_UNKNOWN_MARK)
    if not text and not anonymised:
        fragment.unwrap(element)  # an empty mark or a forged token
        return register
    prefix, read = "", ""
    if entry is not None and text:
        elided = _ELISION.match(text)
        if elided and entry.has(text[elided.end() :]):
            prefix = elided[0]
        text = text[len(prefix) :]
        register = register.with_form(entry.id, text)
        group = _GROUP.match(text) if entry.category is Category.PERSON else None
        kept = group[0] if group else ""
        read = fragment.settable(tokens.unforged(text[len(kept) :]))
        prefix += kept
    token = tokens.Token.of(entry) if entry else tokens.UNNUMBERED
    if element.tag == "span" and not len(element) and not prefix:
        for name in element.keys():
            del element.attrib[name]
        for name, value in token.attributes().items():
            element.set(name, value)
        element.text = read or BARRIER
        placed.append(element)
        return register
    span = _span(token, placed, read)
    span.tail, element.tail = element.tail, prefix
    parent = element.getparent()
    parent.insert(parent.index(element) + 1, span)
    fragment.remove(element)
    return register


def _span(token: tokens.Token, placed: list[_Element], read: str = "") -> _Element:
    """The empty span of a token; until the text is written it holds what was marked, or a barrier."""
    span = Element("span", token.attributes())
    span.text = read or BARRIER
    placed.append(span)
    return span


def _neutralise_texts(body: _Element, match: Matcher, placed: list[_Element], camel: bool) -> None:
    """Put tokens for the mentions in the texts, also across tags."""
    ours = set(placed)
    slots, texts = fragment.slots(body)
    whole = "".join(texts)
    if BARRIER in whole or tokens.END in whole or not fragment.is_settable(whole):
        for at, (element, tail) in enumerate(slots):
            if tail or element not in ours:
                texts[at] = fragment.settable(tokens.unforged(texts[at]))
                _set(element, tail, texts[at])
    line = Linear(texts, camel)
    for hit in reversed(match.find(line.text)):
        ranges = line.ranges(hit.start, hit.end)
        outside = [part for part in ranges if slots[part[0]][1] or slots[part[0]][0] not in ours]
        marked = len(outside) < len(ranges)
        if marked and all(_is_civil(texts[index][start:end]) for index, start, end in outside):
            continue  # "M. " before a mark stays, as its author wrote it
        if not marked:
            outside[0] = _without_group(texts, hit, outside[0])
        for index, begin, stop in outside if marked else outside[1:]:
            texts[index] = texts[index][:begin] + texts[index][stop:]
            _set(*slots[index], texts[index])
        if marked:
            continue  # its token stands where the mark was
        first, start, end = outside[0]
        element, tail = slots[first]
        span = _span(tokens.Token.of(hit.entry), placed)
        span.tail = texts[first][end:]
        texts[first] = texts[first][:start]
        _set(element, tail, texts[first])
        if tail:
            parent = element.getparent()
            parent.insert(parent.index(element) + 1, span)
        else:
            element.insert(0, span)


def _without_group(
    texts: list[str], hit: Match, part: tuple[int, int, int]
) -> tuple[int, int, int]:
    """The part of a text that a token stands for: without "époux" or "M. et Mme" before a name."""
    index, start, end = part
    if hit.entry.category is Category.PERSON:
        group = _GROUP.match(texts[index], start, end)
        if group is None and _FIRST_OF_TWO.search(texts[index][max(0, start - 20) : start]):
            group = _SECOND_OF_TWO.match(texts[index], start, end)
        if group:
            return index, group.end(), end
    return part


def _is_civil(text: str) -> bool:
    return all(word in CIVILITIES or word in _LINKING for word in words(text))


def _set(element: _Element, tail: bool, text: str) -> None:
    if tail:
        element.tail = text
    else:
        element.text = text


def _neutralise_attributes(body: _Element, match: Matcher) -> None:
    """Replace mentions in attributes that hold words; remove any other attribute that has one."""
    known: dict[tuple[str, str], str | None] = {}
    for element in fragment.with_attributes(body):
        for name, value in element.items():
            if name.startswith("data-pm-"):
                continue  # a token: all other data-* attributes are gone
            key = (name, value)
            if key not in known:
                known[key] = _attribute(name, fragment.settable(tokens.unforged(value)), match)
            kept = known[key]
            if kept is None:
                del element.attrib[name]
            elif kept != value:
                element.set(name, kept)


def _attribute(name: str, value: str, match: Matcher) -> str | None:
    if name in _WORDED:
        for hit in reversed(match.find(value)):
            value = value[: hit.start] + _REPLACEMENT + value[hit.end :]
    elif name == "src" and value[:5].lower() == "data:":
        return value if _is_opaque(value, match) else None
    if not ambiguous(value):
        return None if match.find(BOUNDARY.join(split_camel(value))) else value
    return None if any(match.find(reading) for reading in readings(value)) else value


def _is_opaque(uri: str, match: Matcher) -> bool:
    """Whether the bytes of an image hold no form, in its metadata for instance."""
    try:
        data = base64.b64decode(uri.partition(",")[2], validate=True)
    except ValueError:
        return False
    texts = (data.decode(code, "ignore") for code in ("utf-8", "latin-1", "utf-16-le", "utf-16-be"))
    return not any(_is_long(hit) for text in texts for hit in match.find(text))


def _is_long(hit: Match) -> bool:
    return hit.end - hit.start >= _IN_BYTES
