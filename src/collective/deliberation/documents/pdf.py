"""Make a PDF of an ODT file with LibreOffice, started for each document and ended with it.

No server, port or path to set up: whatever ``soffice`` is installed serves. A document takes
1 to 3 seconds, a batch is for documentgenerator's own LibreOffice server.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path


TIMEOUT = 60  # seconds
# Tagged, for screen readers, and archivable (PDF/A-2b).
_FILTER = (
    'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"SelectPdfVersion":{"type":"long","value":"2"}}'
)


class PdfUnavailable(Exception):
    """No PDF can be made here; ``reason`` is "missing" (no LibreOffice) or "failed"."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def soffice() -> str | None:
    """The LibreOffice program: of the environment (SOFFICE), or on the path."""
    return os.environ.get("SOFFICE") or shutil.which("soffice") or shutil.which("libreoffice")


def from_odt(odt: bytes) -> bytes:
    """The PDF of an ODT file.

    :raises PdfUnavailable: when LibreOffice is missing, fails or takes more than ``TIMEOUT``
    """
    program = soffice()
    if not program or not shutil.which(program):
        raise PdfUnavailable("missing")
    with tempfile.TemporaryDirectory(prefix="deliberation-pdf-") as folder:
        source = Path(folder, "document.odt")
        source.write_bytes(odt)
        command = [
            program,
            # A profile of its own: two conversions at once don't wait for each other's lock.
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--norestore",
            "--convert-to",
            _FILTER,
            "--outdir",
            folder,
            str(source),
        ]
        environment = {**os.environ, "HOME": folder}
        environment.pop("PYTHONPATH", None)  # LibreOffice has a Python of its own
        process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            process.wait(timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            raise PdfUnavailable("failed") from None
        finally:
            _end(process)
        target = Path(folder, "document.pdf")
        if not target.exists():
            raise PdfUnavailable("failed")
        return target.read_bytes()


def _end(process):
    """End the program and what it started: soffice is a shell script over soffice.bin."""
    try:
        os.killpg(process.pid, 9)
    except ProcessLookupError:
        return
    process.wait()
