"""What a camera wrote into a photograph goes: the photograph gets shorter, or within a PDF has blank places."""

import io
import pikepdf
import pytest
from . import made
from .test_analysis import NAME
from .test_analysis import PLAIN
from collective.deliberation.pseudonym.files import cleaning
from collective.deliberation.pseudonym.files import jpeg_cleaning
from collective.deliberation.pseudonym.files.passages import Unreadable
from PIL import Image


SAID = PLAIN.encode()


def _saved(**options):
    out = io.BytesIO()
    made.picture("Plan").save(out, "JPEG", **options)
    return out.getvalue()


def _segment(marker, content):
    return bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2, "big") + content


def _after_start(data, *segments):
    return data[:2] + b"".join(segments) + data[2:]


PHOTOGRAPHS = {
    "of a camera": made.jpeg(NAME),
    "with a comment": _saved(comment=SAID),
    "with a small picture": _after_start(
        _saved()[:2] + _saved()[20:],  # without its own header
        _segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\2\2" + SAID[:12]),
    ),
    "with an unknown header": _after_start(_saved(), _segment(0xE0, b"JFXX\0" + SAID)),
    "with fill bytes": _after_start(_saved(), b"\xff\xff" + _segment(0xFE, SAID)),
    "progressive": _saved(progressive=True, comment=SAID),
    "with something after its end": _saved() + b"\n" + SAID,
    "cut off": _saved(comment=SAID)[:-400],
    "with a profile": _saved(icc_profile=b"profile" * 20, comment=SAID),
    "with nothing": jpeg_cleaning.clean(_saved()),
}


@pytest.mark.parametrize("kind", PHOTOGRAPHS)
def test_a_blanked_photograph_has_its_pixels_and_its_length_and_nothing_else(kind):
    data = PHOTOGRAPHS[kind]
    blanked = bytearray(data)
    for start, blank in jpeg_cleaning.blanks(data):
        blanked[start : start + len(blank)] = blank
    assert len(blanked) == len(data)
    assert (kind == "with nothing") == (blanked == data)
    assert list(jpeg_cleaning.blanks(bytes(blanked))) == []
    cleaned = jpeg_cleaning.clean(data)
    assert jpeg_cleaning.clean(bytes(blanked)) == cleaned
    assert len(cleaned) <= len(data) or kind == "cut off"  # which gets an end
    assert SAID[:12] not in blanked and SAID[:12] not in cleaned
    if kind != "cut off":
        shown = [Image.open(io.BytesIO(each)) for each in (data, blanked, cleaned)]
        assert len({each.tobytes() for each in shown}) == 1
        assert len({each.info.get("icc_profile") for each in shown}) == 1


@pytest.mark.parametrize("data", [b"", b"\xff\xd8", b"\xff\xd8\xff", b"\xff\xd8\xff\xe1\0\1", b"x"])
def test_what_is_no_photograph_is_refused(data):
    with pytest.raises(Unreadable):
        jpeg_cleaning.clean(data)
    with pytest.raises(Unreadable):
        list(jpeg_cleaning.blanks(data))


def test_a_photograph_whose_bytes_stand_in_its_description_too_is_cleaned_all_the_same():
    out = io.BytesIO()
    Image.new("L", (8, 8), 128).save(out, "JPEG", quality=100, optimize=True, comment=SAID)
    photograph = out.getvalue()
    assert not set(photograph) & set(b"()\\\r")  # so that it can be a string as it is
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</XObject<</Im 4 0 R>>>>>>",
        b"<</Note(%s)/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 8"
        b"/Filter/DCTDecode/Length %d>>stream\n%s\nendstream"
        % (photograph, len(photograph), photograph),
    ]
    data, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    data += (
        b"xref\n0 5\n0000000000 65535 f \n%strailer\n<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (
            table,
            len(data),
        )
    )
    copy = cleaning.clean(data, made.PDF)
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        assert pdf.pages[0].Resources.XObject.Im.read_raw_bytes() == jpeg_cleaning.clean(photograph)
