"""An office document without its traces: what it says stays, who wrote and changed it goes.

Changes that were tracked are accepted. Parts that hold no text of the document (properties, comments,
small pictures of the first page, macros, embedded files) are left out with all that points at them.
"""

import io
import posixpath
import zipfile
from collective.deliberation.pseudonym.files import archive
from collective.deliberation.pseudonym.files import odf_cleaning
from collective.deliberation.pseudonym.files import ooxml_cleaning
from collective.deliberation.pseudonym.files import picture_cleaning
from collective.deliberation.pseudonym.files.passages import Budget
from collective.deliberation.pseudonym.files.passages import Unreadable


_PICTURES = frozenset({"png", "jpg", "jpeg", "jfif", "gif", "tif", "tiff", "webp"})
_EPOCH = (1980, 1, 1, 0, 0, 0)


def clean(data: bytes) -> bytes:
    """The public copy.

    :raises Unreadable: when it can't be read whole
    """
    budget = Budget()
    with archive.opened(data) as zipped:
        parts = {
            member.filename: archive.unpacked(zipped, member, budget)
            for member in archive.members(zipped, budget)
        }
    if "[Content_Types].xml" in parts:
        parts = ooxml_cleaning.clean(parts)
    elif "content.xml" in parts:
        parts = odf_cleaning.clean(parts)
    else:
        raise Unreadable("corrupt")
    return _packed({name: _picture(name, content) for name, content in parts.items()})


def _picture(name: str, content: bytes) -> bytes:
    if posixpath.splitext(name)[1][1:].lower() not in _PICTURES:
        return content
    return picture_cleaning.clean(content)


def _packed(parts: dict[str, bytes]) -> bytes:
    """ODF wants its media type first and unpacked (ISO/IEC 26300-2, 3.3)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name in sorted(
            parts, key=lambda name: (name != "mimetype", name != "[Content_Types].xml")
        ):
            member = zipfile.ZipInfo(name, _EPOCH)
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            zipped.writestr(member, parts[name], packing)
    return out.getvalue()
