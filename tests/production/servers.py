"""Real varnishd and nginx with the configurations of ``production/``: started, asked, ended."""

import requests
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from time import monotonic
from time import sleep


sys.path.insert(0, str(Path(__file__).parents[2] / "scripts" / "production"))

from configuration import render  # noqa: E402


START = 60  # seconds that a start may take on a busy machine


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A program in the foreground; ``url`` is its public address."""

    def __init__(self, folder: Path):
        self.folder = folder
        folder.mkdir()
        folder.chmod(0o755)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def run(self, *command: str) -> None:
        self.log = open(self.folder / "console.log", "ab")
        self.process = subprocess.Popen(
            command, stdout=self.log, stderr=self.log, stdin=subprocess.DEVNULL
        )
        deadline = monotonic() + START
        while True:
            try:
                requests.get(self.url + "/", timeout=10, allow_redirects=False)
                return
            except requests.RequestException:
                said = (self.folder / "console.log").read_text(errors="replace")
                assert self.process.poll() is None and monotonic() < deadline, said
                sleep(0.05)  # the pace of the poll

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)
        self.log.close()


class Varnish(Server):
    def __init__(self, folder: Path, backend: int, public: int):
        super().__init__(folder)
        self.purge_url = f"http://127.0.0.1:{free_port()}"
        (folder / "portal.vcl").write_text(
            render(
                "varnish/portal.vcl.in",
                balancer_host="127.0.0.1",
                balancer_port=backend,
                probe_path="/@@health",
                public_scheme="http",
                public_host="decisions.example",
                public_port=public,
                site="portal",
            )
        )
        arguments = f"-F -j none -n {folder}/work -s malloc,32m -f {folder}/portal.vcl"
        self.run(
            shutil.which("varnishd") or "/usr/sbin/varnishd",
            *arguments.split(),
            *("-a", f"public=127.0.0.1:{self.port}"),
            *("-a", f"purge={self.purge_url.removeprefix('http://')}"),
        )


class Nginx(Server):
    """``template`` of ``production/nginx``, with ``values`` for what it asks for."""

    MAIN = """\
daemon off;
master_process off;
worker_processes 1;
error_log {folder}/error.log;
pid {folder}/nginx.pid;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""

    def __init__(self, folder: Path, template: str, **values: object):
        super().__init__(folder)
        given = {
            "listen": f"127.0.0.1:{self.port}",
            "public_host": "decisions.example",
            "public_scheme": "http",
            "public_port": self.port,
            "site": "portal",
            "cache_folder": folder / "cache",
            **values,
        }
        (folder / "site.conf").write_text(render(f"nginx/{template}", **given))
        (folder / "nginx.conf").write_text(self.MAIN.format(folder=folder))
        nginx = shutil.which("nginx") or "/usr/sbin/nginx"
        self.run(nginx, "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf")
