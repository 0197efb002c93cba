"""All that a region runs, on one machine: databases, clients, deliverer, balancer, cache, doors."""

import os
import secrets
import socket
import subprocess
import sys
from configuration import render
from pathlib import Path
from postgresql import PostgreSQL
from processes import Programs


PROJECT = Path(__file__).parents[2]
PORTS = (
    *("postgresql", "portal1", "portal2", "portal1-write", "portal2-write", "desk1", "desk2"),
    *("balancer", "publishing", "desk_balancer", "cache", "purge", "portal", "desk"),
)
NGINX = """\
daemon off;
master_process off;
error_log {folder}/nginx-error.log;
pid {folder}/nginx.pid;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/nginx-body;
    proxy_temp_path {folder}/nginx-proxy;
    fastcgi_temp_path {folder}/nginx-fastcgi;
    uwsgi_temp_path {folder}/nginx-uwsgi;
    scgi_temp_path {folder}/nginx-scgi;
    include {folder}/portal.conf;
    include {folder}/desk.conf;
}}
"""


class Cluster:
    """``home`` holds its databases, configurations and logs; ports are free ones, new each time."""

    def __init__(self, home: Path):
        self.home = home
        self.run = home / "run"
        for folder in (home, self.run, home / "logs"):
            folder.mkdir(parents=True, exist_ok=True)
        self.ports = dict(zip(PORTS, _free_ports(len(PORTS)), strict=True))
        self.portal = f"http://localhost:{self.ports['portal']}"  # the public address
        self.desk = f"http://localhost:{self.ports['desk']}"
        self.database = PostgreSQL(home / "postgresql", self.ports["postgresql"], safe=True)
        self.programs = Programs(home / "logs")
        self.environment = {
            "DELIBERATION_PORTAL_USER": "publisher",
            "DELIBERATION_PORTAL_PASSWORD": _secret(home / "portal-password"),
            "DELIBERATION_SIGNING_KEYS": f"demo:{_secret(home / 'signing-key')}",
            "DELIBERATION_READER": "on",
            "PORTAL_URL": self.at("publishing"),
            "PYTHONWARNINGS": "ignore",
        }

    def at(self, name: str) -> str:
        return f"http://127.0.0.1:{self.ports[name]}"

    def build(self) -> None:
        """``bin/portal1`` and the others, for these ports."""
        settings = {
            "var": self.home,
            "purge": self.at("purge"),
            **{
                f"{name}-port": self.ports[name]
                for name in (
                    "portal1",
                    "portal2",
                    "portal1-write",
                    "portal2-write",
                    "desk1",
                    "desk2",
                )
            },
            **{f"{name}-dsn": self._dsn(name) for name in ("portal", "desk")},
        }
        given = [f"settings:{name}={value}" for name, value in settings.items()]
        buildout = [PROJECT / ".venv/bin/buildout", "-q", "-c", PROJECT / "production.cfg", *given]
        self._call("buildout", buildout)

    def make_sites(self) -> None:
        script = PROJECT / "scripts/production/make_site.py"
        for kind in ("portal", "desk"):
            self._call(f"make-{kind}", [PROJECT / f"bin/{kind}1", "run", script, kind])

    def configure(self) -> None:
        """Write the configurations of ``production/`` for these ports."""
        public = {"public_scheme": "http", "public_host": "localhost"}
        port = self.ports
        balancer = {"balancer_host": "127.0.0.1", "balancer_port": port["balancer"]}
        (self.run / "haproxy.cfg").write_text(
            render(
                "haproxy/haproxy.cfg.in",
                runtime=self.run,
                portal_bind=f"127.0.0.1:{port['balancer']}",
                publishing_bind=f"127.0.0.1:{port['publishing']}",
                desk_bind=f"127.0.0.1:{port['desk_balancer']}",
                portal_servers=_servers(port, "portal1", "portal2"),
                portal_write_servers=_servers(port, "portal1-write", "portal2-write"),
                desk_servers=_servers(port, "desk1", "desk2"),
                public_port=port["portal"],
                site="portal",
                **public,
            )
        )
        (self.run / "portal.vcl").write_text(
            render(
                "varnish/portal.vcl.in",
                probe_path="/portal/@@deliberations-about",
                public_port=port["portal"],
                site="portal",
                **balancer,
                **public,
            )
        )
        (self.run / "portal.conf").write_text(
            render(
                "nginx/portal.conf.in",
                listen=f"127.0.0.1:{port['portal']}",
                cache_host="127.0.0.1",
                cache_port=port["cache"],
                **public,
            )
        )
        (self.run / "desk.conf").write_text(
            render(
                "nginx/desk.conf.in",
                listen=f"127.0.0.1:{port['desk']}",
                public_port=port["desk"],
                site="desk",
                balancer_host="127.0.0.1",
                balancer_port=port["desk_balancer"],
                **public,
            )
        )
        (self.run / "nginx.conf").write_text(NGINX.format(folder=self.run))

    def start_zope(self) -> None:
        for name in ("portal1", "portal2", "desk1", "desk2"):
            self.start_client(name)
        self.programs.start("deliverer", PROJECT / "bin/deliverer", "deliver", **self.environment)

    def start_client(self, name: str) -> None:
        self.programs.start(name, PROJECT / f"bin/{name}", "console", **self.environment)

    def stop_zope(self) -> None:
        for name in ("deliverer", "desk2", "desk1", "portal2", "portal1"):
            if name in self.programs.running:
                self.programs.stop(name)

    def start_front(self) -> None:
        run = self.run
        start = self.programs.start
        start("haproxy", _program("haproxy"), "-db", "-f", run / "haproxy.cfg")
        start(
            "varnish",
            *(_program("varnishd"), "-F", "-j", "none", "-n", run / "varnish", "-s", "malloc,64m"),
            *("-a", f"public=127.0.0.1:{self.ports['cache']}"),
            *("-a", f"purge=127.0.0.1:{self.ports['purge']}", "-f", run / "portal.vcl"),
        )
        start("nginx", _program("nginx"), "-e", run / "nginx-error.log", "-c", run / "nginx.conf")

    def stop(self) -> None:
        self.programs.stop_all()
        if (self.database.data / "postmaster.pid").exists():
            self.database.stop()

    def _dsn(self, name: str) -> str:
        return f"dbname='{name}' user='deliberation' host='127.0.0.1' port='{self.ports['postgresql']}'"

    def _call(self, name: str, command: list[object]) -> None:
        with open(self.home / "logs" / f"{name}.log", "ab") as log:
            ended = subprocess.run(
                [str(part) for part in command],
                cwd=PROJECT,
                stdout=log,
                stderr=log,
                check=False,
                env={**os.environ, **self.environment},
            )
        if ended.returncode:
            raise SystemExit(f"{name} failed:\n{self.programs.tail(name)}")


def _servers(ports: dict[str, int], *names: str) -> str:
    return "\n".join(f"    server {name} 127.0.0.1:{ports[name]}" for name in names)


def _program(name: str) -> str:
    """Where the distribution puts it: not in everybody's path."""
    folders = [*os.environ.get("PATH", "").split(":"), "/usr/sbin"]
    for folder in folders:
        if os.access(f"{folder}/{name}", os.X_OK):
            return f"{folder}/{name}"
    sys.exit(f"{name} is not installed. Run: scripts/install.sh production")


def _secret(path: Path) -> str:
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(24))
    return path.read_text()


def _free_ports(number: int) -> list[int]:
    probes = [socket.socket() for _each in range(number)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()
