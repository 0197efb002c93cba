"""Read answers of iA.Délib (``@search?type=meeting|item``, ``@annexes``) into typed values. Pure.

An answer is strict input: whatever is not as iA.Délib writes it stops the reading, with its field.
What a field means: iA.Délib's REST documentation (plonemeeting.restapi).
"""

import json
import re
from collective.deliberation import _
from collective.deliberation.sources import fields
from collective.deliberation.sources import richtext
from collective.deliberation.sources.values import Source
from collective.deliberation.sources.values import SourceAnnex
from collective.deliberation.sources.values import SourceError
from collective.deliberation.sources.values import SourceItem
from collective.deliberation.sources.values import SourceMeeting
from typing import Any


SYSTEM = "iA.Délib"
BODIES = {"College": "college", "Council": "conseil"}  # of MeetingCollege, MeetingCouncil

_ATTENDANCE = (
    ("", "assembly"),
    ("Excusés :", "assemblyExcused"),
    ("Absents :", "assemblyAbsents"),
    ("Procurations :", "assemblyProxies"),
    ("Invités :", "assemblyGuests"),
    ("Personnel :", "assemblyStaves"),
)


def parse(raw: bytes, name: str = "") -> Any:
    """The JSON document in a file called ``name``."""
    try:
        return json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise SourceError(
            name,
            _("source_not_utf8", default="must be a text in UTF-8: save the answer as it came."),
        ) from None
    except json.JSONDecodeError as error:
        raise SourceError(
            name,
            _(
                "source_not_json",
                default="must be JSON: line ${line}, column ${column} can't be read.",
                mapping={"line": error.lineno, "column": error.colno},
            ),
        ) from None
    except RecursionError:
        raise SourceError(
            name, _("source_too_deep", default="is nested too deeply to be an answer of iA.Délib.")
        ) from None


def read(*documents: Any) -> Source:
    """The meeting, items and annexes of one or more answers, whatever part each holds.

    A document is an answer of iA.Délib (``{"items": […], "items_total": n}``), a list, or both kinds
    under names: ``{"meeting": …, "items": …, "annexes": …}``.

    :raises SourceError: at the first field that is missing or not what it must be
    """
    found: dict[str, list[tuple[str, dict]]] = {"meeting": [], "item": [], "annex": []}
    for document in documents:
        _collect(document, "", found)
    if not found["meeting"]:
        raise SourceError(
            "meeting",
            _(
                "source_no_meeting",
                default="is missing: add the answer of iA.Délib for the meeting "
                "(@search?type=meeting&UID=…&fullobjects=True) as a second file.",
            ),
        )
    if len(found["meeting"]) > 1:
        raise SourceError(
            found["meeting"][1][0],
            _("source_two_meetings", default="is a second meeting: import one at a time."),
        )
    items = sorted((_item(*entry) for entry in found["item"]), key=lambda item: item.position)
    _unique(found["item"])
    return Source(
        system=SYSTEM,
        meeting=_meeting(*found["meeting"][0]),
        items=tuple(items),
        annexes=tuple(_annex(*entry) for entry in found["annex"]),
    )


def _collect(value: Any, path: str, found: dict[str, list[tuple[str, dict]]]) -> None:
    if isinstance(value, list):
        for index, entry in enumerate(value):
            _collect(entry, f"{path}.{index}" if path else str(index), found)
        return
    if not isinstance(value, dict):
        raise SourceError(
            path or "document", _("source_not_object", default="must be a JSON object.")
        )
    kind = str(value.get("@type", ""))
    if kind.startswith("MeetingItem"):
        found["item"].append((path, value))
        for index, annex in enumerate(_annexes_of(value)):
            found["annex"].append((fields.at(path, f"@components.annexes.{index}"), annex))
    elif kind.startswith("Meeting"):
        found["meeting"].append((path, value))
    elif kind == "annex":
        found["annex"].append((path, value))
    elif kind:
        raise SourceError(
            fields.at(path, "@type"),
            _("source_unknown_type", default="must be a meeting, an item or an annex."),
        )
    else:
        _collect_answer(value, path, found)


def _collect_answer(value: dict, path: str, found: dict) -> None:
    parts = [name for name in ("meeting", "items", "annexes") if name in value]
    if not parts:
        raise SourceError(
            fields.at(path, "items"),
            _("source_no_items", default="is missing: is this an answer of iA.Délib?"),
        )
    total, items = value.get("items_total"), value.get("items")
    if isinstance(total, int) and isinstance(items, list) and total != len(items):
        raise SourceError(
            fields.at(path, "items"),
            _(
                "source_batched",
                default="holds ${count} of ${total}: ask iA.Délib for all of them (b_size=${total}).",
                mapping={"count": len(items), "total": total},
            ),
        )
    for name in parts:
        _collect(value[name], fields.at(path, name), found)


def _annexes_of(item: dict) -> list[dict]:
    components = item.get("@components")
    annexes = components.get("annexes") if isinstance(components, dict) else None
    return [a for a in annexes if isinstance(a, dict)] if isinstance(annexes, list) else []


def _unique(entries: list[tuple[str, dict]]) -> None:
    seen = set()
    for path, value in entries:
        if value["UID"] in seen:
            raise SourceError(
                fields.at(path, "UID"), _("source_twice", default="stands for an item twice.")
            )
        seen.add(value["UID"])


def _meeting(path: str, value: dict) -> SourceMeeting:
    kind = value["@type"].removeprefix("Meeting")
    return SourceMeeting(
        uid=fields.uid(value, path),
        body=BODIES.get(kind) or re.sub(r"[^a-z0-9]+", "-", kind.lower()).strip("-"),
        # What took place rather than what was planned: titles and addresses follow startDate.
        start=fields.moment(value, path, "startDate")
        or fields.moment(value, path, "date", required=True),
        end=fields.moment(value, path, "endDate"),
        location=fields.text(value, path, "place", required=False),
        state=fields.text(value, path, "review_state"),
        attendance=richtext.attendance(
            tuple((heading, fields.rich(value, path, name)) for heading, name in _ATTENDANCE)
        ),
    )


def _item(path: str, value: dict) -> SourceItem:
    position = fields.integer(value, path, "itemNumber", 1)
    shown = f"{position // 100}.{position % 100}" if position % 100 else str(position // 100)
    privacy = fields.choice(value, path, "privacy", ("public", "secret"))
    return SourceItem(
        uid=fields.uid(value, path),
        address=fields.text(value, path, "@id", required=False),
        number=fields.text(value, path, "formatted_itemNumber", required=False) or shown,
        position=position,
        list_type=fields.choice(value, path, "listType", ("normal", "late")),
        state=fields.text(value, path, "review_state"),
        public=privacy == "public",
        title=fields.text(value, path, "title"),
        category=fields.titled(value.get("category"), fields.at(path, "category")),
        representatives=tuple(
            fields.titled(group, fields.at(path, f"groupsInCharge.{index}"))
            for index, group in enumerate(fields.entries(value, path, "groupsInCharge"))
        ),
        motivation=fields.rich(value, path, "motivation"),
        decision=fields.rich(value, path, "decision"),
    )


def _annex(path: str, value: dict) -> SourceAnnex:
    file = value.get("file")
    file = file if isinstance(file, dict) else {}
    parent = value.get("parent")
    return SourceAnnex(
        uid=fields.uid(value, path),
        parent=str(parent.get("@id", "")) if isinstance(parent, dict) else "",
        title=fields.text(value, path, "title", required=False),
        category=fields.text(value, path, "category_title", required=False),
        mime_type=fields.text(file, fields.at(path, "file"), "content-type", required=False),
        size=fields.integer(file, fields.at(path, "file"), "size", 0) if "size" in file else 0,
        publishable=value.get("publishable") is True,
    )
