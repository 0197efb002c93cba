"""A real Zope process with a database of its own: made, started, stopped, killed.

The database is a FileStorage, or with a ``dsn`` of PostgreSQL a RelStorage, which several processes can
share: ``with PostgreSQL(folder) as server: Zope(home, "portal", dsn=server.database("portal"))``.
"""

import os
import requests
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path
from time import monotonic
from time import sleep


START = 120  # seconds that a start may take on a busy machine

SITE_ZCML = Path(__file__).with_name("site.zcml")
ZOPE_CONF = """\
%define HOME {home}
instancehome $HOME
clienthome $HOME/var
default-zpublisher-encoding utf-8
{imports}
<zodb_db main>
  mount-point /
{storage}
</zodb_db>
"""

FILE_STORAGE = """\
  <filestorage>
    path $HOME/var/Data.fs
    blob-dir $HOME/var/blobs
  </filestorage>"""

# Blobs live in the database; each process keeps copies in a folder of its own.
REL_STORAGE = """\
  <relstorage>
    keep-history false
    blob-dir $HOME/var/blobs
    shared-blob-dir false
    <postgresql>
      driver psycopg2
      dsn {dsn}
    </postgresql>
  </relstorage>"""

WSGI_INI = """\
[server:main]
use = egg:waitress#main
listen = 127.0.0.1:{port}
threads = 4
max_request_body_size = 1073741824
[app:zope]
use = egg:Zope#main
zope_conf = {home}/etc/zope.conf
[filter:translogger]
use = egg:Paste#translogger
setup_console_handler = False
[pipeline:main]
pipeline = translogger egg:Zope#httpexceptions zope
[loggers]
keys = root
[handlers]
keys = file
[formatters]
keys = plain
[logger_root]
level = INFO
handlers = file
[handler_file]
class = FileHandler
args = (r'{home}/var/event.log', 'a')
formatter = plain
[formatter_plain]
format = %(asctime)s %(levelname)s %(name)s %(message)s
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Zope:
    """``url`` is the site's address; ``var`` holds its database, blobs and logs."""

    def __init__(self, home: Path, site_id: str, dsn: str | None = None):
        self.home = home
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/{site_id}"
        self.var = home / "var"
        self.process: subprocess.Popen | None = None
        self.environment: dict[str, str] = {}
        for folder in ("etc", "var", "var/blobs"):
            (home / folder).mkdir(parents=True)
        storage = REL_STORAGE.format(dsn=dsn) if dsn else FILE_STORAGE
        imports = "%import relstorage" if dsn else ""
        configuration = ZOPE_CONF.format(home=home, imports=imports, storage=storage)
        (home / "etc/zope.conf").write_text(configuration)
        (home / "etc/wsgi.ini").write_text(WSGI_INI.format(home=home, port=self.port))
        shutil.copy(SITE_ZCML, home / "etc/site.zcml")
        (home / "inituser").write_text("admin:deliberation")

    def script(self, code: str) -> subprocess.Popen:
        """Run code while the server is down; ``app`` is the application. Nothing is committed for it."""
        start = (
            "from Zope2.Startup.run import configure_wsgi\n"
            f"configure_wsgi({str(self.home / 'etc/zope.conf')!r})\n"
            "import Zope2; app = Zope2.app()\n"
            "from Testing.makerequest import makerequest\n"  # it changes how a database is opened
            "app = makerequest(app)\n"
        )
        return self._run([sys.executable, "-c", start + code], {})

    def start(self, **environment: str) -> None:
        """Start the server and wait until it answers."""
        self.environment = environment
        program = [sys.executable, "-m", "Zope2.Startup.serve", str(self.home / "etc/wsgi.ini")]
        self.process = self._run(program, environment)
        deadline = monotonic() + START
        while True:
            if self.process.poll() is not None or monotonic() > deadline:
                raise AssertionError(f"Zope did not start:\n{self.output()}")
            try:
                requests.get(self.url, timeout=30, allow_redirects=False)
                return
            except requests.ConnectionError:
                sleep(0.1)  # the pace of the poll, not a wait for luck

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """As when the machine loses its power."""
        self._end(signal.SIGKILL)

    def output(self) -> str:
        return (self.var / "console.log").read_text(errors="replace")[-5000:]

    def _end(self, how: signal.Signals) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(60)
        self.process = None

    def _run(self, program: list[str], environment: dict[str, str]) -> subprocess.Popen:
        console = open(self.var / "console.log", "ab")
        return subprocess.Popen(
            program,
            cwd=self.home,
            env={
                **os.environ,
                "DELIBERATION_DELIVERER": "off",
                "zope_i18n_compile_mo_files": "true",
                **environment,
            },
            stdout=console,
            stderr=console,
            stdin=subprocess.DEVNULL,
        )
