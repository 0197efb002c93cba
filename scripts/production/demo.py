"""Start what a region runs on this machine, check that it holds what it promises, stop it.

Run: ``make production-demo`` (``KEEP=1`` leaves it running until Ctrl-C). Its data stay in ``var/production``,
so a second run is quicker; ports are free ones, new each time. Ends with 1 when a check fails.
"""

import gzip
import os
import re
import requests
import shutil
import signal
import sys
import time
from backup import back_up
from backup import lose
from backup import restore
from cluster import Cluster
from cluster import PROJECT
from collections.abc import Callable
from datetime import date
from datetime import timedelta
from doors import doors
from doors import wrong


PASSWORD = "deliberation"  # of the sample accounts
PATIENCE = 240  # seconds that a start may take on a busy machine
LOCATION = re.compile(r"<loc>([^<]+)</loc>")
PROMISED = 5  # seconds in which the public sees a change


def say(words: str) -> None:
    print(f"· {words}", flush=True)


def checked(words: str) -> None:
    print(f"✓ {words}", flush=True)


class Failed(Exception):
    """A check didn't hold: its text says which."""


def until(what: str, condition: Callable[[], bool], seconds: float = PATIENCE) -> float:
    """Poll until it holds; how long that took."""
    begun = time.monotonic()
    while not condition():
        if time.monotonic() - begun > seconds:
            raise Failed(f"{what}: not within {seconds:.0f} s")
        time.sleep(0.1)
    return time.monotonic() - begun


def status(url: str, **arguments) -> int:
    try:
        return requests.get(url, timeout=20, allow_redirects=False, **arguments).status_code
    except requests.RequestException:
        return 0


class Desk:
    """What people do at the desk, by its public door."""

    def __init__(self, url: str):
        self.url = url

    def call(self, method: str, path: str, user: str, **arguments):
        answer = requests.request(
            method,
            self.url + path,
            auth=(user, PASSWORD),
            headers={"Accept": "application/json"},
            timeout=60,
            **arguments,
        )
        if answer.status_code >= 300:
            words = answer.text[:300]
            raise Failed(f"{method} {path} at the desk answers {answer.status_code}: {words}")
        return answer.json() if answer.content else None

    def add(self, container: str, **fields) -> tuple[str, str]:
        made = self.call("POST", container, "agent", json=fields)
        return made["@id"].removeprefix(self.url), made["UID"]

    def do(self, path: str, *steps: tuple[str, str]) -> None:
        for transition, user in steps:
            self.call("POST", f"{path}/@workflow/{transition}", user, json={"comment": "Essai"})

    def publish(self) -> tuple[str, str]:
        """A new item of a new meeting, approved and convened: its path and UID."""
        day = date.today() + timedelta(days=30)
        meeting, _uid = self.add(
            "/valbourg",
            **{
                "@type": "Meeting",
                "body": "conseil",
                "start": f"{day}T19:00:00",
                "location": "Salle",
            },
        )
        text = {"data": "<p>Vu la demande ;</p>", "content-type": "text/html"}
        path, uid = self.add(
            meeting,
            **{
                "@type": "Item",
                "title": "Essai de production",
                "motivation": text,
                "draftDecision": {**text, "data": "<p>Article 1er.</p>"},
            },
        )
        self.do(path, ("propose", "agent"), ("approve", "clerk"))
        self.do(meeting, ("convene", "clerk"))
        return path, uid


def directly(cluster: Cluster, path: str, name: str = "balancer") -> requests.Response:
    """A page of the portal without its cache, from one of its clients; as its public address has it."""
    host = f"/VirtualHostBase/http/localhost:{cluster.ports['portal']}/portal/VirtualHostRoot"
    return requests.get(f"{cluster.at(name)}{host}{path}", timeout=60)


def listed(cluster: Cluster) -> list[str]:
    """The addresses of all that Valbourg has on the portal, from its map for search engines."""
    answer = directly(cluster, "/valbourg/sitemap.xml.gz")
    return LOCATION.findall(gzip.decompress(answer.content).decode()) if answer.ok else []


def address_of(cluster: Cluster, uid: str) -> str:
    """Where an item is public; empty while it isn't."""
    return next((url for url in listed(cluster) if url.endswith(uid[:8])), "")


def start(cluster: Cluster) -> None:
    say(f"PostgreSQL, in {cluster.database.home.relative_to(PROJECT)}")
    cluster.database.start()
    for name in ("portal", "desk"):
        cluster.database.database(name)
    say("Two Zope clients for each site and a deliverer, from production.cfg")
    cluster.build()
    say(
        "Both sites with their samples, each in a database of its own (some minutes the first time)"
    )
    cluster.make_sites()
    cluster.configure()
    cluster.start_zope()
    say("HAProxy, Varnish, nginx, with the configurations of production/")
    cluster.start_front()
    for name in ("portal1", "portal2", "desk1", "desk2"):
        until(f"{name} is well", lambda name=name: status(f"{cluster.at(name)}/@@health") == 200)
    until("the portal answers", lambda: status(cluster.portal) == 200)
    until("the desk answers", lambda: status(cluster.desk, auth=("clerk", PASSWORD)) == 200)
    checked(f"All answer. Portal {cluster.portal} – desk {cluster.desk}")


def check(cluster: Cluster) -> None:
    desk = Desk(cluster.desk)
    path, uid = desk.publish()
    begun = time.monotonic()
    until("the item is on the portal", lambda: address_of(cluster, uid))
    address = address_of(cluster, uid)
    if not address.startswith(cluster.portal):
        raise Failed(f"the portal doesn't know its public address: {address}")
    until("the item is public", lambda: status(address) == 200)
    checked(f"An approved item is public after {time.monotonic() - begun:.1f} s: {address}")

    requests.get(address, timeout=20)
    if requests.get(address, timeout=20).headers.get("X-Cache") != "hit":
        raise Failed("the second visitor isn't answered by the cache")
    checked("The second visitor is answered by the cache")

    closed = [
        f"{cluster.portal}{path}" for path in ("/@published", "/@@health", "/login", "/manage")
    ]
    closed += [f"{cluster.desk}{path}" for path in ("/@@metrics", "/manage_main")]
    opened = [url for url in closed if status(url, auth=("admin", PASSWORD)) not in (403, 404)]
    if opened:
        raise Failed(f"open to the public: {opened}")
    checked("Nothing that writes or watches is behind the public doors")

    amiss = wrong(cluster)
    if amiss:
        raise Failed(f"the services of desks: {'; '.join(amiss)}")
    expected = list(doors(cluster).values())
    checked(
        f"A desk's call is answered at {expected.count(200)} addresses made for it, and 404 at {expected.count(404)} others"
    )

    figures = requests.get(f"{cluster.at('desk1')}/@@metrics", timeout=60).text
    if 'deliberation_jobs{desk="desk",state="parked"} 0' not in figures:
        raise Failed("the figures of a desk's client don't tell its queue")
    checked("Each client tells its health and its figures")

    for name in ("portal1", "desk1"):
        cluster.programs.kill(name)
    question = f"{cluster.portal}/@@deliberations-search?q={uid[:8]}"  # no cache has that
    until("the portal answers with one client", lambda: status(question) == 200, 30)
    until("so does the desk", lambda: status(cluster.desk, auth=("clerk", PASSWORD)) == 200, 30)
    checked("One client of each site was killed: both still answer")
    for name in ("portal1", "desk1"):
        cluster.start_client(name)

    for name in ("portal1", "desk1"):
        until(f"{name} is back", lambda name=name: status(f"{cluster.at(name)}/@@health") == 200)
    checked("They were started again, and are back")

    place = address.removeprefix(cluster.portal)
    for name in ("portal1", "portal2") * 2:  # now both have it in memory
        directly(cluster, place, name)
    status(address)
    desk.do(path, ("withdraw", "clerk"))
    begun = time.monotonic()
    until("it is withdrawn", lambda: directly(cluster, place).status_code == 410)
    remembered = [directly(cluster, place, name).status_code for name in ("portal1", "portal2")]
    if remembered != [410, 410]:
        raise Failed(f"a client still gives from memory what is withdrawn: {remembered}")
    behind = until("it is gone behind the cache", lambda: status(address) == 410, PROMISED)
    took = time.monotonic() - begun
    checked(
        f"The withdrawn item answers 410 after {took:.1f} s, {behind:.1f} s of them behind the cache"
    )


def check_backup(cluster: Cluster) -> None:
    """Back up, lose, restore, compare."""
    until("all is delivered", lambda: _delivered(cluster))
    pages = {url: _page(url) for url in listed(cluster)}
    folder = cluster.home / "backup"
    shutil.rmtree(folder, ignore_errors=True)
    files = back_up(cluster.database, folder)
    sizes = ", ".join(f"{file.name} {file.stat().st_size / 1e6:.1f} MB" for file in files)
    say(f"Backed up while all runs: {sizes}")
    cluster.stop_zope()
    lose(cluster.database)
    for name in ("portal", "desk"):  # the copies of blobs on the machine are lost, too
        shutil.rmtree(cluster.home / f"blobs-{name}", ignore_errors=True)
    say("Both databases are gone. Restoring")
    restore(cluster.database, folder)
    cluster.start_zope()
    for name in ("portal1", "portal2", "desk1", "desk2"):
        until(f"{name} is well", lambda name=name: status(f"{cluster.at(name)}/@@health") == 200)
    until("the portal answers", lambda: status(cluster.portal) == 200)
    if sorted(pages) != sorted(listed(cluster)):
        raise Failed("the restored portal has other publications")
    different = [url for url, page in pages.items() if _page(url) != page]
    if different:
        raise Failed(f"restored, but another: {different[:5]}")
    checked(f"Restored: {len(pages)} pages, each as it was")


def _delivered(cluster: Cluster) -> bool:
    counts = Desk(cluster.desk).call("GET", "/@publishing-queue", "clerk")["counts"]
    return counts["waiting"] + counts["sending"] + counts["failed"] == 0


def _page(url: str) -> tuple[int, str]:
    answer = requests.get(url, timeout=60)
    return answer.status_code, answer.headers.get("ETag") or answer.text


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_each: sys.exit(1))
    os.chdir(PROJECT)
    cluster = Cluster(PROJECT / "var" / "production")
    begun = time.monotonic()
    try:
        start(cluster)
        check(cluster)
        check_backup(cluster)
        if os.environ.get("KEEP"):
            say("It goes on. Ctrl-C stops it.")
            signal.pause()
    except Failed as failed:
        print(
            f"✗ {failed}\n  Ended by themselves: {cluster.programs.ended() or 'none'}.",
            file=sys.stderr,
        )
        print(f"  The logs: {cluster.home / 'logs'}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        pass
    finally:
        say("Stopping")
        cluster.stop()
    checked(f"Done in {time.monotonic() - begun:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
