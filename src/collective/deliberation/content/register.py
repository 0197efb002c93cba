"""The register of personal data that an item or a meeting keeps, read and written as a typed value."""

from collections.abc import Callable
from collections.abc import Iterable
from collective.deliberation.content.item import RICH_TEXTS
from collective.deliberation.content.pseudonym_numbers import draw_for
from collective.deliberation.pseudonym import marking
from collective.deliberation.pseudonym import marks
from collective.deliberation.pseudonym import numbering
from collective.deliberation.pseudonym.folding import skeleton
from collective.deliberation.pseudonym.fragment import Withheld
from collective.deliberation.pseudonym.register import Category
from collective.deliberation.pseudonym.register import Gender
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
    before = register_of(content)
    if numbering.numbered(register, before, draw_for(content)) == before:
        return
    _keep(content, register)
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


def add_form(content, category: Category, forms: Iterable[str], gender: Gender, into: str) -> str:
    """Hide these forms as one entry, ``into`` if that is given; mark its mentions. Returns its id.

    A text in which no mark can be put keeps none: its mentions are hidden by their form all the same.

    :raises RegisterError: when ``into`` is no entry
    """
    register = register_of(content)
    first, *others = forms
    if into:
        register = register.with_form(into, first)
    else:
        register, entry = register.add(category, first, gender)
        into = entry.id
    for form in others:
        register = register.with_form(into, form)
    mark_mentions(content, register, into)
    set_register(content, register)
    return into


def remove_form(content, id: str, form: str) -> None:
    """Take back a form of an entry, with the marks on it; the whole entry when it has no other.

    :raises RegisterError: when there is no such entry
    """
    register = register_of(content)
    entry = register.get(id)
    alike = tuple(known for known in entry.forms if reads_as(known, form)) if entry else ()
    if entry is None or len(alike) == len(entry.forms):
        remove_entry(content, id)
        return
    for known in alike:
        register = register.without_form(id, known)
    _rewrite(content, lambda html: marks.without(html, id))
    mark_mentions(content, register, id)
    set_register(content, register)


def merge_entries(content, id: str, into: str) -> None:
    """Say that two entries are one person or datum: ``into`` takes the forms and marks of ``id``.

    :raises RegisterError: for unknown entries, one and the same, or of different categories
    :raises Withheld: when a text can't be read whole
    """
    register = register_of(content).merge(id, into)
    category = register.get(into).category
    _rewrite(content, lambda html: marks.renamed(html, id, into, category))
    set_register(content, register)


def split_form(content, id: str, form: str) -> str:
    """Say that a form is somebody else: it becomes an entry of its own, whose id is returned.

    :raises RegisterError: when the entry hasn't this form, or no other
    :raises Withheld: when a text can't be read whole
    """
    register, new = register_of(content).split(id, form)
    _rewrite(content, lambda html: marks.without(html, id))
    mark_mentions(content, register, new.id)
    mark_mentions(content, register, id)
    set_register(content, register)
    return new.id


def mark_mentions(content, register: Register, id: str) -> None:
    """Mark every mention of an entry in the rich texts."""

    def marked(html: str) -> str:
        try:
            return marking.mark_every_mention(html, register, id)
        except Withheld:
            return html  # the checklist says why it can't be published

    _rewrite(content, marked)


def reads_as(one: str, other: str) -> bool:
    """Whether two forms read the same."""
    return skeleton(one) == skeleton(other)


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
        _keep(content, register)


def draw_anew(content, event) -> None:
    """On a copy: nothing links its pseudonyms to those of its source."""
    register = numbering.numbered(register_of(content), Register(), numbering.at_random)
    content.register = tuple(register.to_json())


class RegisterChanged:
    """The event that a register is another one now: ``detail`` says how, without any form."""

    def __init__(self, object, before: Register, after: Register):
        self.object = object
        self.detail = difference(before, after)


def difference(before: Register, after: Register) -> str:
    """What changed, as ``+p3 person; -p2; p1 forms 1>2``: ids, categories and counts only."""
    parts = []
    for entry in after.entries:
        old = before.get(entry.id)
        if old is None:
            parts.append(f"+{entry.id} {entry.category.value}")
            continue
        if len(old.forms) != len(entry.forms):
            parts.append(f"{entry.id} forms {len(old.forms)}>{len(entry.forms)}")
        elif old.forms != entry.forms:
            parts.append(f"{entry.id} forms")
        for name in ("category", "gender"):
            if getattr(old, name) != getattr(entry, name):
                parts.append(f"{entry.id} {name} {getattr(entry, name).value or '-'}")
        if old.role != entry.role:
            parts.append(f"{entry.id} role")
    parts += [f"-{entry.id}" for entry in before.entries if after.get(entry.id) is None]
    return "; ".join(parts)


def _keep(content, register: Register) -> None:
    before = register_of(content)
    register = numbering.numbered(register, before, draw_for(content))
    content.register = tuple(register.to_json())
    notify(RegisterChanged(content, before, register))


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
