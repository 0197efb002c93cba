"""Desk and portal as two processes, with canaries planted at the desk and published: once for all tests here."""

import pytest
import requests
from canary import planting
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Grown:
    """What files hold beyond what stood in them before a canary was planted."""

    var: Path
    sizes: dict[Path, int]

    @classmethod
    def of(cls, var: Path) -> "Grown":
        return cls(var, {file: file.stat().st_size for file in var.rglob("*") if file.is_file()})

    def files(self) -> dict[Path, bytes]:
        found = {}
        for file in self.var.rglob("*"):
            if file.is_file():
                with file.open("rb") as stream:
                    stream.seek(self.sizes.get(file, 0))
                    found[file.relative_to(self.var)] = stream.read()
        return found


@dataclass
class Sites:
    """``live`` are the two processes, ``planted`` says where it is, the rest what grew at each."""

    live: object
    hands: planting.Hands
    planted: planting.Planted
    desk: Grown
    portal: Grown
    drafts: tuple[bytes, ...]  # the pages as they were before the meeting
    # The logs before anybody asked for a canary by its name, in an address.
    desk_logs: dict[Path, bytes]
    portal_logs: dict[Path, bytes]


@pytest.fixture(scope="session")
def sites(live_sites):
    if live_sites.desk.process is None or live_sites.desk.environment != live_sites.deliverer_on():
        live_sites.desk.stop()  # other tests ran before
        live_sites.desk.start(**live_sites.deliverer_on())
    hands = planting.Hands(live_sites)
    desk, portal = Grown.of(live_sites.desk.var), Grown.of(live_sites.portal.var)
    planted = planting.plant(hands)
    item, withdrawn = (planted.items[path] for path in planted.public)
    live_sites.until(lambda: _stage(live_sites, item) == _stage(live_sites, withdrawn) == "draft")
    drafts = tuple(
        requests.get(entry["url"], timeout=60).content
        for entry in live_sites.published("canaria").values()
    )
    planting.decide(hands, planted)
    live_sites.until(
        lambda: _stage(live_sites, item) == _stage(live_sites, withdrawn) == "decision"
    )
    planted.addresses = {
        uid: entry["url"] for uid, entry in live_sites.published("canaria").items()
    }
    reason = planting.Spellings().line(planting.REASON)
    hands.do(planted.withdrawn, ("withdraw", "clerk"), comment=reason)
    live_sites.until(lambda: live_sites.published("canaria")[withdrawn]["withdrawn"])
    return Sites(live_sites, hands, planted, desk, portal, drafts, _logs(desk), _logs(portal))


def _logs(grown: Grown) -> dict[Path, bytes]:
    return {
        name: data
        for name, data in grown.files().items()
        if name.suffix != ".blob" and not name.name.startswith("Data.fs")
    }


def _stage(live_sites, uid: str) -> str:
    """At which stage the portal shows an item; empty while it shows none."""
    entry = live_sites.published("canaria").get(uid)
    if entry is None:
        return ""
    headers = {"Accept": "application/json"}
    return requests.get(entry["url"], headers=headers, timeout=60).json().get("stage", "")
