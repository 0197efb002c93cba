"""Which field of ours holds which field of the source."""

from collective.deliberation.content.french_dates import storable
from collective.deliberation.sources import states
from collective.deliberation.sources.values import SourceItem
from collective.deliberation.sources.values import SourceMeeting
from dataclasses import dataclass
from plone.app.textfield.value import RichTextValue
from typing import Any


@dataclass(frozen=True, slots=True)
class Field:
    """Our field and its value, and the source's fields that it follows from."""

    name: str
    value: Any
    follows: frozenset[str]


def fields_of(value: SourceMeeting | SourceItem) -> tuple[Field, ...]:
    return _item(value) if isinstance(value, SourceItem) else _meeting(value)


def _meeting(value: SourceMeeting) -> tuple[Field, ...]:
    return (
        _field("body", value.body, "body"),
        _field("start", storable(value.start), "start"),
        _field("end", storable(value.end) if value.end else None, "end"),
        _field("location", value.location, "location"),
        _field("attendance", _rich(value.attendance), "attendance"),
    )


def _item(value: SourceItem) -> tuple[Field, ...]:
    # One text there is two here: the draft until it is decided, then the decision.
    decision = "draftDecision" if states.item_state(value) != "validated" else "resolutionText"
    return (
        _field("sourceUid", value.uid, "uid"),
        _field("number", value.number, "number"),
        _field("listType", value.list_type, "list_type"),
        _field("title", value.title, "title"),
        _field("category", value.category, "category"),
        _field("public", value.public, "public"),
        _field("representatives", value.representatives, "representatives"),
        _field("motivation", _rich(value.motivation), "motivation"),
        _field(decision, _rich(value.decision), "decision", "state"),
    )


def _field(name: str, value: Any, *follows: str) -> Field:
    return Field(name, value, frozenset(follows))


def _rich(html: str) -> RichTextValue:
    return RichTextValue(html, "text/html", "text/x-html-safe")
