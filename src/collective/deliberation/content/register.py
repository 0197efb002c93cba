"""The register of personal data that an item or a meeting keeps, read and written as a typed value."""

from collective.deliberation.content.item import RICH_TEXTS
from collective.deliberation.pseudonym import marks
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


def collect_marks(content, event) -> None:
    """On each save: give new marks their entry. A text without new marks stays as it is."""
    values = {name: getattr(content, name, None) for name in FIELDS[content.portal_type]}
    sources = {name: value.raw for name, value in values.items() if value is not None}
    found, register = marks.normalise(sources, register_of(content))
    for name, source in found.items():
        if source != sources[name]:
            old = values[name]
            value = RichTextValue(source, old.mimeType, old.outputMimeType, old.encoding)
            setattr(content, name, value)
    if register != register_of(content):
        content.register = tuple(register.to_json())
