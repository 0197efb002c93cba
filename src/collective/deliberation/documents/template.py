"""The LibreOffice template that comes with the add-on, zipped from its readable parts."""

import io
import zipfile
from importlib.resources import files


MIMETYPE = "application/vnd.oasis.opendocument.text"
_PARTS = ("META-INF/manifest.xml", "content.xml", "styles.xml", "meta.xml")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # equal bytes at every call: documentgenerator compares checksums


def extract_odt() -> bytes:
    """The extract of the register of deliberations, as an ODT file."""
    folder = files("collective.deliberation.documents") / "templates" / "extract"
    odt = io.BytesIO()
    with zipfile.ZipFile(odt, "w") as archive:
        # First and not compressed: ODF 1.2, part 3, section 3.3.
        archive.writestr(zipfile.ZipInfo("mimetype", _EPOCH), MIMETYPE)
        for part in _PARTS:
            info = zipfile.ZipInfo(part, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, (folder / part).read_bytes())
    return odt.getvalue()
