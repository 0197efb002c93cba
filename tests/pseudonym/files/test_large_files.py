"""A file goes to its process as an open descriptor, and its copy comes back in chunks: neither side holds it."""

import io
import os
import pikepdf
import pytest
import resource
from . import made
from .test_analysis import _attached_pdf
from .test_analysis import NAME
from .test_analysis import PDF_PLACES
from .test_analysis import REGISTER
from collective.deliberation.pseudonym.files import cleaning
from collective.deliberation.pseudonym.files import isolated
from collective.deliberation.pseudonym.files import line
from collective.deliberation.pseudonym.files import pdf_cleaning
from collective.deliberation.pseudonym.files import text_layer
from collective.deliberation.pseudonym.files.analysis import analyse
from collective.deliberation.pseudonym.files.mapped import Mapped
from collective.deliberation.pseudonym.files.passages import MAX_FILE
from collective.deliberation.pseudonym.files.passages import MAX_HELD
from collective.deliberation.pseudonym.files.passages import Unreadable
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile


@contextmanager
def opened(data=b"", size=0):
    """A file without a path."""
    with TemporaryFile() as stream:
        stream.write(data)
        stream.truncate(max(size, len(data)))
        stream.flush()
        yield stream


def with_pictures(number, comment=""):
    """A PDF whose pages show a photograph each, with what its camera wrote or without."""
    pdf = pikepdf.new()
    for _each in range(number):
        pdf.add_blank_page()
        photograph = made.jpeg(comment or NAME)
        picture = made.drawn(
            pdf, photograph if comment else cleaning.clean(photograph, "image/jpeg")
        )
        page = pdf.pages[-1]
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=picture))
        page.Contents = pdf.make_stream(b"q 320 0 0 200 0 0 cm /Im Do Q")
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


FILES = {
    "of every place": made.changed(made.pdf(["Vu", NAME], author=NAME), PDF_PLACES["link"]),
    "with a file in it": made.changed(made.pdf(["Vu"], author=NAME), _attached_pdf),
    "of photographs": with_pictures(40, NAME),
    "of scans": with_pictures(40),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_copy_that_is_streamed_is_the_one_that_is_made_in_memory(kind):
    data = FILES[kind]
    with opened(data) as source, opened() as target:
        _bare, found = isolated.public_copy(source, made.PDF, target, REGISTER)
        target.seek(0)
        assert (target.read(), found) == cleaning.public_copy(data, made.PDF, REGISTER)
        assert isolated.analyse(source, made.PDF, REGISTER) == analyse(data, made.PDF, REGISTER)


@pytest.mark.parametrize(
    ("data", "mime"),
    [
        (made.jpeg(NAME, 6), "image/jpeg"),
        (made.zipped(made.docx()), made.DOCX),
        (f"Vu la demande de {NAME}".encode(), "text/plain"),
    ],
)
def test_files_of_other_kinds_go_the_same_way(data, mime):
    with opened(data) as source, opened() as target:
        _bare, found = isolated.public_copy(source, mime, target, REGISTER)
        target.seek(0)
        assert (target.read(), found) == cleaning.public_copy(data, mime, REGISTER)


def test_what_was_in_the_target_before_is_not_in_the_copy():
    with opened(FILES["of scans"]) as source, opened(b"x" * 1_000_000) as target:
        isolated.public_copy(source, made.PDF, target, REGISTER)
        target.seek(0)
        assert target.read() == cleaning.clean(FILES["of scans"], made.PDF)


def test_a_copy_that_is_known_is_searched_and_made_again_only_to_be_bare():
    plain = made.pdf(["Vu"])
    with opened(made.pdf([NAME])) as source, opened() as target, opened(plain) as known:
        bare, found = isolated.public_copy(source, made.PDF, target, REGISTER, (), known)
        assert (bare, found) == (False, analyse(plain, made.PDF, REGISTER))
        assert os.fstat(target.fileno()).st_size == 0
    named = made.changed(plain, PDF_PLACES["link"])
    with opened(plain) as source, opened() as target, opened(named) as known:
        bare, found = isolated.public_copy(source, made.PDF, target, REGISTER, (), known)
        target.seek(0)
        assert (bare, found.hits) == (True, ())
        assert target.read() == cleaning.clean(plain, made.PDF, bare=True)


def test_pictures_that_hold_nothing_stay_as_they_are_in_the_file():
    with pikepdf.open(io.BytesIO(cleaning.clean(FILES["of scans"], made.PDF))) as pdf:
        kept = {bytes(page.Resources.XObject.Im.read_raw_bytes()) for page in pdf.pages}
    assert kept == {cleaning.clean(made.jpeg(NAME), "image/jpeg")}


def test_what_is_read_of_a_copy_without_replaced_texts_has_the_same_words_and_no_pictures():
    data = FILES["of photographs"]
    words = pdf_cleaning.words_only(data)
    assert len(words) < len(data) / 4
    assert len(pikepdf.open(io.BytesIO(words)).pages) == 40


@pytest.mark.parametrize(
    ("size", "mime"),
    [(MAX_FILE + 1, made.PDF), (MAX_HELD + 1, "image/jpeg"), (MAX_HELD + 1, "text/plain")],
)
def test_a_file_beyond_its_limit_is_refused_by_name_and_unread(size, mime):
    with opened(b"%PDF-1.7 ", size) as source, opened() as target:
        assert isolated.analyse(source, mime, REGISTER).unreadable == "too-large"
        with pytest.raises(Unreadable) as error:
            isolated.public_copy(source, mime, target, REGISTER)
    assert error.value.reason == "too-large"


def test_an_empty_file_is_refused():
    with opened() as source:
        assert isolated.analyse(source, made.PDF, REGISTER).unreadable == "corrupt"


def test_a_copy_that_the_disk_has_no_room_for_is_no_damaged_file():
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with opened(FILES["of photographs"]) as source, opened() as target:
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, before[1]))
        try:
            with pytest.raises(OSError):
                isolated.public_copy(source, made.PDF, target, REGISTER)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        isolated.public_copy(source, made.PDF, target, REGISTER)


def hijacked(monkeypatch, folder: Path, code: str):
    """A process whose file has taken it over."""
    program = folder / "child"
    heading = (
        "#!/usr/bin/env python3\nimport os, socket, struct\nserver = socket.socket(fileno=0)\n"
    )
    program.write_text(heading + "server.recv(100_000)\n" + code)
    program.chmod(0o755)
    monkeypatch.setattr(isolated.sys, "executable", str(program))
    monkeypatch.setattr(isolated, "_idle", [])


def test_a_process_that_never_ends_sending_is_stopped(monkeypatch, tmp_path):
    endless = (
        f"while True: server.sendall(struct.pack('!cQ', b'b', {line.CHUNK}) + bytes({line.CHUNK}))"
    )
    hijacked(monkeypatch, tmp_path, endless)
    monkeypatch.setattr(isolated, "MAX_FILE", 20 * line.CHUNK)
    with opened(b"%PDF-1.7 x") as source, opened() as target:
        with pytest.raises(Unreadable) as error:
            isolated.public_copy(source, made.PDF, target, REGISTER)
        assert (error.value.reason, os.fstat(target.fileno()).st_size) == ("too-large", 20 << 18)


@pytest.mark.parametrize(
    "said",
    ["b'nonsense' * 9", "struct.pack('!cQ', b'b', 2**60)", "struct.pack('!cQ', b'a', 2) + b'[x'"],
)
def test_a_process_that_says_something_else_is_not_believed(monkeypatch, tmp_path, said):
    hijacked(monkeypatch, tmp_path, f"server.sendall({said})")
    with opened(b"%PDF-1.7 x") as source:
        assert isolated.analyse(source, made.PDF, REGISTER).unreadable == "corrupt"


def test_a_mapped_file_is_not_changed_by_what_reads_it():
    with opened(FILES["of every place"]) as source:
        file = Mapped(source.fileno())
        cleaning.clean(file, made.PDF)
        analyse(file, made.PDF, REGISTER)
        source.seek(0)
        assert source.read() == FILES["of every place"] == bytes(file)


def test_burnt_parts_are_joined_in_the_other_process_and_streamed():
    data = made.pdf([NAME], ["Vu"], ["Fait"])
    parts = [isolated.burnt(data, made.PDF, {}, *each) for each in ((1, 2), (3, 3))]
    joined = io.BytesIO()
    text_layer.join([io.BytesIO(each) for each in parts], joined)
    with opened() as target:
        isolated.join((io.BytesIO(each) for each in parts), target)
        target.seek(0)
        assert target.read() == joined.getvalue()


@pytest.mark.parametrize("kind", FILES)
def test_a_process_that_waits_for_work_keeps_nothing_open_of_the_last_file(kind, monkeypatch):
    monkeypatch.setattr(isolated, "_idle", [])
    with opened(FILES[kind]) as source, opened() as target:
        isolated.analyse(source, made.PDF, REGISTER)
        (child,) = isolated._idle
        before = os.listdir(f"/proc/{child.pid}/fd")
        isolated.public_copy(source, made.PDF, target, REGISTER)
        isolated.page(source, made.PDF, 1)
        assert os.listdir(f"/proc/{child.pid}/fd") == before
        assert "(deleted)" not in Path(f"/proc/{child.pid}/maps").read_text()
    child.end()
