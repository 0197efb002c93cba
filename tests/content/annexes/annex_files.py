"""PDF files with a name in them."""

import io
from reportlab.pdfgen import canvas


NAME = "Zélie Quertinmont"


def pdf(*lines, author=""):
    out = io.BytesIO()
    paper = canvas.Canvas(out)
    paper.setAuthor(author)
    for number, line in enumerate(lines):
        paper.drawString(72, 760 - 20 * number, line)
    paper.save()
    return out.getvalue()


def pdf_of_pages(*pages):
    out = io.BytesIO()
    paper = canvas.Canvas(out)
    for lines in pages:
        for number, line in enumerate(lines):
            paper.drawString(72, 760 - 20 * number, line)
        paper.showPage()
    paper.save()
    return out.getvalue()
