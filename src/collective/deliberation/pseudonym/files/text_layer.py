"""A PDF of page pictures with an invisible text layer: words where they are seen, and nothing else."""

import io
import pikepdf
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from collective.deliberation.pseudonym.files.passages import Box
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any
from typing import BinaryIO


_WIDTH = 0.5  # of a character, in its size; each word is stretched to its own width
# Every code of two bytes is the character of that number (ISO 32000-2, 9.10.3).
_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CMapName /Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
1 beginbfrange
<0000> <FFFF> <0000>
endbfrange
endcmap
end
end"""


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its place on the page."""

    text: str
    box: Box


def words(characters: Iterable[tuple[str, Box | None]], hidden: Sequence[Box]) -> Iterator[Word]:
    """The words of a page that no hidden box touches, not even with one letter.

    :param characters: with their boxes, in the order of reading
    """
    text, boxes = "", []
    for character, box in (*characters, (" ", None)):
        if character.isspace():
            if text and boxes and not any(b.touches(h) for b in boxes for h in hidden):
                yield Word(text, _around(boxes))
            text, boxes = "", []
        else:
            text += character
            boxes += [box] if box is not None else []


def assembled(pages: Iterable[Any]) -> bytes:
    """A PDF of page pictures: see ``redaction.PagePicture``. It says nothing of who made it, or when."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(_font(pdf))
    for page in pages:
        width, height = page.points
        picture = pdf.make_stream(
            page.jpeg,
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=page.width,
            Height=page.height,
            ColorSpace=pikepdf.Name.DeviceGray if page.grey else pikepdf.Name.DeviceRGB,
            BitsPerComponent=8,
            Filter=pikepdf.Name.DCTDecode,
        )
        drawing = b"q %.2f 0 0 %.2f 0 0 cm /Im0 Do Q\n" % (width, height)
        content = pdf.make_stream(drawing + _invisible(page.words, width, height))
        pdf.pages.append(
            pikepdf.Page(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Page,
                    MediaBox=pikepdf.Array([0, 0, round(width, 2), round(height, 2)]),
                    Resources=pikepdf.Dictionary(
                        XObject=pikepdf.Dictionary(Im0=picture), Font=pikepdf.Dictionary(F0=font)
                    ),
                    Contents=content,
                )
            )
        )
    out = io.BytesIO()
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


def join(parts: Iterable[BinaryIO], out: BinaryIO) -> None:
    """Several such PDFs as one, in their order."""
    with ExitStack() as opened:
        whole = opened.enter_context(pikepdf.new())
        for part in parts:
            whole.pages.extend(opened.enter_context(pikepdf.open(part)).pages)
        whole.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)


def _invisible(found: Sequence[Word], width: float, height: float) -> bytes:
    parts = [b"BT 3 Tr\n"]
    for word in found:
        code = "".join(c if ord(c) < 0x10000 else "\ufffd" for c in f"{word.text} ")
        size = max(1.0, (word.box.bottom - word.box.top) * height)
        room = max(0.5, (word.box.right - word.box.left) * width)
        stretch = 100 * room / (_WIDTH * size * (len(code) - 1))
        parts.append(
            b"/F0 %.2f Tf %.2f Tz 1 0 0 1 %.2f %.2f Tm <%s> Tj\n"
            % (
                size,
                stretch,
                word.box.left * width,
                height - word.box.bottom * height,
                code.encode("utf-16-be").hex().encode("ascii"),
            )
        )
    return b"".join((*parts, b"ET\n"))


def _font(pdf: pikepdf.Pdf) -> pikepdf.Dictionary:
    """A font without shapes, for text that is never drawn."""
    name = pikepdf.Name("/Invisible")
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor,
        FontName=name,
        Flags=5,
        FontBBox=pikepdf.Array([0, 0, 500, 1000]),
        ItalicAngle=0,
        Ascent=1000,
        Descent=0,
        CapHeight=1000,
        StemV=80,
    )
    descendant = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=pikepdf.Dictionary(
            Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
        ),
        CIDToGIDMap=pikepdf.Name.Identity,
        DW=500,
        FontDescriptor=pdf.make_indirect(descriptor),
    )
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type0,
        BaseFont=name,
        Encoding=pikepdf.Name("/Identity-H"),
        DescendantFonts=pikepdf.Array([pdf.make_indirect(descendant)]),
        ToUnicode=pdf.make_stream(_TO_UNICODE),
    )


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
