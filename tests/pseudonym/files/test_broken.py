"""Broken files: refused or read, never an error of another kind, and nothing of them in a log."""

import io
import logging
import pytest
import random
from . import made
from .test_analysis import NAME
from .test_analysis import PDF_PLACES
from .test_analysis import PLAIN
from .test_analysis import REGISTER
from collective.deliberation.pseudonym.files.analysis import analyse
from collective.deliberation.pseudonym.files.cleaning import public_copy
from collective.deliberation.pseudonym.files.passages import Box
from collective.deliberation.pseudonym.files.passages import Unreadable
from collective.deliberation.pseudonym.files.redaction import redact


def _saved(kind):
    out = io.BytesIO()
    made.picture("x").save(out, kind)
    return out.getvalue(), f"image/{kind.lower()}"


FILES = (
    *((made.changed(made.pdf([PLAIN]), place), made.PDF) for place in PDF_PLACES.values()),
    (made.zipped(made.docx(f"<w:p><w:r><w:t>{NAME}</w:t></w:r></w:p>")), made.DOCX),
    (made.zipped(made.odt(f"<text:p>{NAME}</text:p>")), made.ODT),
    (made.jpeg(NAME, 6), "image/jpeg"),
    (made.png(PLAIN), "image/png"),
    *map(_saved, ("GIF", "WEBP", "TIFF")),
)


def broken(data, chance):
    """The file with some bytes changed, cut out or put in."""
    data = bytearray(data)
    for _change in range(chance.choice((1, 3, 10, 60))):
        at = chance.randrange(len(data))
        kind = chance.random()
        if kind < 0.6:
            data[at] = chance.randrange(256)
        elif kind < 0.8:
            del data[at : at + chance.randrange(1, 40)]
        else:
            data[at:at] = chance.randbytes(9)
    return bytes(data)


def _copied(data, mime):
    public_copy(data, mime, REGISTER)


def _redacted(data, mime):
    redact(data, mime, {1: [Box(0, 0, 0.5, 0.5)]})


@pytest.mark.parametrize("seed", range(8))
def test_a_broken_file_is_read_or_refused(seed, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    chance = random.Random(seed)
    for data, mime in FILES:
        data = broken(data, chance)
        assert analyse(data, mime, REGISTER).to_json()
        for work in (_copied, _redacted):
            try:
                work(data, mime)
            except Unreadable as error:
                assert str(error) == error.reason
    said = caplog.text + "".join(capfd.readouterr())
    assert "Quertinmont" not in said


@pytest.mark.parametrize("cut", [0, 1, 8, 60, 300])
def test_a_file_cut_off_is_read_or_refused(cut):
    for data, mime in FILES:
        found = analyse(data[:cut], mime, REGISTER)
        assert found.unreadable or found.hits is not None
        assert found.needs_a_word
