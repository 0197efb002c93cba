"""An item as a line of a table. Pure.

Semicolons, and a mark that it is UTF-8: what spreadsheets in French-speaking Belgium open with a double click.
"""

import csv
import html
import io
import re
from collections.abc import Iterable
from typing import Any


MARK = "\ufeff".encode()
COLUMNS = (
    "adresse",
    "identifiant",
    "institution",
    "organe",
    "seance",
    "numero",
    "etat",
    "titre",
    "categorie",
    "mandataires",
    "votes",
    "texte",
    "publie",
    "annexes",
    "licence",
)
STAGES = {"draft": "projet", "decision": "décision"}
_BREAK = re.compile(r"</(?:p|li|tr|h[1-6]|div|blockquote)>|<br ?/?>")
_TAG = re.compile(r"<[^<>]*>")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def head() -> bytes:
    return MARK + line(COLUMNS)


def row(item: dict[str, Any], body: str) -> bytes:
    """The line of an item, given as its JSON; ``body`` is the title of the body that sat."""
    meeting = item["meeting"] or {}
    shown = item["resolutionText"] if item["stage"] == "decision" else item["draftDecision"]
    return line(
        (
            item["@id"],
            item["UID"],
            item["institution"],
            body,
            meeting.get("start", ""),
            item["number"],
            STAGES[item["stage"]],
            item["title"],
            item["category"],
            ", ".join(item["representatives"]),
            item["votes"],
            words(shown),
            item["published"],
            " ".join(annex["@id"] for annex in item["annexes"]),
            item["licence"],
        )
    )


def line(cells: Iterable[str]) -> bytes:
    file = io.StringIO()
    csv.writer(file, delimiter=";", lineterminator="\r\n").writerow(map(_cell, cells))
    return file.getvalue().encode()


def words(source: str) -> str:
    """Rich text as plain text: one line a paragraph."""
    text = html.unescape(_TAG.sub("", _BREAK.sub("\n", source)))
    return "\n".join(filter(None, (" ".join(each.split()) for each in text.split("\n"))))


def _cell(text: str) -> str:
    """A text that a spreadsheet would run as a formula gets an apostrophe before it (CWE-1236)."""
    return f"'{text}" if text.startswith(_FORMULA) else text
