"""Send large annexes from an agent's form to a citizen's download, with a cut and a kill; watch each process's memory.

Run: ``.venv/bin/python benchmarks/large_annex.py [megabytes …]``; 50 and 500 unless it is told otherwise. It makes
both sites in a temporary folder (which needs eight times the largest size) and starts a ZEO server, a Zope client
and a deliverer for the desk, and a portal that also reads annexes for its search. For each size: a PDF of scanned
pages, of noise, half of them with metadata of their own; an agent uploads it through the form, a clerk publishes it,
and the item is approved; the connection to the portal is cut within the second part, and the deliverer killed when
half has been sent.

Printed: seconds of each step; bytes sent in all and beside the file's size; the peak of each process's own memory
(``RssAnon``; pages of mapped files are the system's cache) while a size was on its way. It exits with 1 when a
peak with the largest size is more than ``GROWTH`` times that with the smallest, when more than ``PARTS`` parts were
sent in vain, or when what is downloaded isn't the public copy.
"""

import json
import psutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from publishing import MAKE_PORTAL
from publishing import PASSWORD
from threading import Event
from threading import Thread
from time import monotonic


sys.path.insert(0, str(Path(__file__).parent.parent / "tests/live"))
from cluster import DelivererServer  # noqa: E402
from cluster import FILE_STORAGE  # noqa: E402
from cluster import Script  # noqa: E402
from cluster import Server  # noqa: E402
from cluster import Zeo  # noqa: E402
from cluster import Zygote  # noqa: E402
from collective.deliberation.publishing.client import PART  # noqa: E402
from faulty_proxy import faulty_proxy  # noqa: E402
from faulty_proxy import FaultyProxy  # noqa: E402
from journey import digest  # noqa: E402
from journey import Journey  # noqa: E402
from scans import write_scans  # noqa: E402


GROWTH = 1.25
PARTS = 3
AUTHOR = "Zelie Quertinmont"
OPENS = "collective.deliberation.pseudonym.files.child"
MAKE_DESK = """
import transaction
from collective.deliberation.demo import accounts
from collective.deliberation.demo.sites import create_desk
from datetime import datetime, timezone
from plone import api
from plone.dexterity.utils import createContentInContainer
from zope.component.hooks import setSite
site = create_desk(app, demo=False)
setSite(site)
accounts.add(site, accounts.DESK)
with api.env.adopt_user("admin"):
    institution = createContentInContainer(site, "Institution", checkConstraints=False,
        title="Valbourg", slug="valbourg", categories=("Travaux",), portalUrl={portal!r})
    meeting = createContentInContainer(institution, "Meeting", checkConstraints=False,
        body="conseil", start=datetime(2027, 3, 15, 18, tzinfo=timezone.utc), location="Salle")
with api.env.adopt_user("clerk"):
    api.content.transition(meeting, "convene")
transaction.commit()
open({path!r}, "w").write("/".join(("", *meeting.getPhysicalPath()[2:])))
"""


class Memory(Thread):
    """Peaks in megabytes by name, of servers and of the processes that they open files with."""

    def __init__(self, servers: dict[str, Server]):
        super().__init__(daemon=True)
        self.servers = servers
        self.peaks: dict[str, float] = defaultdict(float)
        self.ended = Event()

    def run(self) -> None:
        while not self.ended.wait(0.01):
            for name, server in self.servers.items():
                try:
                    self._look(name, psutil.Process(server.pid))
                except (psutil.Error, OSError):
                    pass  # it is being killed, or not there yet

    def _look(self, name: str, process: psutil.Process) -> None:
        self._note(name, process)
        for child in process.children():
            if OPENS in child.cmdline():
                self._note(f"{name}: opens files", child)

    def _note(self, name: str, process: psutil.Process) -> None:
        for text in Path(f"/proc/{process.pid}/status").read_text().splitlines():
            if text.startswith("RssAnon:"):
                self.peaks[name] = max(self.peaks[name], int(text.split()[1]) * 1024 / 1e6)


def main(sizes: list[int]) -> int:
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        zygote = stack.enter_context(Zygote(home / "zygote"))
        desk, portal = home / "desk", home / "portal"
        _done(Script(zygote, portal, "make", FILE_STORAGE.format(home=portal)), MAKE_PORTAL)
        receiving = Server(
            zygote, home / "logs", "portal", FILE_STORAGE.format(home=portal), "portal"
        )
        proxy = stack.enter_context(faulty_proxy(receiving.port, seed=1, share=0))
        code = MAKE_DESK.format(
            portal=f"http://127.0.0.1:{proxy.port}/portal", path=str(home / "meeting")
        )
        _done(Script(zygote, desk, "make", FILE_STORAGE.format(home=desk)), code)
        zeo = stack.enter_context(Zeo(home / "zeo", desk))
        writing = Server(zygote, home / "logs", "desk", zeo.storage, "desk")
        deliverer = DelivererServer(zygote, home / "logs", "deliverer", zeo.storage)
        receiving.environment = {"DELIBERATION_READER": "on"}
        deliverer.environment = {
            "DELIBERATION_PORTAL_USER": "publisher",
            "DELIBERATION_PORTAL_PASSWORD": PASSWORD,
            "DELIBERATION_RECONCILE_AT": "off",
        }
        servers = {"desk": writing, "deliverer": deliverer, "portal": receiving}
        for each in servers.values():
            each.start()
            stack.callback(each.kill)
            each.until_up()
        journey = Journey(writing.url, receiving.url, (home / "meeting").read_text())
        runs = [_run(size, home, journey, proxy, servers) for size in sizes]
        return _judge(sizes, runs)


def _run(
    megabytes: int,
    home: Path,
    journey: Journey,
    proxy: FaultyProxy,
    servers: dict[str, Server],
) -> tuple[dict[str, float], float, bool]:
    """Peaks; parts sent in vain; whether what arrived is what was sent."""
    file = home / "scans.pdf"
    with open(file, "wb") as stream:
        write_scans(stream, megabytes, AUTHOR)
    size, deliverer = file.stat().st_size, servers["deliverer"]
    item, item_uid = journey.add_item(f"Plans {megabytes}")
    memory, seconds = Memory(servers), {}
    memory.start()

    def timed(step: str, call: Callable):
        begun = monotonic()
        found = call()
        seconds[step] = monotonic() - begun
        return found

    annex = timed("upload", lambda: journey.upload(item, file))
    annex_uid = journey.call("GET", annex, "agent")["UID"]
    timed("publish", lambda: journey.do(annex, ("publish", "clerk")))
    before = proxy.sent
    proxy.planned = ["none", "cut_request"]

    def deliver():
        journey.do(item, ("propose", "agent"), ("approve", "clerk"))
        _until(lambda: proxy.sent - before > size // 2)
        deliverer.kill()
        deliverer.start()
        _until(lambda: journey.published(item_uid))

    timed("deliver", deliver)
    sent = proxy.sent - before
    arrived = timed("download", lambda: digest(journey.address(item_uid, annex_uid)))
    same = arrived == journey.copy(annex)
    Event().wait(10)  # what reads annexes for the search looks every three seconds
    memory.ended.set()
    memory.join()
    file.unlink()
    print(f"{size / 1e6:.0f} MB: ", end="")
    print(", ".join(f"{step} {took:.1f} s" for step, took in seconds.items()))
    print(f"  sent {sent / 1e6:.0f} MB in all, {sent / size:.2f} times the file", end="")
    print("" if same else "; NOT THE SAME FILE")
    return dict(memory.peaks), (sent - arrived[1]) / PART, same


def _judge(sizes: list[int], runs: list[tuple[dict[str, float], float, bool]]) -> int:
    small, large = runs[0][0], runs[-1][0]
    growth = {name: large[name] / small[name] for name in large if name in small}
    for name, times in growth.items():
        print(f"memory, {name}: {small[name]:.0f} MB with {sizes[0]} MB, ", end="")
        print(f"{large[name]:.0f} MB with {sizes[-1]} MB: {times:.2f} times")
    print(json.dumps({"sizes": sizes, "growth": growth, "in_vain": [run[1] for run in runs]}))
    whole = all(same and in_vain <= PARTS for _peaks, in_vain, same in runs)
    return int(not whole or max(growth.values()) > GROWTH)


def _done(script: Script, code: str) -> None:
    if script.run(code):
        raise SystemExit(script.output())


def _until(condition: Callable[[], object], seconds: float = 600) -> None:
    deadline = monotonic() + seconds
    while not condition():
        if monotonic() > deadline:
            raise SystemExit(f"not within {seconds} s")
        Event().wait(0.1)


if __name__ == "__main__":
    sys.exit(main([int(each) for each in sys.argv[1:]] or [50, 500]))
