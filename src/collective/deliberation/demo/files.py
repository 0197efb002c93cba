"""Small real files for sample annexes, made here so that none is copied from anywhere."""

import io
import struct
import zipfile
import zlib
from collective.deliberation.documents.template import MIMETYPE as ODT
from xml.sax.saxutils import escape


MIMETYPES = {"pdf": "application/pdf", "png": "image/png", "odt": ODT}
_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def make(kind: str, lines: tuple[str, ...]) -> bytes:
    return {"pdf": pdf, "png": png, "odt": odt}[kind](lines)


def pdf(lines: tuple[str, ...]) -> bytes:
    """A page of A4 in Helvetica; characters outside Windows-1252 become question marks."""
    rows = b"".join(
        b"(%s) '\n"
        % line.replace("\\", "\\\\")
        .replace("(", "\\(")
        .replace(")", "\\)")
        .encode("cp1252", "replace")
        for line in lines
    )
    text = b"BT /F1 12 Tf 72 790 Td 18 TL\n" + rows + b"ET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R /Lang (fr-BE) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
        b" /Resources << /Font << /F1 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
    )
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return out + head + table + trailer % (len(objects) + 1, len(out))


def png(lines: tuple[str, ...], width: int = 480, height: int = 300) -> bytes:
    """A plan in two colours: a street that crosses a block of plots. It has no words."""
    ground, road, edge = b"\xe8\xf0\xe0", b"\xb0\xb0\xb0", b"\x50\x60\x50"
    rows = []
    for y in range(height):
        row = bytearray()
        for x in range(width):
            if abs(y - (90 + x // 4)) < 16:
                row += road
            else:
                row += edge if x % 80 == 0 or y % 75 == 0 else ground
        rows.append(b"\0" + bytes(row))

    def chunk(name, data):
        check = zlib.crc32(name + data)
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"".join(rows), 9))
        + chunk(b"IEND", b"")
    )


def odt(lines: tuple[str, ...]) -> bytes:
    """A LibreOffice text, one paragraph a line."""
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in lines)
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        f'xmlns:office="{_ODF}:office:1.0" xmlns:text="{_ODF}:text:1.0" office:version="1.2">'
        f"<office:body><office:text>{paragraphs}</office:text></office:body>"
        "</office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        f'xmlns:manifest="{_ODF}:manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODT}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODT, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return file.getvalue()
