"""Decisions about suggestions, kept on the item: who accepted or rejected which form, and when.

What is accepted is in the register; the record of it says who did it. What is rejected is remembered for
that form in that item. The audit log names entries and categories, never what they stand for.
"""

from collections.abc import Iterable
from collective.deliberation.content.register import add_form
from collective.deliberation.content.register import register_of
from collective.deliberation.content.register import remove_form
from collective.deliberation.content.review import suggestions
from collective.deliberation.content.review.texts import texts_of
from collective.deliberation.pseudonym import review
from collective.deliberation.pseudonym.register import Category
from collective.deliberation.pseudonym.register import Register
from collective.deliberation.pseudonym.register import RegisterError
from collective.deliberation.pseudonym.review import Group
from datetime import datetime
from datetime import timezone
from persistent.mapping import PersistentMapping
from plone import api
from zope.annotation.interfaces import IAnnotations
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent


KEY = "collective.deliberation.review"
EXEMPTABLE = (Category.NATIONAL_NUMBER, Category.ACCOUNT)  # what the gate stops by itself
NEW = "new"  # in place of an entry's id
ACCEPTED, REJECTED, CONFIRMED = "accepted", "rejected", "confirmed"


class UnknownGroup(LookupError):
    """Nothing of this key is proposed in the texts as they are now."""


class Reviewed:
    """The event that somebody decided: ``action``, and ``detail`` without any original."""

    def __init__(self, object, action: str, detail: str):
        self.object = object
        self.action = action
        self.detail = detail


def groups(content) -> tuple[Group, ...]:
    """All that detection proposes now, with what was decided."""
    texts = texts_of(content)
    found = suggestions.found(content, texts)
    return review.groups(found, texts, register_of(content), rejected(content))


def open_groups(content) -> tuple[Group, ...]:
    return tuple(group for group in groups(content) if group.state == "open")


def rejected(content) -> frozenset[str]:
    return frozenset(_kept(content).get(REJECTED, ()))


def accept(content, key: str, category: str = "", into: str = "") -> str:
    """Hide what a group proposes: as ``category`` if given, as one more form of entry ``into`` if given.

    Without ``into`` it joins the only person that it may be; as ``NEW`` it is somebody else. Returns the
    id of the entry. Every mention in the rich texts is marked.

    :raises UnknownGroup: when nothing is proposed under this key
    :raises RegisterError: when category or entry aren't what they must be
    """
    group = _group(content, key)
    wanted = _category(category) if category else group.category
    if not into:
        same = review.same_person(register_of(content), wanted, group.text)
        into = same.id if same is not None else ""
    elif into == NEW:
        into = ""
    forms = [texts_of(content)[p.field][p.start : p.end] for p in group.places]
    entry = add_form(content, wanted, forms, group.gender, into)
    _writable(content, REJECTED).pop(key, None)
    _writable(content, ACCEPTED)[key] = {**_signature(), "entry": entry, "text": group.text}
    note(content, "accept-suggestion", f"{entry} {wanted.value}")
    return entry


def reject(content, key: str) -> None:
    """Let what a group proposes stay public; remembered for that form in that item.

    :raises UnknownGroup: when nothing is proposed under this key
    """
    group = _group(content, key)
    texts = texts_of(content)
    forms = tuple(dict.fromkeys(texts[p.field][p.start : p.end] for p in group.places))
    kept = {**_signature(), "category": group.category.value, "forms": forms}
    _writable(content, REJECTED)[key] = kept
    note(content, "reject-suggestion", group.category.value)
    if group.category in EXEMPTABLE:  # a publication may wait for this word
        notify(ObjectModifiedEvent(content))


def undo(content, key: str) -> None:
    """Take a decision back: the group is open again.

    :raises UnknownGroup: when nothing was decided under this key
    """
    kept = _kept(content)
    if key in kept.get(REJECTED, ()):
        _writable(content, REJECTED).pop(key)
    elif key in kept.get(ACCEPTED, ()):
        record = _writable(content, ACCEPTED).pop(key)
        remove_form(content, record["entry"], record["text"])
    else:
        raise UnknownGroup(key)
    note(content, "undo-suggestion")


def provisional(content, groups: Iterable[Group]) -> Register:
    """The register as if every number that the gate would stop were hidden already."""
    register, texts = register_of(content), texts_of(content)
    for group in groups:
        if group.state == "open" and group.category in EXEMPTABLE:
            register, entry = register.add(group.category, group.text)
            for place in group.places:
                form = texts[place.field][place.start : place.end]
                register = register.with_form(entry.id, form)
    return register


def confirm(content) -> None:
    """The second reader's word, for the texts and decisions as they are now."""
    writable = _writable(content, CONFIRMED)
    writable.update(_signature())
    writable["state"] = fingerprint(content)
    note(content, "confirm-review")


def is_confirmed(content) -> bool:
    """Whether somebody who decided nothing here confirmed what stands here now."""
    kept = _kept(content)
    word = kept.get(CONFIRMED, {})
    return word.get("state") == fingerprint(content) and word.get("by") not in deciders(content)


def deciders(content) -> frozenset[str]:
    """Who accepted or rejected something that still counts."""
    kept = _kept(content)
    return frozenset(
        each["by"] for name in (ACCEPTED, REJECTED) for each in kept.get(name, {}).values()
    )


def exempted(content) -> frozenset[str]:
    """Numbers that may be public here: rejected ones, and those of the institution itself."""
    forms = (form for each in _kept(content).get(REJECTED, {}).values() for form in each["forms"])
    return frozenset((*forms, *suggestions.own_identifiers(content)))


def note(content, action: str, detail: str = "") -> None:
    """Tell the audit log what was done; ``detail`` names entries and categories, no original."""
    notify(Reviewed(content, action, detail))


def fingerprint(content) -> str:
    """Changes with the texts, the register and the rejections."""
    parts = (
        texts_of(content),
        register_of(content).to_json(),
        sorted(rejected(content)),
    )
    return suggestions.digest(parts)


def _group(content, key: str) -> Group:
    for group in groups(content):
        if group.key == key:
            return group
    raise UnknownGroup(key)


def _category(value: str) -> Category:
    try:
        return Category(value)
    except ValueError:
        raise RegisterError("no such category") from None


def _signature() -> dict[str, str]:
    now = datetime.now(timezone.utc).isoformat(timespec="seconds")
    return {"by": api.user.get_current().getId() or "", "at": now}


def _kept(content):
    return IAnnotations(content).get(KEY, {})


def _writable(content, name: str) -> PersistentMapping:
    kept = IAnnotations(content).setdefault(KEY, PersistentMapping())
    return kept.setdefault(name, PersistentMapping())
