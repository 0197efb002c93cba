"""Presented texts as one sober PDF: a title, contents to jump to, page numbers, what is only a draft. Pure."""

import io
import re
from collective.deliberation.portal.pages import flowables
from collective.deliberation.portal.pages.reading import Reading
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate
from reportlab.platypus import Frame
from reportlab.platypus import PageTemplate
from reportlab.platypus import Paragraph
from reportlab.platypus.doctemplate import LayoutError


MARGIN = 22 * mm
_WIDTH = A4[0] - 2 * MARGIN
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Paper:
    """One document: a meeting with its items, or one item."""

    institution: str
    title: str
    url: str
    lines: tuple[str, ...]  # when, where, how final
    mention: str  # at the foot of each page; empty when all is decided
    attendance: str  # safe HTML
    items: tuple[Reading, ...]


@lru_cache(maxsize=8)
def pdf(paper: Paper) -> bytes:
    """The PDF of a document. What can't be laid out as it is, like a table too large for a page, is set as plain lines."""
    try:
        return _built(paper, tables=True)
    except (LayoutError, ValueError, IndexError):
        return _built(paper, tables=False)


def _built(paper: Paper, tables: bool) -> bytes:
    file = io.BytesIO()
    document = _Document(file, paper)
    document.build(list(_story(paper, tables)), canvasmaker=_numbered(paper))
    return file.getvalue()


class _Document(BaseDocTemplate):
    def __init__(self, file, paper: Paper):
        super().__init__(
            file,
            pagesize=A4,
            title=paper.title,
            author=paper.institution,
            subject=paper.mention or paper.title,
            creator="collective.deliberation",
            lang="fr-BE",
            displayDocTitle=1,
            invariant=1,  # the same text is the same file
        )
        frame = Frame(MARGIN, 25 * mm, _WIDTH, A4[1] - 48 * mm, 0, 0, 0, 0)
        self.addPageTemplates(PageTemplate(frames=[frame]))

    def afterFlowable(self, flowable):  # noqa: N802 (reportlab)
        """Each item is a bookmark."""
        name = getattr(flowable, "bookmark", "")
        if name:
            self.canv.bookmarkPage(name)
            self.canv.addOutlineEntry(flowable.bookmark_title, name, 0, True)


def _story(paper: Paper, tables: bool):
    styles = flowables.styles()
    yield Paragraph(escape(paper.institution), styles["small"])
    yield Paragraph(escape(paper.title), styles["title"])
    for line in paper.lines:
        yield Paragraph(escape(line), styles["lead"])
    if paper.attendance:
        yield Paragraph("Présences", styles["h3"])
        yield from flowables.blocks(paper.attendance, _WIDTH, tables)
    for index, item in enumerate(paper.items):
        title = f"{item.number}. {item.title}" if item.number else item.title
        heading = Paragraph(escape(title), styles["h2"])
        heading.bookmark = f"item{index}"
        heading.bookmark_title = _SPACES.sub(" ", title)[:200]
        yield heading
        yield from _item(item, styles, tables)


def _item(item: Reading, styles, tables: bool):
    yield Paragraph(escape(item.published), styles["notice" if item.decided else "draft"])
    facts = (
        ("Point complémentaire, ajouté après la convocation ou en urgence", item.late),
        (f"Catégorie : {item.category}", item.category),
        (f"En charge : {item.representatives}", item.representatives),
    )
    for text, known in facts:
        if known:
            yield Paragraph(escape(text), styles["small"])
    if item.text:
        yield Paragraph("Décision" if item.decided else "Projet de décision", styles["h3"])
        yield from flowables.blocks(item.text, _WIDTH, tables)
    if item.votes:
        yield Paragraph("Votes", styles["h3"])
        yield Paragraph(escape(item.votes).replace("\n", "<br/>"), styles["p"])
    if item.motivation:
        yield Paragraph("Motivation", styles["h3"])
        yield from flowables.blocks(item.motivation, _WIDTH, tables)
    if item.files:
        yield Paragraph("Annexes", styles["h3"])
        for file in item.files:
            address = escape(f"{item.url}/annexes/{file.name}", quote=True)
            label = escape(f"{file.title} ({file.kind}, {file.size})")
            yield Paragraph(f'<a href="{address}" color="#0b4f8f">{label}</a>', styles["p"])
    address = escape(item.url, quote=True)
    yield Paragraph(f'<a href="{address}" color="#0b4f8f">{address}</a>', styles["small"])


def _numbered(paper: Paper):
    """A canvas that knows at the end how many pages there are."""

    class Numbered(Canvas):
        def __init__(self, *arguments, **options):
            super().__init__(*arguments, **options)
            self._pages: list[dict] = []

        def showPage(self):  # noqa: N802 (reportlab)
            self._pages.append(dict(self.__dict__))
            self._startPage()

        def save(self):
            for number, page in enumerate(self._pages, 1):
                self.__dict__.update(page)
                self._foot(number, len(self._pages))
                super().showPage()
            super().save()

        def _foot(self, number: int, count: int) -> None:
            self.setFont(flowables.REGULAR, 7.5)
            self.setFillGray(0.3)
            if number > 1:
                head = f"{paper.institution} – {paper.title}"
                self.drawString(MARGIN, A4[1] - 14 * mm, head[:110])
            self.drawString(MARGIN, 14 * mm, paper.mention or paper.url)
            self.drawRightString(A4[0] - MARGIN, 14 * mm, f"{number} / {count}")

    return Numbered
