"""Files with a name in each of their hiding places, made here."""

import io
import pikepdf
import struct
import zipfile
from PIL import Image
from PIL import ImageDraw
from PIL import PngImagePlugin
from reportlab.pdfgen import canvas


PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def pdf(*pages, **said):
    """A PDF of pages, each a sequence of lines; ``said`` goes to its information dictionary."""
    out = io.BytesIO()
    paper = canvas.Canvas(out, invariant=1)
    for name, value in said.items():
        getattr(paper, f"set{name.title()}")(value)
    for lines in pages:
        for number, line in enumerate(lines):
            paper.drawString(72, 760 - 20 * number, line)
        paper.showPage()
    paper.save()
    return out.getvalue()


def scan(words="", size=(620, 877)):
    """A PDF that is only a picture of words."""
    out = io.BytesIO()
    picture(words, size).save(out, "PDF")
    return out.getvalue()


def changed(data, change):
    """A PDF after ``change(pdf)``, which gets it open."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        change(opened)
        opened.save(out)
    return out.getvalue()


def encrypted(data, password="secret"):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="owner", user=password))
    return out.getvalue()


def picture(words="", size=(320, 200)):
    made = Image.new("RGB", size, "white")
    ImageDraw.Draw(made).text((20, 20), words, fill="black")
    return made


def jpeg(name, orientation=1):
    """A photograph with a name in EXIF, XMP, IPTC and a comment, and the place where it was taken."""
    exif = Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x0112] = name, name, orientation
    exif.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0" + name.encode()
    exif.get_ifd(0x8825)[1], exif.get_ifd(0x8825)[2] = "N", (50.0, 28.0, 1.0)
    xmp = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Description>'
        f"<dc:creator>{name}</dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    out = io.BytesIO()
    picture().save(out, "JPEG", exif=exif, comment=name.encode(), xmp=xmp.encode())
    data = out.getvalue()
    said = name.encode("utf-8")
    record = b"\x1c\x02\x50" + struct.pack(">H", len(said)) + said
    record += b"\0" * (len(record) % 2)
    block = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record
    segment = b"\xff\xed" + struct.pack(">H", len(block) + 2) + block
    return data[:2] + segment + data[2:] + name.encode()  # and after the end


def png(name):
    said = PngImagePlugin.PngInfo()
    said.add_text("Author", name)
    said.add_text("Comment", name, zip=True)
    said.add_itxt("XML:com.adobe.xmp", f"<x><y>{name}</y></x>")
    out = io.BytesIO()
    picture().save(out, "PNG", pnginfo=said)
    return out.getvalue()


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(body="<w:p><w:r><w:t>Le conseil décide.</w:t></w:r></w:p>", **parts):
    """A Word document; ``parts`` are more parts of ``word/``, by their name without ``.xml``."""
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{RELS}/{name.rstrip("0123456789")}" '
        f'Target="{name}.xml"/>'
        for number, name in enumerate(parts, 1)
    )
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="application/xml"/>' for name in parts
    )
    rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
        'package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{DOCX}.main+xml"/>'
        f'{overrides}<Override PartName="/docProps/core.xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'{rels}<Relationship Id="rId1" Type="{RELS}/officeDocument" '
        f'Target="word/document.xml"/><Relationship Id="rId2" Type="{RELS}/core-properties" '
        'Target="docProps/core.xml"/></Relationships>',
        "docProps/core.xml": '<c xmlns="urn:x"/>',
        "word/document.xml": f"<w:document {W} {R}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f"{rels}{relations}</Relationships>",
        **{f"word/{name}.xml": content for name, content in parts.items()},
    }


def odt(body="<text:p>Le conseil décide.</text:p>", **parts):
    """A LibreOffice text; ``parts`` are more parts, by their name without ``.xml``."""
    spaces = " ".join(
        f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "text", "draw", "table", "meta")
    )
    spaces += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
        for name in ("content.xml", *(f"{part}.xml" for part in parts))
    )
    return {
        "mimetype": ODT,
        "content.xml": f"<office:document-content {spaces}><office:body><office:text>{body}"
        "</office:text></office:body></office:document-content>",
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{ODF}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODT}"/>'
        f"{entries}</manifest:manifest>",
        **{
            f"{name}.xml": f"<office:document-{name} {spaces}>{content}</office:document-{name}>"
            for name, content in parts.items()
        },
    }


def all_bytes(data):
    """A file's bytes and those of everything packed in it."""
    found = [data]
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found += [all_bytes(archive.read(name)) for name in archive.namelist()]
            found += [name.encode() for name in archive.namelist()]
    if data.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(data)) as opened:
            for thing in opened.objects:
                if isinstance(thing, pikepdf.Stream):
                    try:
                        found.append(thing.read_bytes())
                    except pikepdf.PdfError:
                        found.append(thing.read_raw_bytes())
                found += _strings(thing)
    return b"\n".join(found)


def _strings(thing, deep=0):
    if isinstance(thing, pikepdf.String):
        return [str(thing).encode(), bytes(thing)]
    parts = ()
    if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        parts = tuple(value for _key, value in thing.items())
    elif isinstance(thing, pikepdf.Array):
        parts = tuple(thing)
    found = []
    for part in parts:
        if not (isinstance(part, pikepdf.Object) and part.is_indirect and deep):
            found += _strings(part, deep + 1) if deep < 20 else []
    return found


def drawn(pdf, photograph):
    """A JPEG of ``jpeg`` as a picture of a PDF."""
    return pdf.make_stream(
        photograph,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=320,
        Height=200,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
