"""The register of personal data that an item or a meeting keeps, read and written as a typed value."""

from collections.abc import Callable
from collective.deliberation.content.item import RICH_TEXTS
from collective.deliberation.pseudonym import marks
from collective.deliberation.pseudonym.fragment import Withheld
from collective.deliberation.pseudonym.register import Category
from collective.deliberation.pseudonym.register import Register
from plone.app.textfield.value import RichTextValue
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent


FIELDS = {"Item": RICH_TEXTS, "Meeting": ("attendance",)}


def register_of(content) -> Register:
    """The register that covers ``content``: its own, or for an annex that of what holds it."""
    if content.portal_type == "Annex":
        content = content.__parent__
    return Register.from_json(list(content.register or ()))


def set_register(content, register: Register) -> None:
    """Keep a new register and say that the content's public rendering may have changed."""
    if register == register_of(content):
        return
    content.register = tuple(register.to_json())
    notify(ObjectModifiedEvent(content))


def remove_entry(content, id: str) -> None:
    """Take an entry out of the register, and its marks out of the texts.

    :raises RegisterError: when there is no such entry
    :raises Withheld: when a text can't be read whole
    """
    register = register_of(content).without(id)
    _rewrite(content, lambda html: marks.without(html, id))
    set_register(content, register)


def change_category(content, id: str, category: Category) -> None:
    """Give an entry another category, in the register and in its marks; raises as ``remove_entry``."""
    register = register_of(content).with_category(id, category)
    _rewrite(content, lambda html: marks.with_category(html, id, category))
    set_register(content, register)


def collect_marks(content, event) -> None:
    """On each save: give new marks their entry. A text without new marks stays as it is."""
    sources = {name: value.raw for name, value in rich_texts(content).items()}
    try:
        found, register = marks.normalise(sources, register_of(content))
    except Withheld:
        return  # kept as it was written; the checklist says why it can't be published
    for name, source in found.items():
        _set_text(content, name, source)
    if register != register_of(content):
        content.register = tuple(register.to_json())


def rich_texts(content) -> dict[str, RichTextValue]:
    """The rich texts of an item or a meeting that hold something, by field name."""
    values = {name: getattr(content, name, None) for name in FIELDS[content.portal_type]}
    return {name: value for name, value in values.items() if value is not None and value.raw}


def _rewrite(content, change: Callable[[str], str]) -> None:
    changed = {name: change(value.raw) for name, value in rich_texts(content).items()}
    for name, source in changed.items():
        _set_text(content, name, source)


def _set_text(content, name: str, source: str) -> None:
    old = getattr(content, name)
    if source != old.raw:
        value = RichTextValue(source, old.mimeType, old.outputMimeType, old.encoding)
        setattr(content, name, value)
