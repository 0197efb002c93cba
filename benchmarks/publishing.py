"""Deliver items with an annex each from a desk to a portal, as processes, and time it.

Run: ``.venv/bin/python benchmarks/publishing.py [items] [kilobytes] [postgresql]``; 300 items of 100 kB unless
it is told otherwise, 10,000 is the size of a large town's ten years. It makes both sites in a temporary folder
and starts a ZEO server, or PostgreSQL, and two Zope clients for the portal, one that receives and one that
serves pages, and one deliverer with two workers. The jobs are put into the outbox as a transition would; their
documents have no object on the desk, so the gate's second search is not in the figures.

Printed: items/s; the memory of each process over the run; how long public pages take, p95, while the portal
receives and while the deliverer is held. Exits with 1 when memory grows, or when p95 more than doubles. Figures
are in docs/reference/performance.md.
"""

import json
import os
import psutil
import random
import requests
import signal
import statistics
import sys
import tempfile
from collective.deliberation.publishing.signatures.keys import keys_of
from collective.deliberation.publishing.signatures.signing import PortalAuth
from contextlib import ExitStack
from datetime import date
from datetime import timedelta
from pathlib import Path
from time import monotonic
from time import sleep


sys.path.insert(0, str(Path(__file__).parent.parent / "tests/live"))
from cluster import copy_to_postgresql  # noqa: E402
from cluster import DelivererServer  # noqa: E402
from cluster import FILE_STORAGE  # noqa: E402
from cluster import REL_STORAGE  # noqa: E402
from cluster import Script  # noqa: E402
from cluster import Server  # noqa: E402
from cluster import Zeo  # noqa: E402
from cluster import Zygote  # noqa: E402
from postgresql import PostgreSQL  # noqa: E402


PER_MEETING = 100
PASSWORD = "deliberation"
KEY = "DELIBERATION_SIGNING_KEYS"
os.environ.setdefault(KEY, "benchmark:a-secret-that-protects-nothing-but-this")  # of all processes
# Soon full, so that what still grows is a leak; in bytes, as in production.cfg: a large catalog has large objects.
os.environ.setdefault("ZODB_CACHE", "cache-size 5000\n  cache-size-bytes 8MB")
ACCOUNT = PortalAuth("valbourg", ("publisher", PASSWORD), keys_of)
BEFORE = 200  # items that are there before: pages to ask for
NICE = 10  # of the deliverer, as in the how-to's unit of systemd
WORK = 20.0  # seconds of deliveries between two looks at an idle portal
ROUNDS = 25  # times that each page is asked for then
SLOWER = 2.0  # p95 while receiving, at most so many times the idle one
GROWTH = 1.25  # memory at the end, at most so many times that of a third of the way

MAKE_DESK = """
import transaction
from collective.deliberation.demo import accounts
from collective.deliberation.demo.sites import create_desk
from collective.deliberation.publishing.outbox import outbox
from plone import api
from plone.dexterity.utils import createContentInContainer
from zope.component.hooks import setSite
site = create_desk(app, demo=False)
setSite(site)
accounts.add(site, accounts.DESK)
with api.env.adopt_user("admin"):
    createContentInContainer(site, "Institution", checkConstraints=False,
        title="Valbourg", slug="valbourg", portalUrl={portal!r})
outbox(site)
transaction.commit()
"""
MAKE_PORTAL = """
import transaction
from collective.deliberation.demo.sites import create_portal
from plone.dexterity.utils import createContentInContainer
from zope.component.hooks import setSite
site = create_portal(app, demo=False)
setSite(site)
site.acl_users.userFolderAddUser("publisher", "deliberation", [], [])
institution = createContentInContainer(site, "Institution", checkConstraints=False,
    title="Valbourg", slug="valbourg")
institution.manage_setLocalRoles("publisher", ["Publisher"])
transaction.commit()
"""
QUEUE = """
import hashlib, os, transaction
from collective.deliberation.publishing import wire
from collective.deliberation.publishing.outbox import outbox
from collective.deliberation.publishing.records import FileRef, Snapshot
from datetime import date, timedelta
from ZODB.blob import Blob
from zope.component.hooks import setSite
site = app["desk"]
setSite(site)
box = outbox(site)
text = "<p>" + "Considérant que la convention prévoit l'entretien du sentier communal ; " * 60 + "</p>"
def queue(uid, kind, record, files=(), after=""):
    known = box.known(uid, "valbourg")
    known.revision, known.stage = 1, "draft"
    document = wire.to_dict(wire.Publication(uid, "valbourg", 1, "2026-11-20T10:00:00+01:00", record))
    box.add(known, uid=uid, kind=kind, action="put", institution="valbourg", revision=1,
        snapshot=Snapshot(document), files=files, after=after)
for number in range({first}, {last}):
    meeting = f"{{0xa0000000 + number // {per_meeting}:x}}".ljust(32, "0")
    if number % {per_meeting} == 0:
        start = date(2016, 1, 1) + timedelta(days=number // {per_meeting} * 7)
        queue(meeting, "meeting", wire.MeetingRecord("conseil", "Conseil communal",
            f"{{start}}T19:00:00+01:00", None, "Salle", None, "convened", ""))
    content = os.urandom({size})
    blob = Blob()
    with blob.open("w") as stream:
        stream.write(content)
    sha256 = hashlib.sha256(content).hexdigest()
    uid = f"{{0xb0000000 + number:x}}".ljust(32, "0")
    annex = wire.AnnexRecord(f"{{0xc0000000 + number:x}}".ljust(32, "0"), "Plan", "Plan", "application/pdf", "pdf",
        {size}, sha256)
    queue(uid, "item", wire.ItemRecord(meeting, "draft", str(number), number, "normal",
        f"Entretien du sentier communal no {{number}}", "Travaux", (), text, text, "", "", (annex,)),
        (FileRef(sha256, {size}, blob),), meeting)
    if number % 200 == 199:
        transaction.commit()
        app._p_jar.cacheMinimize()
transaction.commit()
"""


def main(items: int, kilobytes: int, kind: str) -> int:
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        zygote = stack.enter_context(Zygote(home / "zygote"))
        desk, portal = home / "desk", home / "portal"
        desk_storage = FILE_STORAGE.format(home=desk)
        script = Script(zygote, portal, "make", FILE_STORAGE.format(home=portal))
        _done(script, MAKE_PORTAL)
        storage, database = _shared(stack, home, portal, kind)
        write = Server(zygote, home / "logs", "write", storage("write"), "portal")
        read = Server(zygote, home / "logs", "read", storage("read"), "portal")
        jobs = Script(zygote, desk, "jobs", desk_storage)
        _done(jobs, MAKE_DESK.format(portal=write.url))
        deliverer = DelivererServer(zygote, home / "logs", "deliverer", desk_storage)
        deliverer.environment = {
            "DELIBERATION_PORTAL_USER": "publisher",
            "DELIBERATION_PORTAL_PASSWORD": PASSWORD,
            "DELIBERATION_DELIVERER_WORKERS": "2",
            "DELIBERATION_RECONCILE_AT": "off",
        }
        _queue(jobs, 0, BEFORE, kilobytes)
        for each in (write, read, deliverer):
            each.start()
            stack.callback(each.kill)
            each.until_up()
        _until(lambda: _total(write) >= BEFORE + BEFORE // PER_MEETING)
        for each in (deliverer, write, read):
            each.kill()
        for each in (
            write,
            read,
        ):  # on a catalog that is not nearly empty: its plans of queries depend on that
            each.start()
            each.until_up()
        _queue(jobs, BEFORE, BEFORE + items, kilobytes)
        processes = {
            "deliverer": deliverer,
            "portal, receives": write,
            "portal, pages": read,
            **database,
        }
        return _measure(items, kilobytes, deliverer, write, read, processes)


def _shared(stack: ExitStack, home: Path, made: Path, kind: str):
    """The portal's storage for several processes: a function of who asks, and the processes that keep it."""
    if kind == "zeo":
        zeo = stack.enter_context(Zeo(home / "zeo", made))
        return lambda who: zeo.storage, {"portal, ZEO": zeo.process}
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="postgresql-")))
    dsn = stack.enter_context(PostgreSQL(folder, safe=True)).database("portal")
    copy_to_postgresql(made, dsn, home / "copy")
    return lambda who: REL_STORAGE.format(dsn=dsn, blobs=home / f"blobs-{who}"), {}


def _measure(items, kilobytes, deliverer, write, read, processes) -> int:
    """Deliver all; now and then hold the deliverer, and look at a portal of this size that receives nothing."""
    wanted = _total(write) + items + -(-items // PER_MEETING)
    deliverer.start()
    deliverer.until_up()
    psutil.Process(deliverer.pid).nice(NICE)
    begun, held, memory = monotonic(), 0.0, []
    busy: dict[str, list[float]] = {}
    idle: dict[str, list[float]] = {}
    while (there := _total(write)) < wanted:
        until = monotonic() + WORK
        while monotonic() < until and (there := _total(write)) < wanted:
            _visit(read, there, busy)
            sleep(0.05)  # a visitor reads, too
        memory.append({name: _memory(each) for name, each in processes.items()})
        since = monotonic()
        os.kill(deliverer.pid, signal.SIGSTOP)
        _visit(read, there, {})  # and what was under way ends
        for _ in range(ROUNDS):
            _visit(read, there, idle)
        os.kill(deliverer.pid, signal.SIGCONT)
        held += monotonic() - since
    seconds = monotonic() - begun - held
    print(
        f"{items} items with an annex of {kilobytes} kB in {seconds:.0f} s: {items / seconds:.1f} items/s"
    )
    flat = True
    for name in processes:
        values = [each[name] for each in memory]
        third = values[len(values) // 3]
        flat = flat and values[-1] <= third * GROWTH
        print(f"memory, {name}: ", end="")
        print(f"{values[0]:.0f} MB, {third:.0f} MB at a third, {values[-1]:.0f} MB at the end")
    idle["all"], busy["all"] = (sum(each.values(), []) for each in (idle, busy))
    for name, taken in idle.items():
        print(f"{name}: p95 {_p95(taken):.0f} ms idle ({len(taken)} requests), ", end="")
        print(f"{_p95(busy[name]):.0f} ms while receiving ({len(busy[name])} requests)")
    slower = _p95(busy["all"]) / _p95(idle["all"])
    print(json.dumps({"items": items, "per_second": items / seconds, "slower": slower}))
    return int(not flat or slower > SLOWER)


def _visit(read: Server, there: int, taken: dict[str, list[float]]) -> None:
    """As citizens go: the first pages, then any meeting, any item, any search; adds the milliseconds of each."""
    number = random.randrange(max(1, there - PER_MEETING))  # the last ones may be under way
    day = date(2016, 1, 1) + timedelta(days=number // PER_MEETING * 7)
    meeting = f"/valbourg/{day}-conseil"
    pages = {
        "home": "",
        "institution": "/valbourg",
        "meeting": meeting,
        "item": f"{meeting}/{0xB0000000 + number:x}",
        "search": f"/@@deliberations-search?q=entretien+sentier+{number}",
    }
    for name, path in pages.items():
        begun = monotonic()
        answer = requests.get(read.url + path, timeout=60)
        if answer.status_code == 404 and name in ("meeting", "item"):
            continue  # it waits for its next attempt
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code}")
        taken.setdefault(name, []).append((monotonic() - begun) * 1000)


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def _memory(process) -> float:
    """Megabytes that are the process's own: what it shares with the one it was forked from isn't."""
    return psutil.Process(process.pid).memory_full_info().uss / 1e6


def _total(portal: Server) -> int:
    url = f"{portal.url}/@published?institution=valbourg&b_size=1"
    return requests.get(url, auth=ACCOUNT, timeout=60).json()["total"]


def _queue(jobs: Script, first: int, last: int, kilobytes: int) -> None:
    _done(
        jobs, QUEUE.format(first=first, last=last, per_meeting=PER_MEETING, size=kilobytes * 1000)
    )


def _done(script: Script, code: str) -> None:
    if script.run(code, 3600):
        raise SystemExit(script.output())


def _until(condition, seconds: float = 300) -> None:
    deadline = monotonic() + seconds
    while not condition():
        if monotonic() > deadline:
            raise SystemExit(f"not within {seconds} s")
        sleep(0.1)


if __name__ == "__main__":
    kind = "postgresql" if "postgresql" in sys.argv else "zeo"
    asked = [int(each) for each in sys.argv[1:3] if each.isdigit()]
    sys.exit(main(*(asked + [300, 100][len(asked) :]), kind))
