"""A file is searched wherever it can hold a name; what can't be searched is said to be so."""

import io
import pikepdf
import pypdfium2
import pytest
import random
from . import made
from collective.deliberation.pseudonym.files import analysis
from collective.deliberation.pseudonym.files import redaction
from collective.deliberation.pseudonym.files.analysis import analyse
from collective.deliberation.pseudonym.files.findings import Analysis
from collective.deliberation.pseudonym.files.passages import Budget
from collective.deliberation.pseudonym.files.passages import Unreadable
from collective.deliberation.pseudonym.register import Register
from PIL import Image
from PIL import ImageOps


NAME = "Zélie Quertinmont"
PLAIN = "Zelie Quertinmont"
REGISTER, _ENTRY = Register().add("person", NAME)


def kinds(data, mime):
    found = analyse(data, mime, REGISTER)
    assert found.unreadable == ""
    return {hit.kind for hit in found.hits}


def test_a_name_on_a_page_of_a_pdf_is_found_with_its_page_and_its_box():
    data = made.pdf(["Rien ici"], ["Vu la demande", f"de {NAME}, domiciliée"])
    (hit,) = analyse(data, made.PDF, REGISTER).hits
    assert (hit.entry_id, hit.kind, hit.page) == ("p1", "page", 2)
    (box,) = hit.boxes
    assert 0.1 < box.left < box.right < 0.5
    assert 0.1 < box.top < box.bottom < 0.15
    assert NAME in hit.excerpt


def test_a_name_that_runs_over_two_lines_has_a_box_on_each():
    data = made.pdf(["Vu la demande de Zélie", "Quertinmont, domiciliée à Valbourg"])
    (hit,) = analyse(data, made.PDF, REGISTER).hits
    assert len(hit.boxes) == 2
    assert hit.boxes[0].bottom < hit.boxes[1].bottom


def test_letters_of_a_name_that_the_file_has_in_another_order_are_read_as_they_are_seen():
    out = io.BytesIO()
    paper = made.canvas.Canvas(out)
    for at, letters in ((126, "mont"), (72, "Zélie "), (104, "Quertin")):
        paper.drawString(at + (8 if letters == "mont" else 0), 700, letters)
    paper.save()
    assert "page" in kinds(out.getvalue(), made.PDF)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, [30, 300, 400, 800]])
def test_boxes_cover_the_ink_of_the_name_however_the_page_is_turned_and_cropped(rotation, crop):
    def turn(pdf):
        pdf.pages[0].Rotate = rotation
        if crop:
            pdf.pages[0].CropBox = crop

    data = made.changed(made.pdf([NAME]), turn)
    (hit,) = analyse(data, made.PDF, REGISTER).hits
    page = pypdfium2.PdfDocument(data)[0].render(scale=2).to_pil().convert("L")
    assert ImageOps.invert(page).getbbox()
    redaction.blacken(page, hit.boxes)  # black on black, then white: nothing else is left
    for box in hit.boxes:
        left, top, right, bottom = box.left, box.top, box.right, box.bottom
        area = (
            left * page.width,
            top * page.height,
            right * page.width + 2,
            bottom * page.height + 2,
        )
        page.paste(255, tuple(map(int, area)))
    assert ImageOps.invert(page).getbbox() is None


def _comment(pdf):
    pdf.pages[0].Annots = pikepdf.Array(
        [
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Text,
                Rect=[0, 0, 9, 9],
                Contents="voir le dossier",
                T=NAME,
            )
        ]
    )


def _metadata(pdf):
    with pdf.open_metadata() as said:
        said["dc:creator"] = [NAME]


def _attachment(pdf):
    pdf.attachments["note.txt"] = f"Remarque de {NAME}".encode("utf-16")


def _attached_pdf(pdf):
    pdf.attachments["note.pdf"] = made.pdf([NAME])


def _name_of_attachment(pdf):
    pdf.attachments[f"{PLAIN}.txt"] = b"rien"


def _outline(pdf):
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(f"Demande de {NAME}", 0))


def _field(pdf):
    field = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Tx,
            T="demandeur",
            V=NAME,
            Rect=[72, 600, 300, 620],
            DA="/Helv 12 Tf 0 g",
        )
    )
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field])
    pdf.pages[0].Annots = pikepdf.Array([field])


def _link(pdf):
    pdf.pages[0].Annots = pikepdf.Array(
        [
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Link,
                Rect=[0, 0, 9, 9],
                A=pikepdf.Dictionary(
                    S=pikepdf.Name.URI, URI="https://valbourg.example/zelie-quertinmont"
                ),
            )
        ]
    )


def _script(pdf):
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.alert('{NAME}')")


def _alternative(pdf):
    element = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Figure, Alt=f"Photo de {NAME}"))
    pdf.Root.StructTreeRoot = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot, K=element)
    )


PDF_PLACES = {
    "metadata": _metadata,
    "comment": _comment,
    "embedded": _attachment,
    "outline": _outline,
    "form": _field,
    "link": _link,
    "hidden": _alternative,
}


@pytest.mark.parametrize("kind", PDF_PLACES)
def test_a_name_beside_the_pages_of_a_pdf_is_found(kind):
    data = made.changed(made.pdf(["Le conseil décide."]), PDF_PLACES[kind])
    assert kind in kinds(data, made.PDF)


@pytest.mark.parametrize(
    ("change", "kind"),
    [(_attached_pdf, "embedded"), (_name_of_attachment, "embedded"), (_script, "metadata")],
)
def test_a_name_in_what_a_pdf_carries_along_is_found(change, kind):
    assert kind in kinds(made.changed(made.pdf(["Le conseil décide."]), change), made.PDF)


def test_the_author_and_title_of_a_pdf_are_searched_and_named_as_metadata():
    found = analyse(made.pdf(["x"], author=NAME, title="Plan"), made.PDF, REGISTER)
    assert [hit.kind for hit in found.hits] == ["metadata"]
    assert {"author", "title", "dates"} <= set(found.traces)


def test_a_national_number_or_an_account_that_nobody_judged_is_found_with_its_box():
    data = made.pdf(["Compte BE43 0689 9999 9501", "numéro national 85.07.30-033.28"])
    found = analyse(data, made.PDF, Register())
    assert {(hit.entry_id, hit.category) for hit in found.hits} == {
        ("", "account"),
        ("", "national-number"),
    }
    assert all(hit.boxes for hit in found.hits)
    exempt = analyse(data, made.PDF, Register(), ("BE43068999999501",))
    assert [hit.category for hit in exempt.hits] == ["national-number"]


def drawn(instructions):
    """A PDF whose page is drawn with these instructions."""

    def draw(pdf):
        pdf.pages[0].Contents = pdf.make_stream(instructions)

    return made.changed(made.pdf(["x"]), draw)


HIDDEN_IN_THE_DRAWING = {
    "below another text": b"/Span <</ActualText (x)>> BDC (Zelie Quertinmont) Tj EMC",
    "instead of another text": b"/Span <</ActualText (Zelie Quertinmont)>> BDC (x) Tj EMC",
    "beside a figure": b"/Figure <</Alt (Zelie Quertinmont)>> BDC (x) Tj EMC",
    "in a remark": b"(x) Tj\n% Zelie Quertinmont\n",
    "never drawn": b"3 Tr (Zelie Quertinmont) Tj",
    "beyond the page": b"2000 2000 Td (Zelie Quertinmont) Tj",
    "white": b"1 1 1 rg (Zelie Quertinmont) Tj",
    "in pieces": b"[(Ze) -20 (lie) -300 (Quer) 15 (tinmont)] TJ",
    "upwards": b"0 1 -1 0 300 300 Tm (Zelie Quertinmont) Tj",
    "spread": b"9 Tc (Zelie Quertinmont) Tj",
}


@pytest.mark.parametrize("how", HIDDEN_IN_THE_DRAWING)
def test_a_name_is_found_however_the_page_draws_or_hides_it(how):
    data = drawn(b"BT /F1 12 Tf 72 700 Td " + HIDDEN_IN_THE_DRAWING[how] + b" ET")
    assert analyse(data, made.PDF, REGISTER).hits


def test_objects_of_every_kind_may_stand_by_themselves():
    def add(pdf):
        pdf.pages[0].Rotate = pdf.make_indirect(0)
        pdf.pages[0].Tabs = pdf.make_indirect(pikepdf.Name.S)
        pdf.Root.Lang = pdf.make_indirect(pikepdf.String("fr-BE"))
        pdf.Root.NeedsRendering = pdf.make_indirect(False)

    assert kinds(made.changed(made.pdf([NAME]), add), made.PDF) == {"page"}


def test_a_scan_has_no_text_layer_and_needs_a_word():
    found = analyse(made.scan(NAME), made.PDF, REGISTER)
    assert (found.has_text, found.blind_pages, found.needs_a_word) == (False, (1,), True)


def test_a_scan_with_a_stamp_on_it_is_a_scan_and_one_whose_words_were_recognised_is_none():
    def page(lines):
        out = io.BytesIO()
        paper = made.canvas.Canvas(out)
        paper.drawInlineImage(made.picture("Zelie Quertinmont"), 0, 0, 595, 842)
        for number, line in enumerate(lines):
            paper.drawString(72, 760 - 20 * number, line)
        paper.save()
        return analyse(out.getvalue(), made.PDF, REGISTER)

    assert page(["Reçu le 3 mars 2027"]).blind_pages == (1,)
    assert page(["Le conseil communal, en séance publique, décide"] * 6).blind_pages == ()


def test_a_blank_page_is_no_scan():
    found = analyse(made.pdf(["Le conseil décide."], []), made.PDF, REGISTER)
    assert (found.pages, found.blind_pages, found.needs_a_word) == (2, (), False)


P = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        (
            "text",
            made.docx("<w:p><w:r><w:t>Zélie</w:t></w:r><w:r><w:t> Quertinmont</w:t></w:r></w:p>"),
        ),
        (
            "change",
            made.docx(
                f"<w:p><w:del w:author='x'><w:r><w:delText>{NAME}</w:delText></w:r></w:del></w:p>"
            ),
        ),
        (
            "change",
            made.docx(
                "<w:p><w:r><w:t>Zélie Quer</w:t></w:r><w:del><w:r><w:delText>tinmont</w:delText></w:r></w:del></w:p>"
            ),
        ),
        ("header", made.docx(header1=f"<w:hdr {made.W}>{P.format(NAME)}</w:hdr>")),
        ("header", made.docx(footer1=f"<w:ftr {made.W}>{P.format(NAME)}</w:ftr>")),
        (
            "note",
            made.docx(
                footnotes=f"<w:footnotes {made.W}><w:footnote>{P.format(NAME)}</w:footnote></w:footnotes>"
            ),
        ),
        (
            "comment",
            made.docx(
                comments=f"<w:comments {made.W}><w:comment w:author='{NAME}'>{P.format('oui')}</w:comment></w:comments>"
            ),
        ),
        (
            "metadata",
            {**made.docx(), "docProps/core.xml": f"<c xmlns='urn:x'><creator>{NAME}</creator></c>"},
        ),
        ("hidden", made.docx(f"<w:p><w:drawing descr='{NAME}'/></w:p>")),
        ("embedded", {**made.docx(), "word/media/photo.jpeg": made.jpeg(NAME)}),
        ("embedded", {**made.docx(), "word/embeddings/o.bin": NAME.encode("utf-16-le")}),
        (
            "embedded",
            {**made.docx(), "word/embeddings/o.docx": made.zipped(made.docx(P.format(NAME)))},
        ),
    ],
)
def test_a_name_anywhere_in_a_word_document_is_found(kind, parts):
    assert kind in kinds(made.zipped(parts), made.DOCX)


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        ("text", made.odt("<text:p>Zélie<text:s/><text:span>Quertinmont</text:span></text:p>")),
        (
            "change",
            made.odt(
                f"<text:tracked-changes><text:changed-region><text:deletion><text:p>{NAME}</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>ok</text:p>"
            ),
        ),
        (
            "comment",
            made.odt(
                f"<text:p>ok<office:annotation><dc:creator>{NAME}</dc:creator><text:p>voir</text:p></office:annotation></text:p>"
            ),
        ),
        (
            "note",
            made.odt(
                f"<text:p>ok<text:note><text:note-body><text:p>{NAME}</text:p></text:note-body></text:note></text:p>"
            ),
        ),
        ("metadata", made.odt(meta=f"<office:meta><dc:creator>{NAME}</dc:creator></office:meta>")),
        (
            "header",
            made.odt(
                styles=f"<text:header><text:p>{NAME}</text:p></text:header>".replace(
                    "text:header", "office:header"
                )
            ),
        ),
    ],
)
def test_a_name_anywhere_in_a_libreoffice_document_is_found(kind, parts):
    assert kind in kinds(made.zipped(parts), made.ODT)


def test_a_name_in_a_cell_and_in_the_name_of_a_sheet_is_found():
    strings = f"<sst xmlns='urn:s'><si><t>{NAME}</t></si></sst>"
    book = "<workbook xmlns='urn:s'><sheets><sheet name='Quertinmont Zelie'/></sheets></workbook>"
    parts = {**made.docx(), "xl/sharedStrings.xml": strings, "xl/workbook.xml": book}
    assert {"text", "hidden"} <= kinds(made.zipped(parts), made.XLSX)


def test_metadata_of_a_photograph_is_searched_and_its_place_is_named():
    found = analyse(made.jpeg(NAME), "image/jpeg", REGISTER)
    assert {hit.kind for hit in found.hits} == {"metadata"}
    assert {"exif", "place", "iptc", "xmp"} <= set(found.traces)
    assert found.needs_a_word


def test_texts_of_a_png_are_searched():
    assert kinds(made.png(PLAIN), "image/png") == {"metadata"}


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "cp850", "mac-roman", "utf-16", "utf-16-le"]
)
def test_text_and_tables_are_read_in_the_encodings_they_come_in(encoding):
    data = f"nom;prénom\r\nQuertinmont;Zélie\r\nété {NAME}".encode(encoding)
    assert kinds(data, "text/csv") == {"text"}


@pytest.mark.parametrize(
    ("data", "mime", "reason"),
    [
        (made.encrypted(made.pdf([NAME])), made.PDF, "encrypted"),
        (b"%PDF-1.7 x", made.PDF, "corrupt"),
        (b"PK\x03\x04 x", made.DOCX, "corrupt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, made.DOCX, "encrypted"),
        (b"\xff\xd8\xff x", "image/jpeg", "corrupt"),
        (b"\x89PNG\r\n\x1a\n", "image/png", "corrupt"),
        (b"MZ", "application/octet-stream", "unknown"),
        (made.zipped({**made.docx(), "word/document.xml": "<w:p"}), made.DOCX, "corrupt"),
        (made.zipped(made.odt()).replace(b"PK\x01\x02", b"PK\x01\x03"), made.ODT, "corrupt"),
    ],
)
def test_what_cannot_be_read_is_said_to_be_so_and_needs_a_word(data, mime, reason):
    found = analyse(data, mime, REGISTER)
    assert (found.unreadable, found.needs_a_word, found.hits) == (reason, True, ())


def test_a_pdf_that_only_forbids_changes_is_read():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made.pdf([NAME]))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="owner", user=""))
    assert kinds(out.getvalue(), made.PDF) == {"page"}


def test_old_documents_that_name_their_type_and_hold_empty_parts_are_read():
    named = '<!DOCTYPE manifest:manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd">'
    parts = made.odt(f"<text:p>{NAME}</text:p>")
    parts["META-INF/manifest.xml"] = named + parts["META-INF/manifest.xml"]
    parts["Configurations2/accelerator/current.xml"] = ""
    assert kinds(made.zipped(parts), made.ODT) == {"text"}


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16-le", "utf-16-be"])
def test_a_name_between_bytes_that_are_no_text_is_found(encoding):
    noise = bytes(range(256)) * 8 + bytes(reversed(range(256)))
    data = noise + f"\1{NAME}\2".encode(encoding) + noise
    parts = {**made.docx(), "word/embeddings/o.bin": data}
    assert kinds(made.zipped(parts), made.DOCX) == {"embedded"}


def test_a_colour_profile_of_half_a_megabyte_is_read_whole_and_holds_nobody():
    out = io.BytesIO()
    noise = random.Random(1).randbytes(400_000)
    made.picture().save(out, "JPEG", icc_profile=noise)
    found = analyse(out.getvalue(), "image/jpeg", REGISTER)
    assert (found.hits, found.unreadable) == ((), "")


def test_entities_are_not_expanded_and_nothing_outside_is_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text(NAME)
    for body in (f'SYSTEM "{secret.as_uri()}"', '"a" ><!ENTITY b "&a;&a;&a;&a;"'):
        content = f"<!DOCTYPE x [<!ENTITY a {body}>]><x>&a;</x>"
        data = made.zipped({**made.docx(), "word/document.xml": content})
        assert analyse(data, made.DOCX, REGISTER).unreadable == "corrupt"


def test_a_zip_bomb_stops_at_the_bound_of_unpacked_bytes():
    data = made.zipped({**made.docx(), "word/media/big.bin": bytes(70 << 20)})
    assert len(data) < 200_000
    assert analyse(data, made.DOCX, REGISTER).unreadable == "too-large"


def test_files_in_files_in_files_end_somewhere():
    data = made.zipped(made.docx(P.format(NAME)))
    for _level in range(6):
        data = made.zipped({**made.docx(), "word/embeddings/o.docx": data})
    assert analyse(data, made.DOCX, REGISTER).unreadable == "too-large"


def test_a_picture_of_too_many_pixels_is_not_decoded():
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    assert analyse(out.getvalue(), "image/png", REGISTER).unreadable == "too-large"


def test_the_time_for_a_file_ends():
    with pytest.raises(Unreadable) as error:
        analysis.read(made.pdf(["x"]), made.PDF, Budget(deadline=0))
    assert str(error.value) == "too-slow"


def test_an_analysis_survives_its_json():
    found = analyse(made.pdf([NAME], author=NAME), made.PDF, REGISTER)
    assert Analysis.from_json(found.to_json()) == found
