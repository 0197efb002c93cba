"""Files of annexes with canaries in each of their hiding places, and public versions to put in their stead."""

import io
import pikepdf
import zipfile
from canary.canaries import CANARIES
from collections.abc import Callable
from pseudonym.files import made


# A PDF of one built-in font holds no other letters.
PLAIN = tuple(each.form for each in CANARIES if each.form.isascii())
FORMS = tuple(canary.form for canary in CANARIES)
NAMES = ", ".join(FORMS)


def pdf_with_a_clean_page() -> bytes:
    """All canaries around a page that names none: information, XMP, attachment, comment, action."""
    data = made.pdf(["Plan des lieux"], author=FORMS[0], title=NAMES, subject=NAMES, keywords=NAMES)

    def hide(opened):
        with opened.open_metadata(set_pikepdf_as_editor=False) as said:
            said["dc:creator"] = list(FORMS)
            said["dc:title"] = NAMES
        opened.attachments[f"{FORMS[0]}.txt"] = pikepdf.AttachedFileSpec(
            opened, NAMES.encode(), filename=f"{FORMS[0]}.txt", description=NAMES
        )
        comment = {
            "/Type": pikepdf.Name.Annot,
            "/Subtype": pikepdf.Name.Text,
            "/Rect": [10, 10, 30, 30],
            "/T": pikepdf.String(FORMS[1]),
            "/Contents": pikepdf.String(NAMES),
        }
        opened.pages[0].Annots = opened.make_indirect([pikepdf.Dictionary(comment)])
        opened.Root.PieceInfo = pikepdf.Dictionary(
            {"/X": pikepdf.Dictionary({"/Private": pikepdf.String(NAMES)})}
        )
        opened.pages[0].obj.PieceInfo = opened.Root.PieceInfo
        opened.Root.Custom = pikepdf.String(NAMES)

    return made.changed(data, hide)


def pdf_to_read() -> bytes:
    """Canaries on the page and in an outline: only a human can say what becomes of it."""
    data = made.pdf(["Lettre de la requérante", *PLAIN], author=FORMS[0])

    def outline(opened):
        with opened.open_outline() as made_outline:
            made_outline.root.append(pikepdf.OutlineItem(FORMS[0], 0))

    return made.changed(data, outline)


def docx_with_a_clean_page() -> bytes:
    """All canaries in comments, tracked changes and properties of a Word file."""
    author = f'w:author="{FORMS[0]}" w:date="2026-11-02T10:00:00Z"'
    deleted = f'<w:del w:id="1" {author}><w:r><w:delText>{NAMES}</w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="2" {author}><w:r><w:t>Le conseil décide.</w:t></w:r></w:ins>'
    comments = (
        f'<w:comments {made.W}><w:comment w:id="0" {author} w:initials="ZQ"><w:p><w:r><w:t>{NAMES}</w:t></w:r>'
        "</w:p></w:comment></w:comments>"
    )
    parts = made.docx(f"<w:p>{deleted}{inserted}</w:p>", comments=comments)
    parts["docProps/core.xml"] = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{NAMES}</dc:creator>'
        f"<cp:lastModifiedBy>{FORMS[2]}</cp:lastModifiedBy></cp:coreProperties>"
    )
    return made.zipped(parts)


def odt_with_a_clean_page() -> bytes:
    """All canaries in a note beside the text, a tracked deletion and the properties of an ODT file."""
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><office:change-info>"
        f"<dc:creator>{FORMS[0]}</dc:creator></office:change-info><text:p>{NAMES}</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        f"<text:p>Le conseil décide.<office:annotation><dc:creator>{FORMS[0]}</dc:creator>"
        f"<text:p>{NAMES}</text:p></office:annotation></text:p>"
    )
    said = f"<office:meta><dc:creator>{NAMES}</dc:creator></office:meta>"
    return made.zipped(made.odt(body, meta=said))


def xlsx_with_a_clean_sheet() -> bytes:
    """All canaries in the comments and properties of a table."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return made.zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="rels" ContentType="application/vnd.'
            'openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{sheet}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{sheet}.worksheet+xml"/>'
            f'<Override PartName="/xl/comments1.xml" ContentType="{sheet}.comments+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="rId1" Type="{made.RELS}/'
            f'officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="{made.RELS}/'
            'core-properties" Target="docProps/core.xml"/></Relationships>',
            "docProps/core.xml": f'<c xmlns="urn:x"><creator>{NAMES}</creator></c>',
            "xl/workbook.xml": f'<workbook {main} {made.R}><sheets><sheet name="Feuille" sheetId="1" r:id="rId1"/>'
            "</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}"><Relationship Id="rId1" '
            f'Type="{made.RELS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet {main}><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>'
            "Total</t></is></c></row></sheetData></worksheet>",
            "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{relations}"><Relationship Id="rId1" '
            f'Type="{made.RELS}/comments" Target="../comments1.xml"/></Relationships>',
            "xl/comments1.xml": f"<comments {main}><authors><author>{FORMS[0]}</author></authors><commentList>"
            f'<comment ref="A1" authorId="0"><text><t>{NAMES}</t></text></comment></commentList></comments>',
        }
    )


def table_to_read() -> bytes:
    """All canaries in a CSV file: it can only be held back."""
    return "\n".join(f"{number};{form}" for number, form in enumerate(FORMS)).encode()


def jpeg_of_all() -> bytes:
    return made.jpeg(NAMES)


def png_of_all() -> bytes:
    return made.png(FORMS[0].encode("latin-1", "ignore").decode("latin-1"))


# What cleaning makes public by itself: file name's extension, media type.
CLEANED: dict[str, tuple[Callable[[], bytes], str]] = {
    "pdf": (pdf_with_a_clean_page, made.PDF),
    "docx": (docx_with_a_clean_page, made.DOCX),
    "odt": (odt_with_a_clean_page, made.ODT),
    "xlsx": (xlsx_with_a_clean_sheet, made.XLSX),
    "jpg": (jpeg_of_all, "image/jpeg"),
    "png": (png_of_all, "image/png"),
}


def public_version() -> bytes:
    """Another version of ``pdf_to_read``, with a name only where cleaning finds it."""
    return made.pdf(["Lettre de Personne A"], author=FORMS[0])


def everything_in(data: bytes) -> bytes:
    """A file's bytes, and those of all that is packed in it, unpacked."""
    if data[:4] == b"PK\x03\x04" and not zipfile.is_zipfile(io.BytesIO(data)):
        return data
    return made.all_bytes(data)
