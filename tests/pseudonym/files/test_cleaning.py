"""The public copy says what the pages say, and nothing of who wrote, changed or carried it."""

import io
import pikepdf
import pypdfium2
import pytest
import zipfile
from . import made
from .test_analysis import _attached_pdf
from .test_analysis import _name_of_attachment
from .test_analysis import _script
from .test_analysis import drawn
from .test_analysis import HIDDEN_IN_THE_DRAWING
from .test_analysis import NAME
from .test_analysis import P
from .test_analysis import PDF_PLACES
from .test_analysis import PLAIN
from .test_analysis import REGISTER
from collective.deliberation.pseudonym.files.analysis import analyse
from collective.deliberation.pseudonym.files.cleaning import clean
from collective.deliberation.pseudonym.files.cleaning import public_copy
from collective.deliberation.pseudonym.files.passages import Unreadable
from PIL import Image


FORMS = [
    form.encode(encoding)
    for form in (NAME, PLAIN, "Quertinmont")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp1252")
]


def says(data):
    """Whether a form of the name is anywhere in the bytes, unpacked."""
    everything = made.all_bytes(data)
    return any(form in everything for form in FORMS)


@pytest.mark.parametrize(
    "place", [*PDF_PLACES.values(), _attached_pdf, _name_of_attachment, _script]
)
def test_nothing_beside_the_pages_of_a_pdf_reaches_its_public_copy(place):
    data = made.changed(made.pdf(["Le conseil décide."], author=NAME, title=NAME), place)
    assert says(data)
    copy, found = public_copy(data, made.PDF, REGISTER)
    assert not says(copy)
    assert (found.hits, found.traces) == ((), ())
    assert "Le conseil décide." in pypdfium2.PdfDocument(copy)[0].get_textpage().get_text_range()


def test_bookmarks_and_links_without_names_stay():
    def place(pdf):
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Règlement", 0))
        PDF_PLACES["link"](pdf)
        pdf.pages[0].Annots[0].A.URI = pikepdf.String("https://valbourg.example/plan")

    copy, _found = public_copy(made.changed(made.pdf(["x"]), place), made.PDF, REGISTER)
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Règlement"]
        assert str(pdf.pages[0].Annots[0].A.URI) == "https://valbourg.example/plan"


@pytest.mark.parametrize("how", ["instead of another text", "beside a figure", "in a remark"])
def test_texts_among_the_instructions_of_a_page_are_left_out_when_they_name_somebody(how):
    data = drawn(b"BT /F1 12 Tf 72 700 Td " + HIDDEN_IN_THE_DRAWING[how] + b" ET")
    copy, found = public_copy(data, made.PDF, REGISTER)
    assert not says(copy)
    assert found.hits == ()
    before, after = (pypdfium2.PdfDocument(each)[0].render().to_pil() for each in (data, copy))
    assert before.tobytes() == after.tobytes()


def test_earlier_versions_and_lost_objects_of_a_pdf_are_not_copied():
    def lose(pdf):
        pdf.make_indirect(pikepdf.Dictionary(Lost=pikepdf.String(NAME)))

    data = made.changed(made.pdf(["x"]), lose) + f"% {NAME}\n".encode()
    assert not says(clean(data, made.PDF))


def test_a_rectangle_drawn_over_a_scan_stays_where_it_is():
    def hide(pdf):
        shape = pdf.make_stream(
            b"0 g 0 0 600 800 re f", Subtype=pikepdf.Name.Form, BBox=[0, 0, 600, 800]
        )
        pdf.pages[0].Annots = pikepdf.Array(
            [
                pikepdf.Dictionary(
                    Subtype=pikepdf.Name.Square,
                    Rect=[0, 0, 600, 800],
                    T=NAME,
                    AP=pikepdf.Dictionary(N=shape),
                )
            ]
        )

    copy = clean(made.changed(made.scan("Zelie Quertinmont"), hide), made.PDF)
    assert pypdfium2.PdfDocument(copy)[0].render().to_pil().convert("L").getextrema()[0] == 0
    middle = pypdfium2.PdfDocument(copy)[0].render().to_pil().convert("L")
    assert middle.getpixel((middle.width // 2, middle.height // 2)) == 0
    assert not says(copy)


def test_a_photograph_in_a_pdf_loses_what_its_camera_wrote():
    out = io.BytesIO()
    paper = made.canvas.Canvas(out)
    paper.drawString(72, 700, "x")
    paper.save()

    def add(pdf):
        picture = made.drawn(pdf, made.jpeg(NAME))
        pdf.pages[0].Resources.XObject = pikepdf.Dictionary(Im=picture)

    data = made.changed(out.getvalue(), add)
    assert says(data)
    assert not says(clean(data, made.PDF))


def test_a_word_document_loses_properties_comments_changes_and_files_within():
    body = (
        f"<w:p w:rsidR='00A1'><w:ins w:author='{NAME}'><w:r><w:t>Le conseil</w:t></w:r></w:ins>"
        f"<w:del w:author='{NAME}'><w:r><w:delText>{NAME}</w:delText></w:r></w:del>"
        "<w:commentRangeStart w:id='1'/><w:r><w:t> décide.</w:t></w:r><w:commentRangeEnd w:id='1'/>"
        f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{NAME}</w:t></w:r>"
        f"<w:r><w:rPr><w:rPrChange w:author='{NAME}'/></w:rPr><w:object><w:OLEObject r:id='rId9'/></w:object></w:r></w:p>"
    )
    comments = f"<w:comments {made.W}><w:comment w:author='{NAME}'>{P.format(NAME)}</w:comment></w:comments>"
    parts = {
        **made.docx(body, comments=comments, people=f"<w:people {made.W}>{NAME}</w:people>"),
        "docProps/core.xml": f"<c xmlns='urn:x'><creator>{NAME}</creator></c>",
        "docProps/thumbnail.jpeg": made.jpeg(NAME),
        "word/media/photo.jpeg": made.jpeg(NAME),
        "word/embeddings/o.bin": NAME.encode("utf-16-le"),
        "customXml/item1.xml": f"<x>{NAME}</x>",
    }
    copy, found = public_copy(made.zipped(parts), made.DOCX, REGISTER)
    assert not says(copy)
    assert found.hits == ()
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        document = archive.read("word/document.xml").decode()
        assert "Le conseil" in document and " décide." in document
        assert "rsid" not in document and "comment" not in document
        assert set(archive.namelist()) == {
            "[Content_Types].xml",
            "_rels/.rels",
            "word/document.xml",
            "word/_rels/document.xml.rels",
            "word/media/photo.jpeg",
        }
        assert "comments" not in archive.read("word/_rels/document.xml.rels").decode()
        assert "core" not in archive.read("_rels/.rels").decode()


def test_a_libreoffice_document_loses_properties_comments_and_changes():
    body = (
        f"<text:tracked-changes><text:changed-region><dc:creator>{NAME}</dc:creator><text:deletion>"
        f"<text:p>{NAME}</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        "<text:p>Le conseil<text:change text:change-id='c1'/> décide."
        f"<office:annotation><dc:creator>{NAME}</dc:creator></office:annotation> Fin.</text:p>"
    )
    parts = {
        **made.odt(
            body, meta=f"<office:meta><dc:creator>{NAME}</dc:creator></office:meta>", settings=NAME
        ),
        "Thumbnails/thumbnail.png": made.png(PLAIN),
        "Pictures/1.jpg": made.jpeg(NAME),
        "Basic/x.xml": f"<x>{NAME}</x>",
    }
    copy, found = public_copy(made.zipped(parts), made.ODT, REGISTER)
    assert not says(copy)
    assert found.hits == ()
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        assert archive.infolist()[0].filename == "mimetype"
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
        assert "Le conseil décide. Fin." in archive.read("content.xml").decode()
        assert "thumbnail" not in archive.read("META-INF/manifest.xml").decode()


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_photograph_keeps_its_pixels_upright_and_nothing_else(orientation):
    data = made.jpeg(NAME, orientation)
    copy = clean(data, "image/jpeg")
    found = analyse(copy, "image/jpeg", REGISTER)
    assert (found.hits, found.traces) == ((), ())
    assert not says(copy)
    assert b"Exif" not in copy
    before, after = Image.open(io.BytesIO(data)), Image.open(io.BytesIO(copy))
    if orientation == 1:
        assert before.tobytes() == after.tobytes()
    assert after.size == ((320, 200) if orientation in (1, 3) else (200, 320))


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP", "TIFF"])
def test_pictures_of_each_kind_keep_their_pixels_and_lose_their_texts(kind):
    exif = Image.Exif()
    exif[0x013B] = PLAIN
    options = {"GIF": {"comment": PLAIN.encode()}, "WEBP": {"exif": exif, "lossless": True}}
    out = io.BytesIO()
    made.picture("Plan").save(out, kind, **options.get(kind, {"exif": exif}))
    mime = f"image/{kind.lower()}"
    assert says(out.getvalue())
    copy = clean(out.getvalue(), mime)
    assert not says(copy)
    assert analyse(copy, mime, REGISTER).hits == ()
    before, after = Image.open(out), Image.open(io.BytesIO(copy))
    assert before.convert("RGB").tobytes() == after.convert("RGB").tobytes()


@pytest.mark.parametrize(
    ("data", "mime"),
    [
        (made.encrypted(made.pdf([NAME])), made.PDF),
        (b"%PDF-1.7 x", made.PDF),
        (made.zipped({**made.docx(), "word/document.xml": "<w:p"}), made.DOCX),
        (b"\xff\xd8\xff x", "image/jpeg"),
        (b"MZ", "application/octet-stream"),
    ],
)
def test_what_cannot_be_cleaned_is_refused(data, mime):
    with pytest.raises(Unreadable):
        public_copy(data, mime, REGISTER)


def test_the_same_file_always_has_the_same_public_copy():
    for data, mime in (
        (made.pdf(["x"], author=NAME), made.PDF),
        (made.zipped(made.docx()), made.DOCX),
        (made.zipped(made.odt()), made.ODT),
        (made.jpeg(NAME, 6), "image/jpeg"),
    ):
        assert clean(data, mime) == clean(data, mime)


def test_what_was_filled_into_a_form_is_part_of_the_page_and_a_human_decides_on_it():
    out = io.BytesIO()
    paper = made.canvas.Canvas(out)
    paper.drawString(72, 700, "Formulaire")
    paper.acroForm.textfield(value=PLAIN, name="demandeur", x=72, y=600, width=300)
    paper.showPage()
    paper.save()
    copy, found = public_copy(out.getvalue(), made.PDF, REGISTER)
    assert {hit.kind for hit in found.hits} == {"page"}
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        assert "/AcroForm" not in pdf.Root
