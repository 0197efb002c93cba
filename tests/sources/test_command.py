"""``make import``: the files it takes together, and its script against a running desk."""

import json
import os
import pytest
import subprocess
import sys
import transaction
from collective.deliberation.sources import siblings
from collective.deliberation.sources.values import SourceError
from collective.deliberation.testing import PASSWORD
from importlib.resources import as_file
from importlib.resources import files
from pathlib import Path


SCRIPT = Path(__file__).parents[2] / "scripts" / "import_meeting.py"


@pytest.fixture()
def folder():
    with as_file(files("collective.deliberation.sources") / "samples" / "iadelib") as path:
        yield path


def test_the_meeting_beside_a_file_of_items_is_taken(folder):
    items, meeting = siblings.documents(folder / "meeting_items_mock.json")
    assert meeting["items"][0]["@type"] == "MeetingCollege"


def test_a_file_with_both_needs_nothing_beside_it(tmp_path, items, meeting):
    file = tmp_path / "both.json"
    file.write_text(json.dumps({"items": items, "meeting": meeting}))
    (tmp_path / "meeting.json").write_text("not read")
    assert len(siblings.documents(file)) == 1


def test_a_meeting_given_by_name_wins(folder, tmp_path, meeting):
    other = tmp_path / "other.json"
    other.write_text(json.dumps(meeting | {"@id": "other"}))
    found = siblings.documents(folder / "meeting_items_mock.json", other)
    assert found[1]["@id"] == "other"


def test_a_file_that_is_not_there_is_named():
    with pytest.raises(SourceError) as error:
        siblings.documents(Path("/nowhere/items.json"))
    assert error.value.field == "/nowhere/items.json"


@pytest.fixture()
def script(live_desk, make_institution):
    make_institution(live_desk.site)
    transaction.commit()

    def run(*arguments, user="clerk"):
        environment = {
            **os.environ,
            "DESK_URL": live_desk.base,
            "DESK_USER": user,
            "DESK_PASSWORD": PASSWORD,
        }
        return subprocess.run(
            [sys.executable, SCRIPT, *arguments], env=environment, capture_output=True, text=True
        )

    return run


def test_the_script_imports_once_and_then_changes_nothing(script, folder):
    first = script(folder / "meeting_items_mock.json")
    assert first.returncode == 0, first.stderr
    assert "29 créés, 0 mis à jour, 0 inchangés" in first.stdout
    assert (
        "0 créés, 0 mis à jour, 29 inchangés" in script(folder / "meeting_items_mock.json").stdout
    )


def test_the_script_says_in_one_line_what_is_wrong(script, folder):
    for arguments, user, words in (
        (["/nowhere.json"], "clerk", "/nowhere.json"),
        ([folder / "annexes_publishable_mock.json"], "clerk", "meeting"),
        ([folder / "meeting_items_mock.json", "--institution", "x"], "clerk", "demo-college"),
        ([folder / "meeting_items_mock.json"], "agent", "agent"),
    ):
        done = script(*arguments, user=user)
        assert done.returncode == 1
        assert words in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
