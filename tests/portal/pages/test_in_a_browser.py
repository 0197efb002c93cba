"""The pages for a first visitor, and for one without scripts, without style, without a mouse."""

import gzip
import io
import published_samples as samples
import pytest
import transaction
import zipfile
from pathlib import Path
from PIL import Image
from plone.namedfile.file import NamedBlobImage


DECISION = samples.address(samples.PAST, samples.PAST_ITEMS[1])
MAX_WEIGHT = 60_000  # bytes, gzip, with all assets
MAX_REQUESTS = 6
WATCH = """
() => new Promise(done => {
    const seen = {shifts: 0, largest: null};
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) seen.shifts += entry.value;
    }).observe({type: "layout-shift", buffered: true});
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) {
            seen.largest = {url: entry.url, inside: entry.element?.closest("main") !== null};
        }
        requestAnimationFrame(() => requestAnimationFrame(() => done(seen)));
    }).observe({type: "largest-contentful-paint", buffered: true});
})
"""


@pytest.fixture()
def logo(site):
    file = io.BytesIO()
    Image.new("RGB", (1200, 600), "#7a1f3d").save(file, "PNG")
    site.institution.logo = NamedBlobImage(file.getvalue(), "image/png", "logo.png")
    transaction.commit()


@pytest.mark.parametrize("width", [1280, 375])
def test_a_first_visit_is_light_nothing_moves_and_the_largest_paint_is_text(
    chromium, site, logo, width
):
    context = chromium.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(site.base + DECISION, wait_until="networkidle")
    seen = page.evaluate(WATCH)
    weight = sum(len(gzip.compress(answer.body())) for answer in answers)
    context.close()
    assert 2 < len(answers) + 1 <= MAX_REQUESTS  # the browser may ask for an icon, too
    assert weight < MAX_WEIGHT
    assert seen["shifts"] == 0
    assert seen["largest"] == {"url": "", "inside": True}


def test_without_scripts_and_mouse_the_keyboard_leads_from_the_home_page_to_the_archive(
    chromium, site
):
    context = chromium.new_context(java_script_enabled=False, accept_downloads=True)
    page = context.new_page()
    page.goto(f"{site.base}/@@deliberations")
    page.focus("#nom")
    page.keyboard.type("valb")
    with page.expect_navigation(url=f"{site.base}/valbourg"):
        page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**#contenu")  # past the head of the page
    page.keyboard.press("Tab")
    page.keyboard.type("voirie")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.inner_text("#h-results") == "2 points trouvés"
    page.focus(".facets a")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.inner_text("#h-results") == "1 point trouvé"
    page.focus(".take a")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    names = zipfile.ZipFile(Path(download.value.path())).namelist()
    context.close()
    assert len(names) == 2


def test_without_scripts_what_is_folded_opens(chromium, site):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.base + DECISION)
    cited = page.get_by_text("Valbourg, Conseil communal, séance du")
    assert not cited.is_visible()
    page.get_by_text("Citer cette décision").focus()
    page.keyboard.press("Enter")
    assert cited.is_visible()
    context.close()


def test_without_style_a_page_reads_in_order_and_says_all(chromium, site):
    context = chromium.new_context()
    page = context.new_page()
    page.route("**/*.css", lambda route: route.abort())
    page.goto(site.base + DECISION)
    text = page.inner_text("body")
    order = [
        "Aller au contenu",
        "Valbourg",
        "École communale du Tilleul",
        "Décision publiée le",
        "D'approuver le cahier des charges",
        "Pour : 17",
        "Vu la loi du 17 juin 2016",
        "Cahier des charges",
        "Historique",
        "Document manquant",
        "Point suivant",
        "Place de la Halle 1",
    ]
    places = [text.index(part) for part in order[:1]]
    for part in order[1:]:
        places.append(text.index(part, places[-1]))
    page.goto(f"{site.base}/@@deliberations")
    assert page.locator(".map").bounding_box()["width"] <= page.viewport_size["width"]
    assert page.get_by_role("link", name="Valbourg", exact=True).first.is_visible()
    context.close()


def test_the_keyboard_reaches_the_content_first_and_sees_where_it_is(chromium, site):
    page = chromium.new_page()
    page.goto(site.base + DECISION)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#contenu")
    assert page.evaluate("document.activeElement.id") == "contenu"
    reached = []
    for _step in range(60):
        page.keyboard.press("Tab")
        width = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        where = page.evaluate(
            "document.activeElement.closest('main') ? document.activeElement.textContent : ''"
        )
        if not where:
            break
        assert width == "3px", where
        reached.append(" ".join(where.split()))
    wanted = page.locator("main :is(a[href], summary, [tabindex='0'])").count()
    page.close()
    assert len(reached) == wanted
