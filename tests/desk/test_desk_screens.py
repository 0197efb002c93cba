"""Every screen of the desk in a real chromium: accessible, named in the browser's title, no wider than its window."""

import pytest
import re
import transaction
from axe_playwright_python.sync_playwright import Axe
from collective.deliberation.testing import PASSWORD
from plone import api
from zope.component.hooks import setSite


RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": RULES, "resultTypes": ["violations"]}
# What the editor, the widget for key words and Plone's own navigation draw is theirs: what we give them is looked at.
THEIRS = (".tox-statusbar", ".tox-menubar", ".select2-container", "#portal-globalnav-wrapper")
PAGE = {"exclude": [[each] for each in THEIRS]}
HEADING = "(document.querySelector('#content h1') || document.querySelector('h1')).innerText"


@pytest.fixture()
def screens(live_desk):
    """The address of each screen, on the sample content."""
    site = live_desk.site
    site.portal_setup.runAllImportStepsFromProfile("profile-collective.deliberation:demo")
    transaction.commit()
    setSite(site)
    institution = site["valbourg"]
    meeting = institution.objectValues()[-1]
    item = next(i for i in meeting.objectValues() if api.content.get_state(i) == "proposed")
    annex = item.objectValues()[0]
    address = {
        name: live_desk.base + "/".join(content.getPhysicalPath())[len("/desk") :]
        for name, content in {
            "institution": institution,
            "meeting": meeting,
            "item": item,
            "annex": annex,
        }.items()
    }
    views = {
        "institution": ("view", "edit", "@@roster", "@@withdrawal-reasons", "@@import-meeting"),
        "meeting": ("view", "edit", "@@publication-plan", "@@transition?workflow_action=hold"),
        "item": (
            *("view", "edit", "@@public-preview", "@@review-personal-data", "@@personal-data"),
            *("@@personal-data-proof", "@@publication-plan"),
            "@@transition?workflow_action=approve",
        ),
        "annex": ("view", "@@annex-review", "@@annex-redact"),
    }
    site_views = ("", "/@@publishing-queue?state=waiting", "/@@reconciliation", "/@@import-meeting")
    return {
        **{f"desk{view}": live_desk.base + view for view in site_views},
        **{
            f"{name} {view}": f"{address[name]}/{view}"
            for name, found in views.items()
            for view in found
        },
    }


def log_in(page, base, user):
    page.goto(f"{base}/login")
    page.fill("#__ac_name", user)
    page.fill("#__ac_password", PASSWORD)
    with page.expect_navigation():
        page.click("[name='buttons.login']")


def test_screens_are_accessible_and_named_and_fit_their_window(chromium, live_desk, screens):
    context = chromium.new_context(bypass_csp=True, locale="fr-BE")
    page = context.new_page()
    log_in(page, live_desk.base, "clerk")
    found, titles = {}, {}
    for name, address in screens.items():
        assert page.goto(address).status == 200, name
        page.wait_for_load_state("networkidle")
        page.evaluate(Axe().axe_script)
        for width in (1280, 375):
            page.set_viewport_size({"width": width, "height": 900})
            report = page.evaluate("([page, how]) => axe.run(page, how)", [PAGE, OPTIONS])
            assert report["passes"], name
            problems = [
                (rule["id"], [node["html"] for node in rule["nodes"]])
                for rule in report["violations"]
            ]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                problems.append(("wider than the window", []))
            if problems:
                found[name, width] = problems
        titles.setdefault(page.title(), []).append(name)
        heading = re.sub(r"^[0-9]+\s+", "", page.evaluate(HEADING))  # an item's number
        if not page.title().startswith(heading):
            found[name, "title"] = page.title(), heading
    context.close()
    assert not found, "\n".join(map(str, found.items()))
    assert [names for names in titles.values() if len(names) > 1] == []
    assert all(title.endswith(live_desk.site.title) for title in titles)


def test_the_tools_can_be_reached_and_worked_with_the_keyboard(chromium, live_desk):
    context = chromium.new_context(locale="fr-BE", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    log_in(page, live_desk.base, "clerk")
    page.goto(live_desk.base)
    narrow = page.get_by_role("button", name="Réduire les outils")
    narrow.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Élargir les outils").wait_for()
    account = page.get_by_role("button", name="clerk")
    account.focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Se déconnecter").wait_for()
    context.close()
