"""The process that detects: it answers, and what breaks in it breaks nothing here."""

import pytest
import sys
from collective.deliberation.content.review.worker.process import COMMAND
from collective.deliberation.content.review.worker.process import DetectionProcess
from collective.deliberation.content.review.worker.process import NoAnswer


TEXTS = {
    "title": "Terrasse",
    "motivation": "Vu la demande de Madame Odile Rasquin <b> & Cie ;\nVu.",
}


def python(program):
    return (sys.executable, "-c", program)


@pytest.fixture()
def asking():
    """``asking(command, seconds)``: a process that is ended after the test."""
    made = []

    def ask(command, seconds=60.0):
        made.append(DetectionProcess(command, seconds))
        return made[-1]

    yield ask
    for each in made:
        each.end()


def test_the_real_command_finds_a_name_where_it_stands(asking):
    process = asking(COMMAND)
    found = process.ask(TEXTS, [], "2026-12-14")
    assert found["title"] == []
    (span,) = [each for each in found["motivation"] if "Rasquin" in each["text"]]
    assert TEXTS["motivation"][span["start"] : span["end"]] == span["text"]
    assert process.ask({"": "Sans rien."}, [], "") == {"": []}  # the same process again


def test_who_is_in_the_roster_acts_in_office(asking):
    text = {"": "Madame Odile Rasquin, bourgmestre, préside."}
    roster = [{"name": "Odile Rasquin", "function": "bourgmestre", "kind": "representative"}]
    assert asking(COMMAND).ask(text, roster, "2026-12-14") == {"": []}


@pytest.mark.parametrize(
    "program",
    [
        "raise SystemExit(3)",
        "import os; os.abort()",
        "input(); print('no JSON')",
        "input(); print('[]')",
        'input(); print(\'{"id": "another"}\')',
    ],
)
def test_a_process_that_fails_is_told_from_one_that_finds_nothing(asking, program):
    process = asking(python(program))
    for _ in range(2):  # and the next question starts another one
        with pytest.raises(NoAnswer) as failure:
            process.ask(TEXTS, [], "")
        assert "Rasquin" not in str(failure.value)


def test_a_process_that_is_silent_is_ended(asking):
    process = asking(python("import time; time.sleep(600)"), seconds=0.5)
    with pytest.raises(NoAnswer):
        process.ask(TEXTS, [], "")
    assert process._process is None


def test_a_command_that_is_not_there_is_no_answer(asking):
    with pytest.raises(NoAnswer):
        asking(("/nowhere/deliberation-detect",)).ask(TEXTS, [], "")
