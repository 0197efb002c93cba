"""A proxy in front of a portal that does what networks and proxies do: cuts, errors, and nonsense.

Each fault is drawn from a seeded generator, after those that are ``planned`` for the first requests with a body; ``honest``
ends them. ``counts`` says how often each happened, and ``sent`` how many bytes of bodies came.
"""

import random
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from threading import Lock
from threading import Thread


CHUNK = 1 << 16
FAULTS = (
    "cut_request",  # the portal gets half of the body
    "cut_answer",  # the portal did it, and the deliverer gets half of the answer
    "no_answer",  # the portal did it, and the deliverer hears nothing
    "error_500",
    "error_503",
    "garbage",  # bytes that are no HTTP
    "welcome",  # 200, with a page of something else
)


class FaultyProxy:
    def __init__(self, target_port: int, seed: int, share: float = 0.4):
        self.target_port = target_port
        self.random = random.Random(seed)
        self.share = share  # of the requests that meet a fault
        self.planned: list[str] = []
        self.sent = 0
        self.honest = False
        self.counts: Counter[str] = Counter()
        self._lock = Lock()
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            def handle_any(self):
                self.close_connection = True
                try:
                    proxy.handle(self)
                except OSError:
                    pass  # one side went away: that is what this is about

            do_GET = do_HEAD = do_PUT = do_DELETE = handle_any

            def log_message(self, *arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_port

    def draw(self, has_body: bool) -> str:
        with self._lock:
            if self.planned and has_body:
                fault = self.planned.pop(0)
                self.counts[fault] += 1
                return fault
            faulty = not self.honest and self.random.random() < self.share
            fault = self.random.choice(FAULTS) if faulty else "none"
            self.counts[fault] += 1
            return fault

    def handle(self, request: BaseHTTPRequestHandler) -> None:
        fault = self.draw(bool(int(request.headers.get("Content-Length") or 0)))
        out = request.connection
        if fault == "garbage":
            out.sendall(b"\x16\x03\x01 \xff\xfe nonsense\r\n\r\n")
        elif fault == "welcome":
            out.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n<p>Hello.</p>")
        elif fault.startswith("error"):
            status = fault.removeprefix("error_").encode()
            out.sendall(b"HTTP/1.1 " + status + b" Oops\r\nContent-Length: 4\r\n\r\nOops")
        else:
            self._forward(request, out, fault)
        self._close(out)

    def _forward(self, request: BaseHTTPRequestHandler, out: socket.socket, fault: str) -> None:
        length = int(request.headers.get("Content-Length") or 0)
        wanted = length // 2 if fault == "cut_request" else length
        with socket.create_connection(("127.0.0.1", self.target_port), timeout=60) as portal:
            head = [f"{request.command} {request.path} HTTP/1.0"]
            head += [f"{k}: {v}" for k, v in request.headers.items() if k.lower() != "connection"]
            portal.sendall("\r\n".join([*head, "Connection: close", "", ""]).encode("latin-1"))
            while wanted and (chunk := request.rfile.read(min(CHUNK, wanted))):
                portal.sendall(chunk)
                with self._lock:
                    self.sent += len(chunk)
                wanted -= len(chunk)
            if fault == "cut_request":
                return
            answer = b"".join(iter(lambda: portal.recv(CHUNK), b""))
        if fault == "none":
            out.sendall(answer)
        elif fault == "cut_answer":
            out.sendall(answer[: len(answer) // 2])

    def _close(self, connection: socket.socket) -> None:
        try:
            connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


@contextmanager
def faulty_proxy(target_port: int, seed: int, share: float = 0.4) -> Iterator[FaultyProxy]:
    proxy = FaultyProxy(target_port, seed, share)
    Thread(target=proxy.server.serve_forever, daemon=True).start()
    try:
        yield proxy
    finally:
        proxy.server.shutdown()
        proxy.server.server_close()
