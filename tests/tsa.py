"""A time-stamping authority on localhost: ``openssl ts`` behind HTTP, with certificates of its own."""

import pytest
import subprocess
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from threading import Thread


CONFIGURATION = """\
[tsa]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
certs = {folder}/ca.pem
signer_digest = sha256
default_policy = 1.3.6.1.4.1.99999.1
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
"""
EXTENSIONS = "extendedKeyUsage = critical, timeStamping\nkeyUsage = critical, digitalSignature\n"
KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


class Tsa:
    """``url`` answers requests; ``ca`` is the file with the certificate of who issued the authority's.

    ``answer`` is given instead of a time-stamp when it is set: bytes, or an HTTP status.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self.ca = folder / "ca.pem"
        self.answer: bytes | int | None = None
        self.asked = 0
        self.lock = Lock()
        (folder / "tsa.cnf").write_text(CONFIGURATION.format(folder=folder))
        (folder / "extensions").write_text(EXTENSIONS)
        self._certify()
        self._serve()

    def openssl(self, *arguments: object) -> bytes:
        command = ["openssl", *map(str, arguments)]
        return subprocess.run(command, cwd=self.folder, check=True, capture_output=True).stdout

    def reply(self, query: bytes) -> bytes:
        """The authority's reply to a request."""
        with self.lock:
            (self.folder / "query").write_bytes(query)
            where = ("-config", "tsa.cnf", "-section", "tsa", "-queryfile", "query")
            self.openssl("ts", "-reply", *where, "-out", "reply")
            return (self.folder / "reply").read_bytes()

    def stamp(self, hash: str) -> bytes:
        """A reply for any SHA-256, in hexadecimal."""
        return self.reply(self.openssl("ts", "-query", "-digest", hash, "-sha256", "-cert"))

    def _certify(self) -> None:
        self.openssl(
            *("req", "-x509", *KEY, "-keyout", "ca.key", "-out", "ca.pem"),
            *("-subj", "/CN=CA of tests", "-days", 30),
        )
        self.openssl("req", *KEY, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=TSA")
        self.openssl(
            *("x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key"),
            *("-CAcreateserial", "-extfile", "extensions", "-out", "tsa.pem", "-days", 30),
        )

    def _serve(self) -> None:
        tsa = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):  # noqa: N802 (http.server)
                tsa.asked += 1
                query = self.rfile.read(int(self.headers["Content-Length"]))
                given = tsa.answer
                status, body = (given, b"") if isinstance(given, int) else (200, given)
                if body is None:
                    body = tsa.reply(query)
                self.send_response(status)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture(scope="session")
def _tsa(tmp_path_factory):
    made = Tsa(tmp_path_factory.mktemp("tsa"))
    yield made
    made.stop()


@pytest.fixture()
def tsa(_tsa):
    """The authority, as it answers when all is well."""
    _tsa.answer, _tsa.asked = None, 0
    return _tsa


@pytest.fixture(scope="session")
def other_tsa(tmp_path_factory):
    """Another authority, that nobody trusts."""
    made = Tsa(tmp_path_factory.mktemp("other-tsa"))
    yield made
    made.stop()
