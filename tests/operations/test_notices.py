"""Who runs a desk is told of what needs a person: once for each cause, and without saying of whom."""

import json
import pytest
import socket
import transaction
from aiosmtpd.controller import Controller
from collective.deliberation.operations.watch import Watch
from collective.deliberation.publishing.outbox import outbox
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from plone import api
from plone.dexterity.utils import createContentInContainer
from threading import Thread


SECRET = "Zulma Quintard"


class Hook:
    """A webhook that keeps what it is told, and refuses while ``broken``."""

    def __init__(self):
        hook = self
        self.told, self.broken = [], False

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):  # noqa: N802 (http.server)
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if not hook.broken:
                    hook.told.append(json.loads(body))
                self.send_response(500 if hook.broken else 204)
                self.end_headers()

            def log_message(self, *arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def causes(self):
        return [cause for told in self.told for cause in told["causes"]]


class Mailbox:
    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 (aiosmtpd)
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"


@pytest.fixture()
def hook(monkeypatch):
    hook = Hook()
    monkeypatch.setenv("DELIBERATION_NOTICES_WEBHOOK", hook.url)
    monkeypatch.setenv("DELIBERATION_DESK_URL", "https://desk.example")
    yield hook
    hook.server.shutdown()


@pytest.fixture()
def desk_site(live_desk):
    site = live_desk.site
    api.content.create(site, "Institution", title="Valbourg", id="valbourg", bodies=("conseil|C",))
    outbox(site)
    transaction.commit()
    return site


def watch(site):
    told = Watch(site._p_jar.db()).run_once()
    transaction.begin()
    return told


def park(site, uid):
    box = outbox(site)
    job = {"kind": "item", "action": "put", "institution": "valbourg", "revision": 1}
    box.add(box.known(uid, "valbourg"), f"Refused: {SECRET}", uid=uid, **job)
    transaction.commit()


def test_a_refused_publication_is_told_once(desk_site, hook):
    assert watch(desk_site) == 0
    park(desk_site, "a" * 32)
    assert [watch(desk_site), watch(desk_site)] == [1, 0]
    park(desk_site, "b" * 32)
    assert watch(desk_site) == 1
    assert [cause["kind"] for cause in hook.causes] == ["parked", "parked"]
    assert hook.causes[0]["institution"] == "Valbourg"
    assert hook.causes[0]["url"] == "https://desk.example/@@publishing-queue"
    assert SECRET not in json.dumps(hook.told)


def test_many_causes_at_once_are_one_message(desk_site, hook):
    for number in range(7):
        park(desk_site, f"{number:032x}")
    assert watch(desk_site) == 7
    assert len(hook.told) == 1


def test_meetings_to_come_whose_drafts_are_nearly_due_or_late_are_told_once(desk_site, hook):
    for days in (60, 8, 2, -30):  # far, nearly due, late, and long past
        start = datetime.now(timezone.utc) + timedelta(days=days)
        createContentInContainer(
            desk_site["valbourg"], "Meeting", body="conseil", start=start, location=SECRET
        )
    transaction.commit()
    assert [watch(desk_site), watch(desk_site)] == [2, 0]
    assert {cause["kind"] for cause in hook.causes} == {"soon", "late"}
    assert all(cause["url"].startswith("https://desk.example/valbourg/") for cause in hook.causes)
    assert SECRET not in json.dumps(hook.told)


def test_what_could_not_be_sent_is_sent_when_it_can_be(desk_site, hook):
    park(desk_site, "a" * 32)
    hook.broken = True
    with pytest.raises(Exception, match="500"):
        watch(desk_site)
    hook.broken = False
    assert [watch(desk_site), watch(desk_site)] == [1, 0]


def test_a_mail_says_in_french_what_needs_a_person(desk_site, monkeypatch):
    box = Mailbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    try:
        desk_site.MailHost.smtp_host, desk_site.MailHost.smtp_port = "127.0.0.1", port
        api.portal.set_registry_record("plone.smtp_host", "127.0.0.1")
        api.portal.set_registry_record("plone.smtp_port", port)
        monkeypatch.setenv(
            "DELIBERATION_NOTICES_MAIL", "dsi@valbourg.example greffe@valbourg.example"
        )
        park(desk_site, "a" * 32)
        assert watch(desk_site) == 1
    finally:
        server.stop()
    (mail,) = box.mails
    assert "dsi@valbourg.example" in mail["To"] and "greffe@valbourg.example" in mail["To"]
    assert "refusée" in mail.get_content() and SECRET not in mail.as_string()


def test_nobody_is_watched_for_when_nobody_wants_to_be_told(desk_site):
    assert Watch(desk_site._p_jar.db()).start(None) is None
