"""Whatever dies, is cut or lies: in the end the portal shows what the desk says, once, at its last revision.

20 kills, seeded; ``DELIBERATION_KILLS=200`` (``make fault-test``) and ``DELIBERATION_SEED`` choose others.
"""

import json
import os
import pytest
import random
import re
import requests
from cluster import copy_to_postgresql
from cluster import DelivererServer
from cluster import FILE_STORAGE
from cluster import REL_STORAGE
from cluster import Script
from cluster import Server
from cluster import Zeo
from cluster import Zygote
from collective.deliberation.publishing.log.command import main as verify_log
from collective.deliberation.publishing.signatures.keys import keys_of
from collective.deliberation.publishing.signatures.signing import PortalAuth
from contextlib import ExitStack
from dataclasses import dataclass
from faulty_proxy import faulty_proxy
from faulty_proxy import FaultyProxy
from pathlib import Path
from postgresql import PostgreSQL
from tempfile import TemporaryDirectory
from threading import Event
from threading import Thread
from time import monotonic


KILLS = int(os.environ.get("DELIBERATION_KILLS", "20"))
SEED = int(os.environ.get("DELIBERATION_SEED", "1"))
PASSWORD = "deliberation"
ITEMS = 8
WITH_ANNEX = 3
DRAIN = 180  # seconds for what is left once nothing is killed any more

MAKE_DESK = """
import transaction
from collective.deliberation.demo import accounts, files
from collective.deliberation.demo.sites import create_desk
from datetime import datetime, timezone
from plone import api
from plone.app.textfield.value import RichTextValue
from plone.dexterity.utils import createContentInContainer
from plone.namedfile.file import NamedBlobFile
from zope.component.hooks import setSite
site = create_desk(app, demo=False)
setSite(site)
accounts.add(site, accounts.DESK)
text = RichTextValue("<p>Vu la demande ;</p>", "text/html", "text/x-html-safe")
with api.env.adopt_user("admin"):
    institution = createContentInContainer(site, "Institution", checkConstraints=False,
        title="Valbourg", slug="valbourg", categories=("Travaux",))
    meeting = createContentInContainer(institution, "Meeting", checkConstraints=False,
        body="conseil", start=datetime(2026, 12, 14, 18, tzinfo=timezone.utc), location="Salle")
with api.env.adopt_user("agent"):
    items = [createContentInContainer(meeting, "Item", title=f"Point {{n}} version 1",
        category="Travaux", motivation=text, draftDecision=text) for n in range({items})]
    annexes = [createContentInContainer(item, "Annex", title="Plan", file=NamedBlobFile(
        files.pdf((f"Plan {{n}}",)), "application/pdf", "plan.pdf"))
        for n, item in enumerate(items[:{with_annex}])]
    for item in items:
        api.content.transition(item, "propose")
with api.env.adopt_user("clerk"):
    for annex in annexes:
        api.content.transition(annex, "publish")
transaction.commit()
"""
MAKE_PORTAL = """
import transaction
from collective.deliberation.demo import accounts
from collective.deliberation.demo.sites import create_portal
from plone.dexterity.utils import createContentInContainer
from zope.component.hooks import setSite
site = create_portal(app, demo=False)
setSite(site)
accounts.add(site, {"admin": "Manager"})
site.acl_users.userFolderAddUser("publisher", "deliberation", [], [])
institution = createContentInContainer(site, "Institution", checkConstraints=False,
    title="Valbourg", slug="valbourg")
institution.manage_setLocalRoles("publisher", ["Publisher"])
transaction.commit()
"""
RECONCILE = """
import Zope2
from collective.deliberation.publishing.reconciliation.command import main
main(Zope2.app(), ["--json", "--verify"])
"""


@pytest.fixture(scope="module")
def zygote(tmp_path_factory):
    with Zygote(tmp_path_factory.mktemp("zygote")) as started:
        yield started


@pytest.fixture(scope="module")
def made(zygote, tmp_path_factory):
    """Both sites on FileStorage, to be copied: the folders."""
    home = tmp_path_factory.mktemp("made")
    codes = {
        "desk": MAKE_DESK.format(items=ITEMS, with_annex=WITH_ANNEX),
        "portal": MAKE_PORTAL,
    }
    for name, code in codes.items():
        storage = FILE_STORAGE.format(home=home / name)
        script = Script(zygote, home / name, "make", storage)
        assert script.run(code) == 0, script.output()
    return {name: home / name for name in codes}


@dataclass
class Cluster:
    desk: Server
    portal: Server
    deliverers: list[DelivererServer]
    proxy: FaultyProxy
    zygote: Zygote

    @property
    def all(self):
        return [self.desk, self.portal, *self.deliverers]


@pytest.fixture(params=["zeo", "postgresql"])
def cluster(request, zygote, made, tmp_path):
    with ExitStack() as stack:
        if request.param == "zeo":
            servers = {
                name: stack.enter_context(Zeo(tmp_path / f"zeo-{name}", made[name]))
                for name in made
            }

            def storage(site, who):
                return servers[site].storage

        else:
            # Not below pytest's folder: another run of pytest closes that to the account ``postgres``.
            home = stack.enter_context(TemporaryDirectory(prefix="postgresql-"))
            server = stack.enter_context(PostgreSQL(Path(home)))
            dsn = {name: server.database(name) for name in made}
            for name in made:
                copy_to_postgresql(made[name], dsn[name], tmp_path / f"copy-{name}")

            def storage(site, who):
                return REL_STORAGE.format(dsn=dsn[site], blobs=tmp_path / f"blobs-{who}")

        def process(kind, site, who):
            return kind(zygote, tmp_path / "logs", who, storage(site, who), site)

        portal = process(Server, "portal", "portal")
        proxy = stack.enter_context(faulty_proxy(portal.port, SEED))
        deliverers = [process(DelivererServer, "desk", f"deliverer-{n}") for n in range(2)]
        built = Cluster(process(Server, "desk", "desk"), portal, deliverers, proxy, zygote)
        for each in deliverers:
            each.environment = {
                "DELIBERATION_PORTAL_USER": "publisher",
                "DELIBERATION_PORTAL_PASSWORD": PASSWORD,
                "DELIBERATION_DELIVERER_WORKERS": "2",
                "DELIBERATION_RECONCILE_AT": "off",
            }
        try:
            yield built
        finally:
            for each in built.all:
                each.kill()


class People(Thread):
    """An agent and a clerk who go on working, whatever the desk answers: they look again, and do what is open."""

    def __init__(self, cluster, seed):
        super().__init__(daemon=True)
        self.base = cluster.desk.url
        self.random = random.Random(seed)
        self.stop = Event()
        self.done = 0
        self.items = []

    def call(self, method, path, user, **arguments):
        """The answer, or ``None`` when nobody knows whether it was done."""
        url = path if "://" in path else self.base + path
        try:
            answer = requests.request(
                method,
                url,
                auth=(user, PASSWORD),
                headers={"Accept": "application/json"},
                timeout=30,
                **arguments,
            )
        except requests.RequestException:
            return None
        if answer.status_code >= 500 or answer.status_code == 404:
            return None  # a conflict, or a process that is starting
        assert answer.status_code < 400, (method, path, user, answer.status_code, answer.text[:500])
        self.done += 1
        return answer.json() if answer.content else {}

    def must(self, *arguments, **more):
        deadline = monotonic() + 90
        while (answer := self.call(*arguments, **more)) is None:
            assert monotonic() < deadline, arguments
            Event().wait(0.2)
        return answer

    def run(self):
        while not self.stop.is_set():
            item = self.call("GET", self.random.choice(self.items), "clerk")
            if item is not None:
                self.go_on(item)

    def go_on(self, item):
        url, state = item["@id"], item["review_state"]
        if state == "draft":
            number = int(item["title"].rpartition(" ")[2]) + 1
            title = f"{item['title'].rpartition(' ')[0]} {number}"
            if self.call("PATCH", url, "agent", json={"title": title}) is not None:
                self.step(url, "propose", "agent")
        else:
            step = {"proposed": "approve", "approved": "withdraw", "withdrawn": "reopen"}[state]
            self.step(url, step, "clerk")

    def step(self, url, transition, user):
        path = f"{url}/@workflow/{transition}"
        return self.call("POST", path, user, json={"comment": "Motif"})


def test_nothing_is_lost_doubled_or_reverted_whatever_is_killed_and_cut(cluster, tmp_path):
    rng = random.Random(SEED)
    people = People(cluster, SEED)
    for each in cluster.all:
        each.start()
    for each in cluster.all:
        each.until_up()
    portal_url = f"http://127.0.0.1:{cluster.proxy.port}/portal"
    people.must("PATCH", "/valbourg", "admin", json={"portalUrl": portal_url})
    found = people.must("GET", "/@search?portal_type=Item&b_size=100", "clerk")
    people.items = [each["@id"] for each in found["items"]]
    assert len(people.items) == ITEMS
    meeting = people.items[0].rpartition("/")[0]
    people.must("POST", f"{meeting}/@workflow/convene", "clerk", json={})
    people.start()

    for number in range(KILLS):
        target = cluster.all[number % 4]  # each in its turn
        target.until_up()
        Event().wait(rng.uniform(0, 1.5))  # at any moment of what it does
        target.kill()
        target.start()
    people.stop.set()
    people.join(60)
    cluster.proxy.honest = True
    for each in cluster.deliverers:  # they would rest for as long as the portal had failed
        each.kill()
        each.start()
    for each in cluster.all:
        each.until_up()

    _drain(people)
    states = _states(people)
    entries = _published(cluster)
    public = {uid for uid, (state, _title) in states.items() if state == "approved"}
    there = {uid for uid, entry in entries.items() if not entry["withdrawn"]}
    meeting_uid = people.must("GET", meeting, "clerk")["UID"]
    assert there == {*public, meeting_uid}
    _shows(cluster, entries, states, meeting_uid)
    report = _reconciled(cluster)
    assert (report["differences"], report["compared"] >= len(entries)) == (0, True), report
    _logs_hold(cluster, people, tmp_path)
    assert people.done > KILLS
    assert cluster.proxy.counts["none"] > 10
    assert sum(cluster.proxy.counts.values()) - cluster.proxy.counts["none"] > 5


def _drain(people):
    """Until the queue is empty; a clerk who retries what failed doesn't wait for its pause."""
    deadline = monotonic() + DRAIN
    while True:
        queue = people.must("GET", "/@publishing-queue", "clerk")["counts"]
        assert queue["parked"] == 0, people.must("GET", "/@publishing-queue?state=parked", "clerk")
        if not queue["waiting"] + queue["sending"] + queue["failed"]:
            return
        assert monotonic() < deadline, queue
        if queue["failed"]:
            _retry(people)
        Event().wait(0.5)


def _retry(people):
    session = requests.Session()
    session.auth = ("clerk", PASSWORD)
    page = session.get(f"{people.base}/@@publishing-queue", timeout=30).text
    token = re.search(r'name="_authenticator"\s[^>]*value="([0-9a-f]+)"', page)[1]
    session.post(
        f"{people.base}/@@publishing-retry",
        data={"_authenticator": token, "all": "1"},
        timeout=30,
        allow_redirects=False,
    )


def _states(people):
    found = [people.must("GET", each, "clerk") for each in people.items]
    return {item["UID"]: (item["review_state"], item["title"]) for item in found}


def _published(cluster):
    url = f"{cluster.portal.url}/@published?institution=valbourg&b_size=1000"
    account = PortalAuth("valbourg", ("publisher", PASSWORD), keys_of)
    answer = requests.get(url, auth=account, timeout=60)
    return {entry["uid"]: entry for entry in answer.json()["items"]}


def _shows(cluster, entries, states, meeting_uid):
    """As a citizen sees it: each public item at its address with its last title, each withdrawn one gone."""

    def page(entry):
        path = entry["url"].partition("/portal/")[2]
        return requests.get(f"{cluster.portal.url}/{path}", timeout=60)

    for uid, (state, title) in states.items():
        entry = entries.get(uid)
        if state == "approved":
            answer = page(entry)
            assert answer.status_code == 200
            assert title in answer.text
        elif entry is not None and entry["url"]:
            assert page(entry).status_code == 410, (state, title)
    agenda = page(entries[meeting_uid]).text
    address = re.escape(entries[meeting_uid]["url"].partition("/portal/")[2])
    shown = set(re.findall(rf"{address}/([0-9a-f]{{8}}(?:-[0-9]+)?)(?=[\"/?#])", agenda))
    assert len(shown) == sum(state == "approved" for state, _title in states.values())
    assert not [name for name in shown if "-" in name]


def _logs_hold(cluster, people, folder):
    """Both publication logs, as anybody and a clerk download them: each holds, and each receipt is an entry."""
    addresses = {
        "portal.jsonl": (f"{cluster.portal.url}/valbourg/journal-de-publication.jsonl", None),
        "desk.jsonl": (f"{people.base}/valbourg/@@publication-log", ("clerk", PASSWORD)),
    }
    for name, (url, auth) in addresses.items():
        answer = requests.get(url, auth=auth, timeout=60)
        assert answer.status_code == 200
        assert len(answer.content.splitlines()) > ITEMS
        (folder / name).write_bytes(answer.content)
    assert verify_log([str(folder / "desk.jsonl")]) == 0
    assert verify_log([str(folder / "portal.jsonl"), "--desk", str(folder / "desk.jsonl")]) == 0


def _reconciled(cluster):
    """The command, as an administrator runs it, beside the running desk."""
    one = cluster.deliverers[0]
    script = Script(cluster.zygote, one.log.parent, "reconcile", one.storage)
    script.environment = one.environment
    assert script.run(RECONCILE) in (0, 1), script.output()
    return json.loads(script.log.read_text()[script.log.read_text().index("{") :])["desk"]
