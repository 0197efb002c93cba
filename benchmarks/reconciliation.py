"""Compare a desk with a portal of many published entries, over HTTP, and time it.

Run: ``.venv/bin/python benchmarks/reconciliation.py [entries]``; 100,000 unless it is told otherwise.
The entries have no objects, which a comparison must not need. Ten of them are altered: exactly these
must be found. Measured on two busy cores: 100,000 in 9.9 s, the command at 246 MB, the portal 127 to 163
MB. Prints seconds and the memory of both processes; exits with 1 when it takes more than two minutes.
"""

import json
import psutil
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path


sys.path.insert(0, str(Path(__file__).parent.parent / "tests/live"))
from cluster import FILE_STORAGE  # noqa: E402
from cluster import Script  # noqa: E402
from cluster import Server  # noqa: E402
from cluster import Zygote  # noqa: E402
from publishing import MAKE_DESK  # noqa: E402
from publishing import MAKE_PORTAL  # noqa: E402
from publishing import PASSWORD  # noqa: E402


LIMIT = 120  # seconds
ALTERED = 10
FILL_DESK = """
import hashlib, transaction
from collective.deliberation.publishing.outbox import outbox
from zope.component.hooks import setSite
site = app["desk"]
setSite(site)
box = outbox(site)
for number in range({entries}):
    known = box.known(hashlib.md5(str(number).encode()).hexdigest(), "valbourg")
    known.revision = known.sent_revision = 1
    known.stage, known.sent_hash = "draft", "1" * 64
    if number % 5000 == 4999:
        transaction.commit()
        app._p_jar.cacheMinimize()
transaction.commit()
"""
FILL_PORTAL = """
import hashlib, transaction
from collective.deliberation.portal.received import Entry, received
from zope.component.hooks import setSite
site = app["portal"]
setSite(site)
entries = received(site["valbourg"]).entries
for number in range({entries}):
    hash = "2" * 64 if number < {altered} else "1" * 64
    uid = hashlib.md5(str(number).encode()).hexdigest()
    entries[uid] = Entry("item", f"2026-12-14-conseil/{{uid[:8]}}", 1, hash, False)
transaction.commit()
"""
RECONCILE = """
import resource, sys, Zope2
from collective.deliberation.publishing.reconciliation.command import main
try:
    main(Zope2.app(), ["--json"])
finally:
    print(f"peak {{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000}}")
"""


def main(entries: int) -> int:
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        zygote = stack.enter_context(Zygote(home / "zygote"))
        portal = Server(
            zygote, home / "portal", "portal", FILE_STORAGE.format(home=home / "portal"), "portal"
        )
        on_desk = Script(zygote, home / "desk", "script", FILE_STORAGE.format(home=home / "desk"))
        on_portal = Script(zygote, home / "portal", "script", portal.storage)
        for script, code in (
            (on_portal, MAKE_PORTAL),
            (on_portal, FILL_PORTAL.format(entries=entries, altered=ALTERED)),
            (on_desk, MAKE_DESK.format(portal=portal.url)),
            (on_desk, FILL_DESK.format(entries=entries)),
        ):
            if script.run(code, 1800):
                raise SystemExit(script.output())
        portal.start()
        stack.callback(portal.kill)
        portal.until_up()
        return _compare(entries, on_desk, portal)


def _compare(entries: int, on_desk: Script, portal: Server) -> int:
    on_desk.environment = {
        "DELIBERATION_PORTAL_USER": "publisher",
        "DELIBERATION_PORTAL_PASSWORD": PASSWORD,
    }
    before = psutil.Process(portal.pid).memory_full_info().uss / 1e6
    on_desk.run(RECONCILE.replace("{{", "{").replace("}}", "}"), 1800)
    said = on_desk.log.read_text()
    said = said[said.rindex('{\n "desk"') :]
    report = json.loads(said[: said.rindex("peak")])["desk"]
    after = psutil.Process(portal.pid).memory_full_info().uss / 1e6
    print(f"{report['compared']} entries compared in {report['seconds']:.1f} s")
    print(f"memory: command {said.split()[-1]} MB at its peak", end="; ")
    print(f"portal {before:.0f} MB before, {after:.0f} MB after")
    right = report["compared"] == entries and report["differences"] == ALTERED
    return int(not right or report["seconds"] > LIMIT)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
