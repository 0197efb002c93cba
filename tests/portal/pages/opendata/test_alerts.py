"""Mail alerts, with a real SMTP server: asked for, confirmed, sent once, stopped, and nothing kept."""

import email
import logging
import published_samples as samples
import pytest
import re
import requests
import socket
import transaction
from aiosmtpd.controller import Controller
from axe_playwright_python.sync_playwright import Axe
from collective.deliberation.opendata.alerts import asking
from collective.deliberation.opendata.alerts import records
from collective.deliberation.opendata.alerts import settings
from collective.deliberation.opendata.alerts import tokens
from collective.deliberation.opendata.alerts.worker import Alerts
from collective.deliberation.opendata.alerts.worker import LEASE
from dataclasses import replace
from email import policy
from lxml import html
from plone import api
from time import time
from types import SimpleNamespace


KEY = "a key for tests only"
READER = "Lectrice@Exemple.example"  # an invented reader


class Mailbox:
    """What the server took; ``answer`` is what it says to the next messages."""

    def __init__(self):
        self.taken = []
        self.answer = "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 (aiosmtpd)
        if self.answer.startswith("250"):
            message = email.message_from_bytes(envelope.content, policy=policy.default)
            self.taken.append((envelope.rcpt_tos, message))
        return self.answer


@pytest.fixture(scope="module")
def server():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(Mailbox(), hostname="127.0.0.1", port=port)
    controller.start()
    yield controller
    controller.stop()


@pytest.fixture()
def alerts(site, server, monkeypatch):
    """The portal with alerts set up; ``alerts.work()`` does what the worker would, later by some seconds."""
    server.handler.taken.clear()
    server.handler.answer = "250 OK"
    monkeypatch.setenv(settings.KEY, KEY)
    monkeypatch.setenv(settings.URL, site.base)
    monkeypatch.setenv(settings.EVERY, "0")
    wanted = {
        "smtp_host": "127.0.0.1",
        "smtp_port": server.port,
        "email_from_address": "p@portail.example",
    }
    for name, value in wanted.items():
        api.portal.set_registry_record(f"plone.{name}", value)
    transaction.commit()
    clock = SimpleNamespace(ahead=0.0)
    worker = Alerts(
        site.plone._p_jar.db(), settings.read(), lambda: time() + clock.ahead, settled=0
    )

    def work(later=0.0):
        clock.ahead += later
        return worker.run_once()

    def known():
        site.plone._p_jar.sync()
        return records.peek(site.plone)

    return SimpleNamespace(
        get=site.get,
        post=lambda path, **data: requests.post(site.base + path, data=data, timeout=30),
        site=site,
        mail=server.handler.taken,
        server=server.handler,
        work=work,
        worker=worker,
        known=known,
    )


def form(alerts, query=""):
    page = html.fromstring(alerts.get(f"/alertes{query}").content)
    return dict(page.forms[0].fields)


def ask(alerts, query="", address=READER, **changes):
    return alerts.post("/alertes", **{**form(alerts, query), "adresse": address, **changes})


def link(message, word):
    return re.search(rf"/alertes/{word}/\S+", message.get_content())[0]


def subscribe(alerts, query=""):
    """Ask and confirm; the messages that were sent for it are gone."""
    ask(alerts, query)
    alerts.work()
    alerts.post(link(alerts.mail[-1][1], "confirmer"))
    alerts.mail.clear()


def publish(alerts, position, **changes):
    item = samples.item(samples.PAST_DAY, position, "Voirie : réfection du chemin vert", **changes)
    alerts.site.publish(item)
    return item


def test_the_whole_way_from_the_form_to_the_last_message(alerts, caplog):
    caplog.set_level(logging.DEBUG)
    asked = ask(alerts, "?q=voirie&institution=valbourg&etat=decision")
    assert asked.status_code == 200 and "no-store" in asked.headers["Cache-Control"]
    assert "Set-Cookie" not in asked.headers
    assert READER not in asked.text
    alerts.work()
    [(to, message)] = alerts.mail
    assert to == ["Lectrice@exemple.example"]
    assert "voirie" in message.get_content() and "48" in message.get_content()
    confirm = link(message, "confirmer")
    assert alerts.get(confirm).status_code == 200  # as a mail scanner does: it changes nothing
    assert not list(alerts.known().questions)
    assert alerts.post(confirm).status_code == 200

    item = publish(alerts, 7)
    publish(alerts, 8, stage="draft", draftDecision="<p>Voirie</p>")  # not a decision
    alerts.work()
    [_, (to, digest)] = alerts.mail
    text = digest.get_content()
    path = samples.address(samples.PAST, item)
    assert alerts.site.base + path in text and text.count(f"{alerts.site.base}/valbourg/") == 1
    assert "Voirie : réfection du chemin vert" in text
    assert digest["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert digest["Auto-Submitted"] == "auto-generated"
    assert alerts.work() == 0

    stop = digest["List-Unsubscribe"].strip("<>").removeprefix(alerts.site.base)
    assert alerts.get(stop).status_code == 200 and len(alerts.known().all) == 1
    answer = alerts.post(stop, **{"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not (list(alerts.known().all) or list(alerts.known().owners))
    assert alerts.post(stop).status_code == 200  # once more is no error
    publish(alerts, 9)
    assert alerts.work() == 0
    ours = [record.getMessage() for record in caplog.records if record.name != "mail.log"]
    assert ours and "exemple.example" not in " ".join(ours).lower()  # the server's own log apart


def test_a_draft_and_its_decision_are_news_and_a_correction_is_none(alerts):
    subscribe(alerts)
    draft = samples.NEXT_ITEMS[1]
    decided = replace(draft.record, stage="decision", resolutionText="<p>Décidé</p>")
    alerts.site.publish(replace(draft, revision=2, record=replace(draft.record, category="Autre")))
    assert alerts.work() == 0
    alerts.site.publish(replace(draft, revision=3, record=decided))
    assert alerts.work() == 1
    alerts.site.publish(replace(draft, revision=4, record=replace(decided, votes="Pour : 19")))
    assert alerts.work() == 0


def test_what_was_withdrawn_before_the_message_is_not_in_it(alerts):
    subscribe(alerts)
    alerts.site.withdraw(publish(alerts, 7), "Erreur")
    kept = publish(alerts, 8)
    alerts.work()
    [(_, digest)] = alerts.mail
    assert digest.get_content().count(f"{alerts.site.base}/valbourg/") == 1
    assert samples.address(samples.PAST, kept) in digest.get_content()


def test_a_message_that_the_server_refuses_is_sent_later_and_once(alerts):
    subscribe(alerts)
    publish(alerts, 7)
    alerts.server.answer = "451 Later"
    assert alerts.work() == 0
    alerts.server.answer = "250 OK"
    assert alerts.work() == 0  # not at once
    assert alerts.work(later=400) == 1
    assert alerts.work() == 0
    assert len(alerts.mail) == 1


def test_a_digest_whose_process_died_is_not_sent_again_and_the_next_one_says_so(
    alerts, monkeypatch
):
    subscribe(alerts)
    first = publish(alerts, 7)

    def die(message):
        raise SystemExit

    monkeypatch.setattr(alerts.worker, "_send", die)
    with pytest.raises(SystemExit):
        alerts.work()
    monkeypatch.undo()
    monkeypatch.setenv(settings.KEY, KEY)
    monkeypatch.setenv(settings.URL, alerts.site.base)
    second = publish(alerts, 8)
    assert alerts.work(later=LEASE + 60) == 1
    text = alerts.mail[0][1].get_content()
    assert samples.address(samples.PAST, second) in text
    assert samples.address(samples.PAST, first) not in text
    assert "interrompu" in text and "tri=date" in text


def test_nobody_is_told_twice_by_two_workers(alerts):
    subscribe(alerts)
    publish(alerts, 7)
    other = Alerts(alerts.worker.db, alerts.worker.settings, alerts.worker.clock, settled=0)
    assert alerts.work() + other.run_once() == 1


def test_an_address_that_nobody_confirms_is_forgotten_after_two_days(alerts):
    ask(alerts)
    alerts.work()
    confirm = link(alerts.mail[0][1], "confirmer")
    assert len(alerts.known().all) == 1
    alerts.work(later=records.UNCONFIRMED + 60)
    assert not list(alerts.known().all)
    assert alerts.post(confirm).status_code == 410


def test_a_token_opens_only_what_it_was_made_for(alerts):
    ask(alerts)
    alerts.work()
    token = link(alerts.mail[0][1], "confirmer").rpartition("/")[2]
    id, _, signature = token.rpartition(".")
    forged = tokens.sign(b"another key, as long", "confirmer", id)
    for path in (f"/alertes/arreter/{token}", f"/alertes/confirmer/{forged}"):
        alerts.post(path)
    assert len(alerts.known().all) == 1 and not list(alerts.known().questions)
    assert alerts.get(f"/alertes/confirmer/{id}.{signature[::-1]}").status_code == 410
    assert alerts.get("/alertes/autre/x").status_code == 404


def test_all_alerts_of_an_address_end_with_one_button(alerts):
    subscribe(alerts, "?q=voirie")
    subscribe(alerts, "?institution=valbourg")
    publish(alerts, 7)
    assert alerts.work() == 2
    alerts.post(link(alerts.mail[0][1], "arreter"), tout="1")
    assert not list(alerts.known().all)


def test_a_form_of_elsewhere_an_old_one_and_a_programs_are_not_taken(alerts):
    old = tokens.sign(KEY.encode(), "form", str(int(time()) - 90_000))
    assert ask(alerts, jeton=old).status_code == 403
    assert ask(alerts, jeton="1.x").status_code == 403
    answer = requests.post(
        f"{alerts.site.base}/alertes",
        data={**form(alerts), "adresse": READER},
        headers={"Sec-Fetch-Site": "cross-site"},
        timeout=30,
    )
    assert answer.status_code == 403
    assert ask(alerts, site_web="https://x.example").status_code == 200
    assert alerts.known() is None


def test_an_address_that_is_none_is_refused_beside_the_field(alerts):
    for wrong in ("", "a@b", "a b@c.example", "a@c.example\r\nBcc: d@e.example", "a,b@c.example"):
        answer = ask(alerts, "?q=voirie", address=wrong)
        page = html.fromstring(answer.content)
        assert answer.status_code == 400, wrong
        assert page.xpath("//input[@name='adresse']/@aria-invalid") == ["true"]
        assert page.xpath("//input[@name='q']/@value") == ["voirie"]
    assert alerts.known() is None


def test_nobody_can_be_flooded_and_nobody_learns_who_is_registered(alerts):
    answers = [ask(alerts, f"?annee={year}").text for year in range(2001, 2007)]
    assert len(set(map(_without_token, answers))) == 1
    assert len(alerts.known().all) == asking.TO_ONE_ADDRESS
    codes = [ask(alerts, address=f"l{n}@exemple.example").status_code for n in range(6)]
    assert codes == [200] * 4 + [429] * 2
    assert "127.0.0.1" not in repr(dict(alerts.known().attempts))


def _without_token(text):
    return re.sub(r'name="jeton"\s+type="hidden"\s+value="[^"]*"', "", text)


def test_words_of_a_stranger_are_cleaned_before_they_are_sent_to_anybody(alerts):
    ask(alerts, "?q=gagnez+%3Ca+href%3Dhttp://mal.example/x%3E")
    alerts.work()
    text = alerts.mail[0][1].get_content()
    assert "mal.example" not in text and "<a" not in text


def test_pages_offer_alerts_only_where_they_can_be_sent(alerts, monkeypatch):
    offered = f"{alerts.site.base}/alertes?institution=valbourg"
    assert offered in alerts.get("/valbourg").text
    monkeypatch.delenv(settings.KEY)
    alerts.site.institution.phone = "+32 81 00 00 01"  # or the page would be the kept one
    transaction.commit()
    assert offered not in alerts.get("/valbourg").text
    assert alerts.get("/alertes").status_code == 404


def test_settings_that_cannot_be_used_are_named():
    good = {settings.KEY: "k" * 16, settings.URL: "https://x.example/"}
    assert settings.read(good).url == "https://x.example"
    assert settings.read({}) is None
    for name, value in ((settings.KEY, "short"), (settings.URL, "x"), (settings.EVERY, "often")):
        with pytest.raises(ValueError, match=name):
            settings.read({**good, name: value})


def test_axe_finds_nothing_on_the_pages_of_an_alert(alerts, chromium):
    subscribe(alerts, "?q=voirie")
    publish(alerts, 7)
    alerts.work()
    stop = link(alerts.mail[0][1], "arreter")
    page = chromium.new_page(viewport={"width": 375, "height": 800})
    found = {}
    for path in ("/alertes?q=voirie&institution=valbourg", stop, "/alertes/confirmer/x.y"):
        page.goto(alerts.site.base + path)
        found[path] = [each["id"] for each in Axe().run(page).response["violations"]]
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide, path
    page.goto(f"{alerts.site.base}/alertes")
    page.fill("#adresse", "pas une adresse")
    page.evaluate("document.querySelector('main form').noValidate = true")
    page.click("main form button")
    found["refused"] = [each["id"] for each in Axe().run(page).response["violations"]]
    assert page.locator("[role=alert]").count() == 1
    page.close()
    assert found == {path: [] for path in found}
