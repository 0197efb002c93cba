"""The button "Donnée personnelle", in a browser: marks made, kept, changed and removed."""

import base64
import pytest
import re
from collective.deliberation.testing import PASSWORD


EDITOR = "tinymce.get('form-widgets-motivation')"
SELECT = f"""words => {{
  const editor = {EDITOR}, texts = document.createTreeWalker(editor.getBody(), NodeFilter.SHOW_TEXT);
  let text;
  while ((text = texts.nextNode())) {{
    const at = text.data.indexOf(words);
    if (at < 0) continue;
    const range = editor.dom.createRng();
    range.setStart(text, at);
    range.setEnd(text, at + words.length);
    editor.focus();
    editor.selection.setRng(range);
    return;
  }}
  throw new Error("not in the text: " + words);
}}"""
CARET = f"""category => {{
  const editor = {EDITOR}, mark = editor.getBody().querySelector(`[data-pm-cat="${{category}}"]`);
  editor.focus();
  editor.selection.setCursorLocation(mark.firstChild, 2);
  editor.nodeChanged();
}}"""
STYLED = (
    f"[...{EDITOR}.getDoc().querySelectorAll('link[rel=stylesheet]')].every(link => link.sheet)"
)
MIDDLE = f"""() => {{
  const place = {EDITOR}.selection.getRng().getBoundingClientRect();
  return [place.left + place.width / 2, place.top + place.height / 2];
}}"""
TEXT = "<p>Vu la demande de Josette Wautelet, rue du Moulin 12&nbsp;; 3 &lt; 4</p>"


class Editor:
    """The edit form of an item, in a browser, as agent."""

    def __init__(self, page, address):
        self.page = page
        self.address = address

    def open(self):
        self.page.goto(f"{self.address}/edit")
        self.page.wait_for_function(f"window.tinymce && {EDITOR} && {EDITOR}.initialized")
        return self

    def select(self, words):
        self.page.evaluate(SELECT, words)

    def caret_in(self, category):
        self.page.evaluate(CARET, category)

    def choose(self, entry, within=".tox-editor-header"):
        """An entry of the button's menu."""
        self.page.locator(f"{within} [data-mce-name=personaldata]").first.click()
        self.page.locator(".tox-menu").get_by_text(entry, exact=True).click()

    def right_click_selection(self):
        """In the middle of the selection, wherever the styles of the editor have put it by now."""
        frame = self.page.locator("iframe#form-widgets-motivation_ifr")
        frame.scroll_into_view_if_needed()
        self.page.wait_for_function(STYLED)
        left, top = self.page.evaluate(MIDDLE)
        box = frame.bounding_box()
        self.page.mouse.click(box["x"] + left, box["y"] + top, button="right")

    def html(self):
        return self.page.evaluate(f"{EDITOR}.getContent()")

    def marks(self):
        return self.page.evaluate(
            f"[...{EDITOR}.getBody().querySelectorAll('[data-pm-cat]')]"
            ".map(mark => [mark.dataset.pmCat, mark.dataset.pmId || '', mark.textContent])"
        )

    def save(self):
        self.page.click("#form-buttons-save")
        self.page.wait_for_url(lambda url: not url.endswith("/edit"))


@pytest.fixture()
def editor(live_meeting, chromium):
    data = {"@type": "Item", "title": "Point", "motivation": TEXT}
    address = live_meeting.post("", json=data).json()["@id"]
    account = base64.b64encode(f"agent:{PASSWORD}".encode()).decode()
    page = chromium.new_page(extra_http_headers={"Authorization": f"Basic {account}"})
    yield Editor(page, address).open()
    page.close()


def test_a_mark_survives_saving_showing_and_editing_again(editor, live_meeting):
    editor.select("Josette Wautelet")
    editor.page.keyboard.press("Control+Alt+p")
    editor.select("rue du Moulin 12")
    editor.choose("Adresse")
    editor.save()

    shown = editor.page.locator("[data-pm-cat]").all()
    assert [(mark.get_attribute("data-pm-id"), mark.inner_text()) for mark in shown] == [
        ("p1", "Josette Wautelet"),
        ("p2", "rue du Moulin 12"),
    ]
    stored = live_meeting.session.get(editor.address).json()
    assert re.sub("<.*?>", "", stored["motivation"]["data"]) == re.sub("<.*?>", "", TEXT).replace(
        "&nbsp;", "\u00a0"
    )

    editor.open()
    assert editor.marks() == [
        ["person", "p1", "Josette Wautelet"],
        ["address", "p2", "rue du Moulin 12"],
    ]
    editor.save()
    again = live_meeting.session.get(editor.address).json()
    assert again["register"] == stored["register"]
    assert again["motivation"]["data"].count("data-pm-id") == 2


def test_inside_a_mark_its_category_changes_and_it_can_be_removed(editor):
    editor.select("Josette Wautelet")
    editor.choose("Personne")
    editor.caret_in("person")
    editor.choose("Autre donnée")
    assert editor.marks() == [["other", "", "Josette Wautelet"]]
    editor.caret_in("other")
    editor.page.locator(".tox-pop").get_by_text("Retirer la marque").click()
    assert editor.marks() == []
    assert "Josette Wautelet, rue du Moulin 12" in editor.html()


def test_a_space_at_the_end_of_a_selection_is_not_marked(editor):
    editor.select("Josette ")
    editor.choose("Personne")
    assert editor.marks() == [["person", "", "Josette"]]


def test_a_wider_selection_takes_the_place_of_the_marks_in_it(editor):
    editor.select("Josette")
    editor.choose("Personne")
    editor.page.evaluate(f"{EDITOR}.selection.select({EDITOR}.getBody().firstChild, true)")
    editor.choose("Autre donnée")
    assert [category for category, *_ in editor.marks()] == ["other"]


def test_what_is_typed_after_leaving_a_mark_is_not_part_of_it(editor):
    editor.select("Josette Wautelet")
    editor.choose("Personne")
    editor.page.evaluate(f"{EDITOR}.selection.collapse(false)")
    editor.page.keyboard.press("ArrowRight")
    editor.page.keyboard.type(" hier")
    assert editor.marks() == [["person", "", "Josette Wautelet"]]


def test_a_pasted_mark_loses_the_id_it_had_elsewhere(editor):
    editor.page.evaluate(
        f"{EDITOR}.execCommand('mceInsertClipboardContent', false, "
        '{html: \'<p>Vu <span data-pm-id="p7" data-pm-cat="person">Anselme Poncin</span></p>\'})'
    )
    assert ["person", "", "Anselme Poncin"] in editor.marks()


def test_without_a_selection_the_button_says_what_to_do(editor):
    editor.page.evaluate(f"{EDITOR}.focus(); {EDITOR}.selection.setCursorLocation()")
    editor.page.keyboard.press("Control+Alt+p")
    editor.page.get_by_text("Sélectionnez d'abord le texte à masquer au public.").wait_for()
    assert editor.marks() == []


def test_every_mention_is_marked_at_once_and_undone_at_once(editor):
    editor.page.evaluate(
        f"{EDITOR}.setContent('<p>Vu Josette Wautelet ; <b>JOSETTE&nbsp;WAUTELET</b> signe ; "
        "Josette Wauteletois non ; Josette Wautelet.</p>')"
    )
    editor.select("Josette Wautelet")
    editor.choose("Personne")
    editor.caret_in("person")
    editor.choose("Marquer toutes les mentions")
    assert [words for _, _, words in editor.marks()] == [
        "Josette Wautelet",
        "JOSETTE\u00a0WAUTELET",
        "Josette Wautelet",
    ]
    editor.page.evaluate(f"{EDITOR}.undoManager.undo()")
    assert len(editor.marks()) == 1


def test_the_context_menu_marks_the_selection(editor):
    editor.select("rue du Moulin 12")
    editor.right_click_selection()
    menu = editor.page.locator(".tox-menu").first
    menu.get_by_text("Donnée personnelle", exact=True).hover()
    editor.page.keyboard.press("ArrowRight")
    editor.page.locator(".tox-menu").last.get_by_text("Adresse", exact=True).click()
    assert editor.marks() == [["address", "", "rue du Moulin 12"]]
