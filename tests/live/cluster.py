"""A desk, its portal and deliverers as processes that share databases: on ZEO and FileStorage, or on PostgreSQL.

Sites are made once, on FileStorage, and copied into what they run on. All are forked from one ``zygote``.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from time import sleep
from urllib.error import HTTPError
from urllib.error import URLError
from urllib.request import urlopen
from zope_process import free_port


START = 240  # seconds that a start may take on a busy machine
HERE = Path(__file__).parent
FILE_STORAGE = """\
  <filestorage>
    path {home}/Data.fs
    blob-dir {home}/blobs
  </filestorage>"""
ZEO_CONF = """\
<zeo>
  address 127.0.0.1:{port}
</zeo>
<filestorage 1>
  path {home}/Data.fs
  blob-dir {home}/blobs
</filestorage>
"""
ZEO_STORAGE = """\
  <zeoclient>
    server 127.0.0.1:{port}
    storage 1
    blob-dir {home}/blobs
    shared-blob-dir true
  </zeoclient>"""
REL_STORAGE = """\
  <relstorage>
    keep-history false
    blob-dir {blobs}
    shared-blob-dir false
    <postgresql>
      driver psycopg2
      dsn {dsn}
    </postgresql>
  </relstorage>"""
CONVERT = """\
<filestorage source>
  path {source}/Data.fs
  blob-dir {source}/blobs
</filestorage>
%import relstorage
<relstorage destination>
  keep-history false
  blob-dir {home}/cache
  shared-blob-dir false
  <postgresql>
    driver psycopg2
    dsn {dsn}
  </postgresql>
</relstorage>
"""


def until(condition: Callable[[], bool], what: Callable[[], str], seconds: float = START) -> None:
    deadline = monotonic() + seconds
    while not condition():
        assert monotonic() < deadline, what()
        sleep(0.05)  # the pace of the poll


class Zygote:
    """``fork`` gives the id of a new process."""

    def __init__(self, home: Path):
        home.mkdir(parents=True, exist_ok=True)
        self.home = home
        self.log = open(home / "zygote.log", "ab")

    def __enter__(self) -> "Zygote":
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", HERE / "zygote.py", self.home / "instance"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
        )
        assert self.process.stdout.readline() == "ready\n", (self.home / "zygote.log").read_text()
        return self

    def __exit__(self, *error) -> None:
        self.process.stdin.close()
        self.process.wait(30)
        self.log.close()

    def fork(self, **task) -> int:
        self.process.stdin.write(json.dumps(task) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


class Server:
    """One process: started without waiting, killed, waited for."""

    role = "serve"

    def __init__(self, zygote: Zygote, home: Path, name: str, storage: str, site: str = ""):
        home.mkdir(parents=True, exist_ok=True)
        self.zygote, self.name, self.storage = zygote, name, storage
        self.log = home / f"{name}.log"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/{site}"
        self.environment: dict[str, str] = {}
        self.pid = 0
        self.seen = 0  # bytes of the log before the last start

    def start(self, **more) -> None:
        self.seen = self.log.stat().st_size if self.log.exists() else 0
        self.pid = self.zygote.fork(
            role=self.role,
            log=str(self.log),
            storage=self.storage,
            port=self.port,
            environment=self.environment,
            **more,
        )

    def kill(self) -> None:
        """As when its machine loses its power."""
        if self.lives():
            os.kill(self.pid, signal.SIGKILL)
            until(lambda: not self.lives(), lambda: f"{self.name} can't be killed", 30)

    def lives(self) -> bool:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return bool(self.pid)

    def is_up(self) -> bool:
        try:
            with urlopen(self.url, timeout=60):
                return True
        except HTTPError:
            return True  # it answers
        except (URLError, OSError):
            return False

    def until_up(self) -> None:
        def up():
            assert self.lives(), f"{self.name} ended by itself:\n{self.output()}"
            return self.is_up()

        until(up, lambda: f"{self.name} does not start:\n{self.output()}")

    def output(self) -> str:
        return self.log.read_text(errors="replace")[-4000:] if self.log.exists() else ""


class DelivererServer(Server):
    role = "deliver"

    def is_up(self) -> bool:
        return self.log.exists() and b"at a time." in self.log.read_bytes()[self.seen :]


class Script(Server):
    """Code that runs once; ``app`` is the application."""

    role = "script"

    def run(self, code: str, seconds: float = START) -> int:
        """Its exit status."""
        self.start(code=code)
        until(lambda: not self.lives(), self.output, seconds)
        return int(self.log.with_suffix(f".{self.pid}").read_text())


class Zeo:
    """A ZEO server over a copy of a FileStorage."""

    def __init__(self, home: Path, source: Path):
        self.home = home
        self.port = free_port()
        home.mkdir(parents=True)
        subprocess.run(["cp", "-r", source / "Data.fs", source / "blobs", home], check=True)
        (home / "zeo.conf").write_text(ZEO_CONF.format(port=self.port, home=home))
        self.log = open(home / "zeo.log", "ab")

    def __enter__(self) -> "Zeo":
        command = [sys.executable, "-m", "ZEO.runzeo", "-C", str(self.home / "zeo.conf")]
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log, cwd=self.home)
        return self

    def __exit__(self, *error) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)
        self.log.close()

    @property
    def storage(self) -> str:
        return ZEO_STORAGE.format(port=self.port, home=self.home)


def copy_to_postgresql(source: Path, dsn: str, home: Path) -> None:
    home.mkdir(parents=True)
    (home / "convert.conf").write_text(CONVERT.format(source=source, dsn=dsn, home=home))
    with open(home / "convert.log", "wb") as log:
        subprocess.run(
            [sys.executable, "-m", "relstorage.zodbconvert", str(home / "convert.conf")],
            stdout=log,
            stderr=log,
            check=True,
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
        )
