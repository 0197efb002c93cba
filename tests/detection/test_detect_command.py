"""The command ``deliberation-detect``: JSON lines in, JSON lines out."""

import io
import json
import pytest
import spacy
import subprocess
import sys
import time
from collective.deliberation.pseudonym.detection import command
from collective.deliberation.pseudonym.detection.language_model import DEFAULT
from collective.deliberation.pseudonym.detection.language_model import ModelError
from collective.deliberation.pseudonym.detection.language_model import recogniser
from collective.deliberation.pseudonym.detection.language_model import VARIABLE
from collective.deliberation.pseudonym.plaintext import plain
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from pathlib import Path
from report import COMMAND


HTML = "<p>Vu la demande de Mme <b>Ayşe</b> Demir ;</p><p>Entendu M. Marc Lambert, échevin ;</p>"
ROSTER = {"mandataires": [{"name": "Marc Lambert", "function": "échevin"}], "officiers": ["V. Roy"]}


def run(*lines, options=()):
    done = subprocess.run(
        [*COMMAND, "--rules-only", *options],
        input="".join(line + "\n" for line in lines),
        capture_output=True,
        text=True,
    )
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """A folder with a real model, as small as can be: it knows one name, as a person."""
    folder = tmp_path_factory.mktemp("model") / "fr_tiny"
    nlp = spacy.blank("fr")
    nlp.add_pipe("entity_ruler").add_patterns(
        [
            {"label": "PER", "pattern": "zorglub"},
            {"label": "PER", "pattern": "Zorglub"},
            {"label": "LOC", "pattern": "Palombie"},
        ]
    )
    nlp.to_disk(folder)
    return str(folder)


def test_each_line_is_answered_in_order_with_offsets_into_the_plain_text():
    status, (first, second), errors = run(
        json.dumps({"id": "a", "html": HTML, "roster": ROSTER}),
        json.dumps({"id": 2, "html": "<p>Rien.</p>"}),
    )
    assert (status, errors) == (0, "")
    assert second == {"id": 2, "spans": []}
    [span] = first["spans"]
    assert first["id"] == "a" and plain(HTML)[span["start"] : span["end"]] == "Ayşe Demir"
    assert span == span | {"text": "Ayşe Demir", "category": "PERSON", "reason": "civility"}
    assert 0 < span["confidence"] <= 1


def test_without_a_roster_an_alderman_is_known_by_his_function():
    _, [answer], _ = run(json.dumps({"id": 1, "html": HTML}))
    assert [span["text"] for span in answer["spans"]] == ["Ayşe Demir"]


@pytest.mark.parametrize(
    "line",
    [
        "Secret {",
        '"Secret"',
        "[]",
        "",
        "[" * 5000,
        '{"id": 7, "html": ["Secret"]}',
        '{"id": 7}',
        '{"id": 7, "html": "x", "date": "Secret"}',
        json.dumps({"id": 7, "html": "<b>" * 60_000 + "Secret"}),
    ],
    ids=range(9),
)
def test_a_bad_line_is_answered_without_repeating_it_and_the_others_are_answered(line):
    good = json.dumps({"id": "good", "html": HTML, "roster": ROSTER})
    out = io.BytesIO()
    assert command.answer([line.encode() + b"\n", good.encode() + b"\n"], out) == 1
    answers = [json.loads(answer) for answer in out.getvalue().splitlines()]
    assert set(answers[0]) == {"id", "error"} and answers[0]["id"] in (7, None)
    assert "Secret" not in json.dumps(answers[0])
    assert answers[1]["id"] == "good" and len(answers[1]["spans"]) == 1


def test_a_bad_line_shows_in_the_exit_code_and_nowhere_else():
    status, answers, errors = run("Secret {", json.dumps({"id": 2, "html": ""}))
    assert status == 1 and errors == "" and answers[1] == {"id": 2, "spans": []}


@pytest.mark.parametrize(
    "roster",
    [
        {"mandataires": ["Marc Lambert"]},
        {"mandataires": ["M. Marc LAMBERT (échevin)", "", None, {"x": 1}]},
        {"mandataires": [{"nom": "Lambert", "prénom": "Marc", "fonction": "échevin"}]},
        {"elus": {"Marc Lambert": "échevin"}, "agents": 3},
        [{"name": "Lambert, Marc", "from": "2018", "to": "?"}],
        "Anne Zorbal ; Marc Lambert, échevin",
    ],
    ids=range(6),
)
def test_a_roster_is_read_as_it_comes(roster):
    html = "<p>M. Marc Lambert répond à M. Kauw.</p>"
    answer = command.respond(json.dumps({"id": 1, "html": html, "roster": roster}).encode())
    assert [span["text"] for span in answer["spans"]] == ["Kauw"]


@pytest.mark.parametrize("roster", ["Secret", {"officiers": [{"name": ""}]}, 7, [[], {}], True])
def test_a_roster_that_names_nobody_costs_no_answer(roster):
    line = json.dumps({"id": 1, "html": "<p>M. Kauw</p>", "roster": roster}).encode()
    assert [span["text"] for span in command.respond(line)["spans"]] == ["Kauw"]


def test_half_a_character_is_answered():
    line = b'{"id": 1, "html": "<p>\\ud800 Mme Kauw</p>"}'
    [span] = command.respond(line)["spans"]
    assert (span["start"], span["text"]) == (6, "Kauw")


def test_names_at_the_end_of_a_long_text_sign_it_and_a_short_text_is_not_signed():
    long = "<p>" + "Le Collège approuve le budget de la fabrique et le transmet. " * 8 + "</p>"
    sign = "<p>J. Zorbal – L. Kauw</p>"
    for html, names in ((long + sign, []), (sign, ["J. Zorbal", "L. Kauw"])):
        answer = command.respond(json.dumps({"id": 1, "html": html}).encode())
        assert [span["text"] for span in answer["spans"]] == names


@pytest.mark.parametrize("text", ["Zorbal, ", "1 ", "Zorbal ", "(", "« ", "- "])
def test_a_long_line_of_the_same_takes_no_time_that_grows_with_its_square(text):
    def cost(times):
        line = json.dumps({"id": 1, "html": text * times}).encode()
        before = time.process_time()
        assert "spans" in command.respond(line)
        return time.process_time() - before

    cost(10)
    assert cost(2000) < 12 * cost(400) + 0.5


def test_bytes_that_are_no_text_are_a_bad_line():
    out = io.BytesIO()
    assert command.answer([b'{"id": 1, "html": "\xff"}\n', b'{"id": 2, "html": ""}'], out) == 1
    first, second = map(json.loads, out.getvalue().splitlines())
    assert first["id"] is None and second == {"id": 2, "spans": []}


def test_an_answer_comes_before_the_next_line_is_asked_for():
    with subprocess.Popen(
        [*COMMAND, "--rules-only"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        for number in (1, 2):
            process.stdin.write(json.dumps({"id": number, "html": HTML}) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait() == 0


def test_it_is_installed_under_its_name_and_explains_itself():
    script = Path(sys.executable).with_name("deliberation-detect")
    done = subprocess.run([script, "--help"], capture_output=True, text=True, check=True)
    assert '{"id", "spans"' in done.stdout and "--model" in done.stdout


def test_a_model_adds_what_no_rule_finds_with_less_confidence(model):
    html = "<p>On a vu zorglub en Palombie avec Mme Demir.</p>"
    line = json.dumps({"id": 1, "html": html.replace("zorglub", "Zorglub est")})
    _, [answer], _ = run(line)
    done = subprocess.run([*COMMAND, "--model", model], input=line, capture_output=True, text=True)
    spans = json.loads(done.stdout)["spans"]
    assert done.returncode == 0 and [s["text"] for s in spans] == ["Zorglub", "Demir"]
    assert {s["text"] for s in answer["spans"]} <= {s["text"] for s in spans}


def test_a_model_is_found_by_the_environment(model, monkeypatch):
    monkeypatch.setenv(VARIABLE, model)
    text = "zorglub\n" * 4000 + "Zorglub"
    spans = list(recogniser()(text))
    assert len(spans) == 4001 and {text[start:end].lower() for start, end in spans} == {"zorglub"}


def test_what_the_rules_know_better_a_model_does_not_change(model):
    html = "<p>La SRL Zorglub Construct, rue Zorglub 4, reçoit Madame Zorglub.</p>"
    answer = command.respond(json.dumps({"id": 1, "html": html}).encode(), recogniser(model))
    assert [(s["text"], s["reason"]) for s in answer["spans"]] == [("Zorglub", "civility")]


def test_a_model_that_is_not_there_is_said_before_anything_is_read():
    done = subprocess.run(
        [*COMMAND, "--model", "xx_no_model"], input="{}", capture_output=True, text=True
    )
    assert done.returncode == 2 and done.stdout == "" and "xx_no_model" in done.stderr
    with pytest.raises(ModelError):
        recogniser("./no/such/folder")


def test_without_any_model_the_rules_work_alone(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr(
        "collective.deliberation.pseudonym.detection.language_model.find_spec",
        lambda name: None,
    )
    assert recogniser() is None
    with pytest.raises(ModelError):
        recogniser(DEFAULT)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text() | st.binary() | st.dictionaries(st.text(), st.text()), max_size=5))
def test_there_is_one_answer_for_each_line_whatever_it_holds(parts):
    lines = [
        json.dumps({"id": 1, "html": part} if isinstance(part, str) else part).encode()
        if not isinstance(part, bytes)
        else part.replace(b"\n", b" ")
        for part in parts
    ]
    out = io.BytesIO()
    status = command.answer(lines, out)
    answers = [json.loads(line) for line in out.getvalue().splitlines()]
    assert len(answers) == len(lines)
    assert status == any("error" in answer for answer in answers)
    assert all(set(answer) in ({"id", "spans"}, {"id", "error"}) for answer in answers)
