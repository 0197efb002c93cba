"""From a draft to the public page and back out of it, as agent, clerk and citizen do it in a browser."""

import pytest
import re
from collective.deliberation.demo import files
from datetime import date
from datetime import timedelta
from pathlib import Path
from runpy import run_path


HERE = Path(__file__).parent
browsing = run_path(str(HERE / "browser.py"))
NAME = "Aldegonde Wautriche"
REASON = "Le texte publié comportait une erreur matérielle."
PICTURES = HERE.parent.parent / "var" / "screenshots"


@pytest.fixture()
def people(live_sites, chromium):
    """``people("agent")`` is at the desk, ``people()`` is anybody at the portal."""
    live_sites.desk.stop()
    live_sites.desk.start(**live_sites.deliverer_on())
    PICTURES.mkdir(parents=True, exist_ok=True)

    def person(user=""):
        site = live_sites.desk if user else live_sites.portal
        # By name: Plone shows its theme under any name but 127.0.0.1.
        url = site.url.replace("127.0.0.1", "localhost")
        return browsing["Person"](chromium, url, PICTURES, user)

    yield person


def test_an_item_goes_from_a_draft_to_a_public_decision_and_is_withdrawn(
    people, live_sites, tmp_path
):
    agent, clerk, citizen = people("agent"), people("clerk"), people()

    # The agent writes.
    agent.go("/valbourg")
    agent.follow("++add++Meeting")
    day = date.today() + timedelta(days=40)
    agent.page.fill("[name='form.widgets.start']", f"{day.isoformat()}T19:00")
    agent.page.fill("[name='form.widgets.location']", "Maison communale")
    agent.picture("01-meeting-form")
    agent.save()
    meeting = agent.address
    agent.follow("++add++Item")
    agent.page.fill("[name='form.widgets.title']", "Occupation de la voirie – Rue du Moulin")
    agent.page.select_option("[name='form.widgets.category:list']", label="Travaux")
    agent.write("motivation", f"Vu la demande de {NAME} d'occuper la voirie pour trois jours ;")
    agent.mark("motivation", NAME, "Personne")
    agent.picture("02-item-form-with-mark")
    agent.write("draftDecision", f"Article 1er. {NAME} peut occuper la rue du Moulin.")
    agent.save()
    item = agent.address
    assert NAME in agent.reads()
    agent.follow("++add++Annex")
    plan = tmp_path / f"plan {NAME}.pdf"
    plan.write_bytes(files.make("pdf", ("Plan de la rue du Moulin",)))
    agent.page.fill("[name='form.widgets.title']", f"Plan de {NAME}")
    agent.page.set_input_files("[name='form.widgets.file']", plan)
    agent.picture("03-annex-form")
    agent.save()
    agent.go(item)
    agent.picture("04-item-to-propose")
    agent.step("propose")

    # The clerk sees what is missing, and mends it.
    clerk.go(item)
    clerk.follow("workflow_action=approve")
    assert clerk.page.locator(".desk-checks .desk-missing").count() == 1
    assert f"Plan de {NAME}" in clerk.page.locator(".desk-checks .desk-missing").inner_text()
    assert clerk.page.locator(".desk-form button[type=submit]").is_disabled()
    clerk.picture("05-checklist-lacks-the-annex")
    clerk.go(item)
    clerk.step("publish")
    clerk.go(item)
    clerk.follow("@@public-preview")
    for text in clerk.page.locator(".pm-public").all_inner_texts():
        assert NAME not in text
    assert re.search(
        r"Personne [A-Z]\b", " ".join(clerk.page.locator(".pm-public").all_inner_texts())
    )
    clerk.picture("06-public-preview")
    clerk.go(item)
    clerk.step("approve")
    clerk.go(meeting)
    clerk.follow("workflow_action=convene")
    clerk.picture("07-convene")
    clerk.confirm()

    # Anybody reads it within five seconds.
    short_uid = item.rsplit("/", 1)[-1]
    meeting_path = "/valbourg/" + meeting.rsplit("/", 1)[-1]
    seconds = live_sites.until(lambda: citizen.go(f"{meeting_path}/{short_uid}") == 200)
    assert seconds < 5
    public = citizen.address
    shown = citizen.reads()
    assert re.search(r"Personne [A-Z]\b", shown)
    assert "Projet de décision" in shown
    assert NAME not in citizen.page.content()
    assert citizen.page.locator(".notice.draft").count() == 1
    annexes = citizen.page.locator(f"a[href*='/{short_uid}/annexes/']")
    assert annexes.evaluate_all("links => new Set(links.map(link => link.pathname)).size") == 1
    citizen.picture("08-public-draft")

    # The meeting is held; the decision is written, validated, and replaces the draft.
    clerk.go(meeting)
    clerk.step("hold")
    agent.go(f"{item}/edit")
    decision_tab = agent.page.locator(".autotoc-nav a, nav.nav-tabs a").last
    if decision_tab.count():
        decision_tab.click()
    agent.write("resolutionText", f"Article 1er. {NAME} est autorisée à occuper la rue du Moulin.")
    agent.picture("09-decision-form")
    agent.save()
    agent.go(item)
    agent.step("decide")
    clerk.go(item)
    clerk.step("validate")
    clerk.go(meeting)
    clerk.step("close")
    live_sites.until(
        lambda: citizen.go(public) == 200 and citizen.page.locator(".notice.decision").count() == 1
    )
    assert re.search(r"Personne [A-Z] est autorisée", citizen.reads())
    assert NAME not in citizen.page.content()
    citizen.picture("10-public-decision")
    search = "/@@deliberations-search?q=autorisee"
    citizen.go(search)
    assert short_uid in citizen.page.content()
    citizen.picture("11-search")

    # Withdrawn: the address says so and why; nothing leads there any more.
    clerk.go(item)
    clerk.follow("workflow_action=withdraw")
    clerk.page.fill("#reason", REASON)
    clerk.picture("12-withdraw")
    clerk.confirm()
    live_sites.until(lambda: citizen.go(public) == 410)
    assert REASON in citizen.reads()
    assert "Personne " not in citizen.page.content()
    citizen.picture("13-public-withdrawn")
    citizen.go(search)
    assert short_uid not in citizen.page.content()
    citizen.go(meeting_path)
    assert f"/{short_uid}" not in citizen.page.content()
