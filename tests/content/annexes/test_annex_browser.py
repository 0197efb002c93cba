"""Review and redaction of an annex in a real browser: with the mouse, with keys only, on a small screen."""

import io
import pytest
import transaction
from annex_files import NAME
from annex_files import pdf
from annex_files import pdf_of_pages
from axe_playwright_python.sync_playwright import Axe
from pathlib import Path
from playwright.sync_api import expect
from plone.namedfile.file import NamedBlobFile
from pypdf import PdfReader


RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PICTURES = Path(__file__).parents[3] / "var" / "screenshots"


@pytest.fixture()
def visit(live_desk, chromium):
    """``visit(path, width)``: a page of the desk, as clerk."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    # By name: Plone shows its theme under any name but 127.0.0.1.
    base = live_desk.base.replace("127.0.0.1", "localhost")
    contexts = []

    def opened(path, width=1280):
        context = chromium.new_context(viewport={"width": width, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(f"{base}/login")
        page.fill("#__ac_name", "clerk")
        page.fill("#__ac_password", "deliberation")
        with page.expect_navigation():
            page.click("[name='buttons.login']")
        page.goto(base + path)
        return page

    yield opened
    for context in contexts:
        context.close()


def blameless(page, name):
    """No finding of axe, nothing wider than the screen; keeps a picture."""
    width = page.viewport_size["width"]
    page.screenshot(path=PICTURES / f"annex-{name}-{width}.png", full_page=True)
    report = Axe().run(page, context="#content", options={"runOnly": RULES}).response
    assert report["passes"]
    found = [
        (rule["id"], [node["html"] for node in rule["nodes"]]) for rule in report["violations"]
    ]
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1280, 375])
def test_the_review_and_the_redaction_are_accessible_at_each_width(annexes, visit, width):
    path = annexes.add(pdf("Plan de la rue du Moulin", f"Demande de {NAME}", author=NAME))
    page = visit(f"{path}/@@annex-review", width)
    expect(page.locator(".annex-hits").first).to_contain_text(NAME)
    blameless(page, "review")
    page.goto(page.url.replace("@@annex-review", "@@annex-redact"))
    expect(page.locator(".annex-box")).to_have_count(1)
    page.wait_for_function("document.getElementById('annex-image').naturalWidth > 0")
    blameless(page, "redact")
    page.click("#annex-burn")
    expect(page.locator("#annex-preview-heading")).to_be_focused()
    page.wait_for_function("document.getElementById('annex-preview-image').naturalWidth > 0")
    blameless(page, "preview")


def test_boxes_are_drawn_with_the_mouse_burnt_seen_and_kept(annexes, visit):
    path = annexes.add(pdf_of_pages(["Vu la demande", f"de {NAME}"], ["Le demandeur habite ici"]))
    page = visit(f"{path}/@@annex-redact")
    page.click("#annex-next")
    expect(page.locator("#annex-number")).to_have_value("2")
    page.wait_for_function("document.getElementById('annex-image').naturalWidth > 0")
    frame = page.locator("#annex-page").bounding_box()
    left, top = frame["x"] + 0.1 * frame["width"], frame["y"] + 0.08 * frame["height"]
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(left + 0.3 * frame["width"], top + 0.03 * frame["height"], steps=4)
    page.mouse.up()
    expect(page.locator("#annex-boxes li")).to_have_count(1)
    expect(page.locator("#annex-counts")).to_have_text("page 1 : 1 · page 2 : 1")
    page.click("#annex-burn")
    expect(page.locator("#annex-verdict")).to_contain_text("rien de la liste ne s'y lit")
    page.click("#annex-preview-next")
    with page.expect_navigation():
        page.click("#annex-keep")
    assert page.url.endswith("/@@annex-review")
    annex = annexes.of(path)
    texts = [each.extract_text() for each in PdfReader(io.BytesIO(annex.publicFile.data)).pages]
    assert [text.split() for text in texts] == [["Vu", "la", "demande", "de"], []]


def test_keys_alone_add_move_resize_and_remove_boxes(annexes, visit):
    path = annexes.add(pdf("Plan"))
    page = visit(f"{path}/@@annex-redact")
    expect(page.locator("#annex-boxes")).to_contain_text("Aucun cadre")
    page.focus("#annex-add")
    page.keyboard.press("Enter")
    box = page.locator(".annex-box")
    expect(box).to_be_focused()
    before = box.bounding_box()
    for key in ("ArrowLeft", "ArrowUp", "Shift+ArrowRight", "Shift+ArrowDown"):
        for _press in range(10):
            page.keyboard.press(key)
    after = box.bounding_box()
    assert after["x"] < before["x"] - 5 and after["y"] < before["y"] - 5
    assert after["width"] > before["width"] + 5 and after["height"] > before["height"] + 5
    expect(box).to_be_focused()
    label = box.get_attribute("aria-label")
    expect(page.locator("#annex-boxes li")).to_contain_text(label)
    page.keyboard.press("Delete")
    expect(page.locator(".annex-box")).to_have_count(0)
    expect(page.locator("#annex-add")).to_be_focused()


def test_a_forgotten_name_is_told_and_the_boxes_can_be_corrected(annexes, visit):
    path = annexes.add(pdf("Plan", f"de {NAME}"))
    page = visit(f"{path}/@@annex-redact")
    page.focus(".annex-box")
    page.keyboard.press("Delete")
    page.click("#annex-burn")
    expect(page.locator("#annex-verdict")).to_contain_text("page 1")
    expect(page.locator("#annex-keep")).to_be_hidden()
    page.click("#annex-correct")
    expect(page.locator("#annex-draw")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 375])
def test_a_choice_that_takes_a_while_says_so_and_is_made_once(annexes, visit, width):
    path = annexes.add(pdf("Plan"))
    page = visit(f"{path}/@@annex-review", width)
    made = []

    def unanswered(route):  # a browser stays on the page
        made.append(route.request.method)
        route.fulfill(status=204)

    page.route("**/@@annex-review", unanswered)
    page.evaluate("for (const n of [1, 2]) document.querySelector('[value=publish]').click()")
    expect(page.locator("[data-working]")).to_contain_text("est envoyé, nettoyé ou analysé")
    blameless(page, "working")
    assert made == ["POST"]


def test_a_file_that_was_not_searched_is_searched_as_soon_as_its_review_is_opened(annexes, visit):
    path = annexes.add(pdf("Plan"))
    annexes.of(path).file = NamedBlobFile(pdf("Plan", NAME), "application/pdf", "plan.pdf")
    transaction.commit()
    page = visit(f"{path}/@@annex-review")
    expect(page.locator(".annex-hits").first).to_contain_text(NAME)
