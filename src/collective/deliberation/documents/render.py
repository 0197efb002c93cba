"""Fill a LibreOffice template with an extract: ODT in, ODT out."""

import io
import tempfile
from appy.pod.evaluator import Compromiser
from appy.pod.renderer import Renderer
from collective.deliberation.documents.extract import Extract
from pathlib import Path


def odt(template: bytes, extract: Extract) -> bytes:
    """The document, without calling LibreOffice.

    The template sees ``extract`` and nothing else: no object of the site can be printed by mistake.
    Its expressions can't name ``open``, ``import`` and the like.
    """
    with tempfile.TemporaryDirectory(prefix="deliberation-odt-") as folder:
        result = Path(folder, "document.odt")
        Renderer(
            io.BytesIO(template),
            {"extract": extract},
            str(result),
            ooPort=None,
            forceOoCall=False,
            raiseOnError=True,
            evaluator=Compromiser(),
            metadata=False,  # else the title would be a file name
            findImage=lambda url: None,
        ).run()
        return result.read_bytes()
