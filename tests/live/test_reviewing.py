"""A clerk reviews the personal data of a three-page deliberation by keyboard alone, in a real browser."""

import pytest
import transaction
from axe_playwright_python.sync_playwright import Axe
from browser import Person
from collective.deliberation.content.public_rendering import public_texts
from collective.deliberation.content.review import decisions
from datetime import datetime
from datetime import timezone
from plone import api
from plone.app.textfield.value import RichTextValue


SECONDS = 90
KEYS_PER_SUGGESTION = 2
PEOPLE = (  # invented
    ("Monsieur", "Anselme Poncin", "rue du Moulin 12 à 5999 Valbourg"),
    ("Madame", "Odile Rasquin", "avenue des Tilleuls 4 à 5999 Valbourg"),
    ("Monsieur", "Baudouin Delcourt", "place de la Halle 7 à 5999 Valbourg"),
    ("Madame", "Yamina Belkacem", "chemin des Crêtes 31 à 5999 Valbourg"),
    ("Monsieur", "Tadeusz Wojcik", "rue du Pont 3 à 5999 Valbourg"),
)
MORE = ("85.07.30-033.28", "0477 12 34 56")
FILLER = (
    "Considérant que la voirie en question présente une largeur utile suffisante pour le passage des "
    "véhicules de secours ; que le dossier a été soumis à l'avis du service technique, qui l'a rendu "
    "favorable sous réserve du maintien d'un passage libre le long des façades ; que les riverains ont "
    "été informés par affichage et que le délai de réclamation est écoulé ;"
)


def deliberation():
    """About three printed pages."""
    parts = []
    for civility, name, address in PEOPLE:
        parts.append(f"<p>Vu la réclamation de {civility} {name}, domicilié {address} ;</p>")
        parts += [f"<p>{FILLER}</p>"] * 4
    parts.append(f"<p>Vu son numéro national {MORE[0]} et son numéro de téléphone {MORE[1]} ;</p>")
    return RichTextValue("".join(parts), "text/html", "text/x-html-safe")


@pytest.fixture()
def item(live_desk):
    institution = api.content.create(
        live_desk.site, "Institution", title="Valbourg", slug="valbourg"
    )
    start = datetime(2026, 12, 14, 18, tzinfo=timezone.utc)
    meeting = api.content.create(institution, "Meeting", title="-", body="conseil", start=start)
    item = api.content.create(
        meeting, "Item", title="Réclamations des riverains", motivation=deliberation()
    )
    transaction.commit()
    return item


@pytest.fixture()
def clerk(live_desk, chromium, item, tmp_path):
    """A clerk at the review screen."""
    person = Person(chromium, live_desk.base, tmp_path, "clerk")
    path = "/".join(item.getPhysicalPath()[2:])
    person.go(f"/{path}/@@review-personal-data")
    person.page.wait_for_selector(".review-scripted .review-current")
    yield person
    person.page.context.close()


def left(page):
    return page.locator('.review-group[data-state="open"]').count()


def settled(page):
    page.wait_for_function(
        "!document.querySelector('.review-sending') && "
        "document.querySelector('.review-count').dataset.left === '0'"
    )


def test_twelve_suggestions_in_ninety_seconds_with_two_keys_each(clerk, item, capsys):
    page = clerk.page
    suggestions = left(page)
    assert suggestions == 12
    began = page.evaluate("performance.now()")
    keys = 0
    while left(page):
        words = page.locator(".review-current .review-words").inner_text()
        page.keyboard.press("r" if "0477" in words else "a")
        keys += 1
        assert keys <= KEYS_PER_SUGGESTION * suggestions
    settled(page)
    seconds = (page.evaluate("performance.now()") - began) / 1000
    with capsys.disabled():
        print(f"\n{suggestions} suggestions judged with {keys} keys in {seconds:.1f} s")
    assert keys <= KEYS_PER_SUGGESTION * suggestions
    assert seconds < SECONDS
    assert page.evaluate("document.activeElement.closest('.review-next') !== null")

    transaction.begin()
    public = " ".join(text.public for text in public_texts(item))
    for _, name, address in PEOPLE:
        assert name.split()[-1] not in public and address not in public
    assert MORE[0] not in public and MORE[1] in public
    assert decisions.open_groups(item) == ()


def test_keys_move_undo_and_judge_a_whole_category(clerk):
    page = clerk.page
    first = page.locator(".review-current").get_attribute("data-key")
    page.keyboard.press("j")
    assert page.locator(".review-current").get_attribute("data-key") != first
    page.keyboard.press("k")
    assert page.locator(".review-current").get_attribute("data-key") == first
    before = left(page)
    while page.locator(".review-current").get_attribute("data-category") != "person":
        page.keyboard.press("j")
    page.keyboard.press("g")
    page.wait_for_function("!document.querySelector('.review-sending')")
    judged = before - left(page)
    assert judged == len(PEOPLE)
    page.keyboard.press("u")
    page.wait_for_function("!document.querySelector('.review-sending')")
    assert left(page) == before
    assert page.locator(".review-here").count() >= 1


def test_what_was_decided_is_there_after_the_page_is_loaded_again(clerk):
    page = clerk.page
    before = left(page)
    page.keyboard.press("a")
    page.wait_for_function("!document.querySelector('.review-sending')")
    page.reload()
    page.wait_for_selector(".review-scripted .review-current")
    assert left(page) == before - 1


def test_a_decision_that_can_not_be_sent_is_kept_said_and_sent_again(clerk):
    page = clerk.page
    before = left(page)
    page.context.set_offline(True)
    page.keyboard.press("a")
    page.wait_for_selector("#review-problem:not([hidden])")
    assert "pas encore enregistrée" in page.inner_text("#review-problem")
    page.context.set_offline(False)
    page.click("#review-problem button")
    page.wait_for_selector("#review-problem", state="hidden")
    page.wait_for_function("!document.querySelector('.review-sending')")
    page.reload()
    page.wait_for_selector(".review-scripted .review-current")
    assert left(page) == before - 1


def test_selected_text_that_the_machine_missed_is_hidden(clerk, item):
    page = clerk.page
    page.evaluate(
        """() => {
          const texts = document.createTreeWalker(
            document.querySelector(".review-texts"), NodeFilter.SHOW_TEXT);
          let text;
          while ((text = texts.nextNode())) {
            const at = text.data.indexOf("service technique");
            if (at < 0) continue;
            getSelection().setBaseAndExtent(text, at, text, at + 17);
            return;
          }
        }"""
    )
    page.keyboard.press("m")
    assert page.input_value("#review-form") == "service technique"
    page.keyboard.press("Tab")
    page.keyboard.press("A")  # "Autre donnée" or "Adresse": any category hides it
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function(
        "!document.querySelector('.review-sending') && "
        "document.querySelectorAll('mark.review-accepted').length > 0"
    )
    transaction.begin()
    assert "service technique" not in " ".join(text.public for text in public_texts(item))


@pytest.mark.parametrize("width", [1280, 375])
def test_axe_finds_nothing_on_the_screen(clerk, width):
    clerk.page.set_viewport_size({"width": width, "height": 850})
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    options = {"runOnly": {"type": "tag", "values": rules}}
    results = Axe().run(clerk.page, context=".review", options=options)
    found = [
        (each["id"], [n["html"] for n in each["nodes"]]) for each in results.response["violations"]
    ]
    assert found == []
    overflow = clerk.page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert overflow <= 0
