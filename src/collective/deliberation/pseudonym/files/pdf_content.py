"""Drawing instructions of a PDF: texts that stand in for what is drawn, and remarks between them.

A reader for the blind, a search and a copy get the replacement text (ISO 32000-2, 14.9.4) instead of the
letters that are drawn; a remark is seen by nobody, and both are in the file.
"""

import pikepdf
import re
from collections.abc import Iterator


_ASIDE = re.compile(rb"/ActualText|/Alt|/E\b|%")
_REMARK = re.compile(rb"%([^\r\n]{3,})")
_REPLACING = ("/ActualText", "/Alt", "/E")
_MARKED = frozenset({"BDC", "DP"})


def drawings(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Pages and drawings within them: what has instructions of its own."""
    for page in pdf.pages:
        if "/Contents" in page:
            yield page.obj
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and str(thing.get("/Subtype", "")) == "/Form":
            yield thing


def streams(drawing: pikepdf.Object) -> list[pikepdf.Stream]:
    """The streams that hold the instructions of a drawing."""
    if isinstance(drawing, pikepdf.Stream):
        return [drawing]
    contents = drawing.Contents
    parts = contents if isinstance(contents, pikepdf.Array) else [contents]
    return [part for part in parts if isinstance(part, pikepdf.Stream)]


def has_asides(data: bytes) -> bool:
    """Whether instructions may hold a replacement text or a remark; cheap."""
    return _ASIDE.search(data) is not None


def replacements(drawing: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The properties that instructions give to what they draw, written among them."""
    for instruction in pikepdf.parse_content_stream(drawing):
        if str(instruction.operator) in _MARKED:
            yield from (each for each in instruction.operands if _has_keys(each))


def remarks(data: bytes) -> Iterator[bytes]:
    """What stands after a percent sign; of a text with one in it, what follows that, too."""
    yield from (match[1] for match in _REMARK.finditer(data))


def without_asides(pdf: pikepdf.Pdf) -> None:
    """Draw the same, without replacement texts and remarks."""
    for drawing in list(drawings(pdf)):
        kept = []
        for instruction in pikepdf.parse_content_stream(drawing):
            operands = instruction.operands
            if str(getattr(instruction, "operator", "")) in _MARKED:
                for each in operands:
                    for key in _REPLACING if _has_keys(each) else ():
                        if key in each:
                            del each[key]
            kept.append(instruction)
        data = pikepdf.unparse_content_stream(kept)
        if isinstance(drawing, pikepdf.Stream):
            drawing.write(data)
        else:
            drawing.Contents = pdf.make_stream(data)


def _has_keys(operand) -> bool:
    return isinstance(operand, pikepdf.Dictionary)
