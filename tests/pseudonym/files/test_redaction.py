"""What is under a box is nowhere in the redacted copy; what is beside it can still be searched."""

import io
import pikepdf
import pypdfium2
import pytest
from . import made
from .test_analysis import NAME
from .test_analysis import REGISTER
from .test_cleaning import says
from collective.deliberation.pseudonym.files import text_layer
from collective.deliberation.pseudonym.files.analysis import analyse
from collective.deliberation.pseudonym.files.passages import Box
from collective.deliberation.pseudonym.files.passages import Unreadable
from collective.deliberation.pseudonym.files.redaction import part
from collective.deliberation.pseudonym.files.redaction import redact
from PIL import Image
from PIL import ImageOps
from pypdf import PdfReader


PAGES = (
    [
        "Vu la demande",
        f"de {NAME}, née à Valbourg",
        "Le conseil décide – d’accorder (œuvre) 12,50 €",
    ],
    ["Fait en séance", f"La requérante, {NAME}"],
)


def boxes_of(data):
    boxes = {}
    for hit in analyse(data, made.PDF, REGISTER).hits:
        boxes.setdefault(hit.page, []).extend(hit.boxes)
    return boxes


def test_a_redacted_pdf_holds_no_hit_in_text_or_bytes_and_keeps_the_other_words():
    data = made.pdf(*PAGES, author=NAME)
    copy, mime = redact(data, made.PDF, boxes_of(data))
    found = analyse(copy, mime, REGISTER)
    assert (mime, found.hits, found.pages, found.has_text) == (made.PDF, (), 2, True)
    assert not says(copy)
    reader = PdfReader(io.BytesIO(copy))
    words = [page.extract_text().split() for page in reader.pages]
    assert (
        words[0]
        == "Vu la demande de née à Valbourg Le conseil décide – d’accorder (œuvre) 12,50 €".split()
    )
    assert words[1] == "Fait en séance La requérante,".split()
    assert not reader.metadata


def test_the_box_is_black_and_the_page_looks_the_same_elsewhere():
    data = made.pdf(*PAGES)
    (box,) = boxes_of(data)[1]
    copy, _mime = redact(data, made.PDF, boxes_of(data))
    before, after = (
        pypdfium2.PdfDocument(each)[0].render(scale=2).to_pil().convert("L")
        for each in (data, copy)
    )
    assert before.size == after.size
    inside = tuple(
        map(
            int,
            (
                box.left * after.width + 2,
                box.top * after.height + 2,
                box.right * after.width - 2,
                box.bottom * after.height - 2,
            ),
        )
    )
    assert after.crop(inside).getextrema()[1] < 40
    line = (0, 0, after.width, int(box.top * after.height) - 4)
    ink = [
        ImageOps.invert(each.crop(line)).point(lambda v: 255 * (v > 100)).getbbox()
        for each in (before, after)
    ]
    assert all(abs(a - b) <= 3 for a, b in zip(*ink, strict=True))


def test_a_word_that_a_box_only_touches_is_left_out_whole():
    data = made.pdf(["Zélie-Quertinmont est venue"])
    (box,) = boxes_of(data)[1]
    half = Box(box.left, box.top, (box.left + box.right) / 2, box.bottom)
    copy, mime = redact(data, made.PDF, {1: [half]})
    assert PdfReader(io.BytesIO(copy)).pages[0].extract_text().split() == ["est", "venue"]
    assert analyse(copy, mime, REGISTER).hits == ()


def test_a_forgotten_box_is_said_with_its_page():
    data = made.pdf(*PAGES)
    copy, mime = redact(data, made.PDF, {1: boxes_of(data)[1]})
    assert [(hit.kind, hit.page) for hit in analyse(copy, mime, REGISTER).hits] == [("page", 2)]


def test_a_redacted_scan_is_a_scan():
    copy, mime = redact(made.scan("Zelie Quertinmont"), made.PDF, {1: [Box(0, 0, 1, 0.5)]})
    assert analyse(copy, mime, REGISTER).blind_pages == (1,)
    page = pypdfium2.PdfDocument(copy)[0].render().to_pil().convert("L")
    assert page.crop((0, 0, page.width, page.height // 2 - 2)).getextrema()[1] < 20


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "GIF", "WEBP"])
def test_boxes_are_burnt_into_a_picture(kind):
    out = io.BytesIO()
    made.picture("Zelie Quertinmont").save(out, kind)
    copy, mime = redact(out.getvalue(), f"image/{kind.lower()}", {1: [Box(0, 0, 0.5, 1)]})
    shown = Image.open(io.BytesIO(copy)).convert("L")
    assert Image.MIME[Image.open(io.BytesIO(copy)).format] == mime
    assert shown.crop((0, 0, 155, 200)).getextrema()[1] < 20
    assert shown.getpixel((310, 100)) > 240


def test_a_turned_photograph_is_redacted_as_it_is_seen():
    copy, _mime = redact(made.jpeg(NAME, 6), "image/jpeg", {1: [Box(0, 0, 1, 0.1)]})
    shown = Image.open(io.BytesIO(copy)).convert("L")
    assert shown.size == (200, 320)
    assert shown.crop((0, 0, 200, 28)).getextrema()[1] < 40
    assert not says(copy)


@pytest.mark.parametrize(
    ("data", "mime"),
    [(made.zipped(made.docx()), made.DOCX), (b"%PDF-1.7 x", made.PDF), (b"x", "image/png")],
)
def test_what_has_no_pages_to_draw_on_is_refused(data, mime):
    with pytest.raises(Unreadable):
        redact(data, mime, {})


def test_the_original_is_untouched_and_the_result_is_the_same_each_time():
    data = made.pdf(*PAGES)
    kept = bytes(data)
    assert redact(data, made.PDF, boxes_of(data)) == redact(data, made.PDF, boxes_of(data))
    assert data == kept


def test_the_parts_of_a_redacted_pdf_joined_show_and_say_what_it_does():
    data = made.pdf(*PAGES, ["Le secrétaire"], author=NAME)
    whole, mime = redact(data, made.PDF, boxes_of(data))
    out = io.BytesIO()
    text_layer.join(
        [io.BytesIO(part(data, boxes_of(data), *each)) for each in ((1, 2), (3, 3))], out
    )
    assert analyse(out.getvalue(), mime, REGISTER) == analyse(whole, mime, REGISTER)
    for page in range(3):
        shown = [pypdfium2.PdfDocument(each)[page].render().to_pil() for each in (whole, out)]
        assert shown[0].tobytes() == shown[1].tobytes()


def test_a_layer_that_is_hidden_stays_hidden_in_a_part():
    def hide(pdf):
        layer = pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String("Plan"))
        )
        pdf.Root.OCProperties = pikepdf.Dictionary(
            OCGs=[layer], D=pikepdf.Dictionary(OFF=[layer], Order=[layer])
        )
        for page in pdf.pages:
            page.Resources.Properties = pikepdf.Dictionary(Layer=layer)
            drawn = page.Contents.read_bytes()
            page.Contents = pdf.make_stream(b"/OC /Layer BDC\n" + drawn + b"\nEMC")

    data = made.changed(made.pdf(["x"], ["Un plan"]), hide)
    copy = part(data, {}, 2, 2)
    assert pypdfium2.PdfDocument(copy)[0].render().to_pil().convert("L").getextrema() == (255, 255)
    assert pypdfium2.PdfDocument(data)[1].render().to_pil().convert("L").getextrema() == (255, 255)
