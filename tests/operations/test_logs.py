"""Logs that a program reads, and that say nothing of anybody."""

import json
import logging
import sys
from collective.deliberation.operations.logs import JsonFormatter


def line(message, *arguments, failure=None):
    record = logging.LogRecord("portal", logging.WARNING, __file__, 1, message, arguments, failure)
    return json.loads(JsonFormatter().format(record))


def test_a_line_is_json_with_time_level_logger_and_message():
    found = line("%s of %s: done\nand more", "put", "item")
    assert {"level": "warning", "logger": "portal"}.items() <= found.items()
    assert found["message"] == "put of item: done\nand more"
    assert found["time"].endswith("+00:00")


def test_addresses_numbers_and_questions_are_hidden():
    found = line(
        "GET /portal/@@search?q=Quatrebarbes from 203.0.113.9, 2001:db8:0:1::7 by zoe@valbourg.example, "
        "85.07.30-033.28, BE68 5390 0754 7034"
    )["message"]
    for secret in ("Quatrebarbes", "203.0.113", "2001:db8", "zoe", "033.28", "5390"):
        assert secret not in found, secret
    assert found.startswith("GET /portal/@@search?[question] from [address]")


def test_an_exception_gives_its_type_and_places_and_never_its_text():
    try:
        raise ValueError("Zéphirine Quatrebarbes habite ici")
    except ValueError:
        found = line("A round failed", failure=sys.exc_info())
    assert found["exception"] == "ValueError"
    assert "test_logs.py" in found["at"][-1]
    assert "Quatrebarbes" not in json.dumps(found, ensure_ascii=False)
