"""Files are opened in another process, which may be slow, break or be killed: the caller gets an answer."""

import os
import pytest
import signal
from . import made
from .test_analysis import NAME
from .test_analysis import REGISTER
from collective.deliberation.pseudonym.files import analysis
from collective.deliberation.pseudonym.files import cleaning
from collective.deliberation.pseudonym.files import isolated
from collective.deliberation.pseudonym.files import page_pictures
from collective.deliberation.pseudonym.files import redaction
from collective.deliberation.pseudonym.files.passages import Unreadable
from concurrent.futures import ThreadPoolExecutor
from tempfile import TemporaryFile


DATA = made.pdf(["Vu la demande", f"de {NAME}"], author=NAME)
BOXES = {1: analysis.analyse(DATA, made.PDF, REGISTER).hits[0].boxes}


def test_what_comes_back_is_what_the_same_function_gives_here():
    assert isolated.analyse(DATA, made.PDF, REGISTER) == analysis.analyse(DATA, made.PDF, REGISTER)
    with TemporaryFile() as target:
        _bare, found = isolated.public_copy(DATA, made.PDF, target, REGISTER)
        target.seek(0)
        assert (target.read(), found) == cleaning.public_copy(DATA, made.PDF, REGISTER)
    assert isolated.redact(DATA, made.PDF, BOXES) == redaction.redact(DATA, made.PDF, BOXES)
    assert isolated.burnt(DATA, made.PDF, BOXES, 1, 1) == redaction.redact(DATA, made.PDF, BOXES)[0]
    assert isolated.page(DATA, made.PDF, 1) == page_pictures.for_screen(DATA, made.PDF, 1)


def test_a_refusal_comes_back_as_a_refusal():
    assert isolated.analyse(b"%PDF-1.7 x", made.PDF, REGISTER).unreadable == "corrupt"
    with TemporaryFile() as target, pytest.raises(Unreadable) as error:
        isolated.public_copy(made.encrypted(DATA), made.PDF, target, REGISTER)
    assert error.value.reason == "encrypted"
    with pytest.raises(Unreadable):
        isolated.page(DATA, made.PDF, 2)


def test_a_process_that_is_late_is_killed_and_the_next_one_works(monkeypatch):
    long = made.pdf(*[[f"Vu la demande de {NAME}"] * 30] * 400)
    monkeypatch.setattr(isolated, "GRACE", 0.3)
    monkeypatch.setattr(isolated, "SECONDS", 0.1)
    with pytest.raises(Unreadable) as error:
        isolated.redact(long, made.PDF, {})
    assert error.value.reason == "too-slow"
    monkeypatch.undo()
    assert isolated.analyse(DATA, made.PDF, REGISTER).hits


def test_a_process_that_died_while_it_waited_is_replaced():
    isolated.analyse(DATA, made.PDF, REGISTER)
    for child in isolated._idle:
        os.kill(child.pid, signal.SIGKILL)
    assert isolated.analyse(DATA, made.PDF, REGISTER).hits


def test_a_file_that_takes_its_process_down_is_corrupt_and_takes_nobody_else_with_it(monkeypatch):
    # A process that ends on whatever it gets, as one does whose memory a file has overwritten.
    monkeypatch.setattr(isolated.sys, "executable", "/bin/true")
    monkeypatch.setattr(isolated, "_idle", [])
    assert isolated.analyse(DATA, made.PDF, REGISTER).unreadable == "corrupt"


def test_several_callers_at_once_each_get_their_own_answer():
    files = [made.pdf([f"{number} {NAME}"]) for number in range(12)]
    with ThreadPoolExecutor(4) as threads:
        found = threads.map(lambda data: isolated.analyse(data, made.PDF, REGISTER), files)
    assert [each.hits[0].excerpt.split()[0] for each in found] == [str(n) for n in range(12)]
    assert len(isolated._idle) <= 2


def test_the_process_gets_no_secret_of_the_server(monkeypatch):
    monkeypatch.setenv("DELIBERATION_PORTAL_PASSWORD", "secret")
    assert "secret" not in isolated._environment().values()
