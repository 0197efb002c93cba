"""A throw-away PostgreSQL: its own data folder, socket and port, started and ended by whoever needs it.

::

    with PostgreSQL(folder) as server:
        dsn = server.database("desk")

As root it runs as the account ``postgres``, since PostgreSQL refuses root. Unless it is ``safe`` it keeps
nothing across a loss of power (``fsync = off``), which no test can produce; a SIGKILL of its clients or of
itself is another matter, and loses nothing.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
from pathlib import Path


ACCOUNT = "deliberation"


def binaries() -> Path:
    """Where ``initdb`` and ``postgres`` are: distributions keep them out of the path."""
    answer = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=True)
    folder = Path(answer.stdout.strip())
    if not (folder / "initdb").exists():
        raise RuntimeError(
            f"No PostgreSQL server in {folder}. Install it: apt-get install postgresql"
        )
    return folder


class PostgreSQL:
    """``home`` is made, or taken as it is when a server was there before. Only 127.0.0.1 is listened to."""

    def __init__(self, home: Path, port: int | None = None, safe: bool = False):
        self.home = Path(home)
        self.data = self.home / "data"
        self.port = port or _free_port()
        self.bin = binaries()
        self.safe = safe

    def __enter__(self) -> "PostgreSQL":
        self.start()
        return self

    def __exit__(self, *failure) -> None:
        self.stop()

    def start(self) -> None:
        """Make the data folder when there is none, start, and wait until it answers."""
        self.home.mkdir(parents=True, exist_ok=True)
        self.give(self.home)
        if not (self.data / "PG_VERSION").exists():
            self.run("initdb", "-D", self.data, "-U", ACCOUNT, "-A", "trust", "-E", "UTF8", "-N")
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.home} "
            "-c max_connections=200"
        )
        if not self.safe:
            options += " -c fsync=off -c full_page_writes=off"
        log = self.home / "postgresql.log"
        self.run("pg_ctl", "-D", self.data, "-l", log, "-w", "-t", 60, "-o", options, "start")

    def stop(self) -> None:
        """End it, its clients' connections first."""
        self.run("pg_ctl", "-D", self.data, "-w", "-t", 60, "-m", "fast", "stop")

    def kill(self) -> None:
        """As when its machine loses its power; ``start`` recovers."""
        pid = int((self.data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGQUIT)  # the immediate end: nothing is written any more

    def database(self, name: str) -> str:
        """Make a database unless it is there; the DSN for RelStorage and psycopg2."""
        exists = self.sql(f"SELECT 1 FROM pg_database WHERE datname = '{name}'")
        if not exists:
            self.run("createdb", *self.address, name)
        return f"dbname='{name}' user='{ACCOUNT}' host='127.0.0.1' port='{self.port}'"

    def sql(self, statement: str, database: str = "postgres") -> str:
        """What ``psql`` prints for a statement, without headings."""
        return self.run("psql", *self.address, "-At", "-d", database, "-c", statement).strip()

    def give(self, folder: Path) -> None:
        """Let its account write into a folder."""
        if os.getuid() == 0:
            _let_others_pass(folder)
            shutil.chown(folder, "postgres", "postgres")

    def run(self, program: str, *arguments) -> str:
        """Run one of PostgreSQL's programs as an account that it accepts; what it printed."""
        command = [str(self.bin / program), *map(str, arguments)]
        become = {"user": "postgres", "group": "postgres"} if os.getuid() == 0 else {}
        said = self.home / f"{program}.out"  # no pipe: a started server would keep it open
        with open(said, "w+") as out:
            ended = subprocess.run(
                command, stdout=out, stderr=subprocess.STDOUT, cwd="/", check=False, **become
            )
            out.seek(0)
            text = out.read()
        if ended.returncode:
            raise RuntimeError(f"{program} failed: {text[-2000:]}")
        return text

    @property
    def address(self) -> list[str]:
        """The options with which its programs find it."""
        return ["-h", "127.0.0.1", "-p", str(self.port), "-U", ACCOUNT]


def _let_others_pass(folder: Path) -> None:
    """Folders made by root for a test are closed; ``postgres`` must get through to its own."""
    pwd.getpwnam("postgres")  # KeyError says best what is missing
    for parent in folder.absolute().parents:
        mode = parent.stat().st_mode
        if parent.owner() == "root" and not mode & 0o001:
            parent.chmod(mode | 0o011)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
