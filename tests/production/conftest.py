"""The portal behind real caches: nginx in front of Varnish, or nginx alone, with all its samples."""

import pytest
import requests
import sys
import transaction
from dataclasses import dataclass
from pathlib import Path
from Products.SiteAccess.VirtualHostMonster import manage_addVirtualHostMonster
from runpy import run_path
from servers import Nginx
from servers import Varnish
from time import monotonic
from time import sleep
from typing import Any


PAGES = Path(__file__).parent.parent / "portal" / "pages"
sys.path.insert(0, str(PAGES))
globals().update(
    {name: value for name, value in run_path(str(PAGES / "conftest.py")).items() if name == "site"}
)


@dataclass
class Door:
    """The portal as the public reaches it: ``door.get("/valbourg")``."""

    url: str
    cache: Any  # the server that caches

    @property
    def addresses(self):
        """Every address by which the public, or who got past the first door, could come."""
        return {self.url, self.cache.url}

    def ask(self, method, path, **arguments):
        headers = {"Accept": "text/html", **arguments.pop("headers", {})}
        return requests.request(
            method, self.url + path, headers=headers, timeout=30, allow_redirects=False, **arguments
        )

    def get(self, path, **arguments):
        return self.ask("GET", path, **arguments)

    def until(self, condition, seconds=5):
        """Poll until it holds, for at most the five seconds in which the public must see a change."""
        begun = monotonic()
        while not condition():
            assert monotonic() - begun < seconds, f"not within {seconds} s"
            sleep(0.05)
        return monotonic() - begun


@pytest.fixture()
def virtual_hosting(site):
    """As every Zope has it but that of the test layer."""
    manage_addVirtualHostMonster(site.plone.getPhysicalRoot(), "virtual_hosting")
    transaction.commit()


def _port(site) -> int:
    return int(site.base.rpartition("/")[0].rpartition(":")[2])


@pytest.fixture()
def behind_varnish(site, virtual_hosting, tmp_path, monkeypatch):
    """nginx, Varnish, the portal; which purges Varnish."""
    servers = []
    try:
        servers.append(Varnish(tmp_path / "varnish", _port(site), 80))
        varnish = servers[0]
        monkeypatch.setenv("DELIBERATION_PURGE", varnish.purge_url)
        where = {"cache_host": "127.0.0.1", "cache_port": varnish.port}
        servers.append(Nginx(tmp_path / "nginx", "portal.conf.in", **where))
        door = Door(servers[1].url, varnish)
        # Until the cache knows that the portal is well.
        door.until(lambda: door.get("/@@deliberations-about").status_code == 200, seconds=60)
        yield door
    finally:
        for server in servers:
            server.stop()


@pytest.fixture()
def behind_nginx(site, virtual_hosting, tmp_path):
    """nginx, the portal."""
    where = {"balancer_host": "127.0.0.1", "balancer_port": _port(site)}
    nginx = Nginx(tmp_path / "nginx", "portal-alone.conf.in", **where)
    yield Door(nginx.url, nginx)
    nginx.stop()


@pytest.fixture(params=["behind_varnish", "behind_nginx"])
def door(request):
    """Each of both."""
    return request.getfixturevalue(request.param)
