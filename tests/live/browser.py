"""A person at a browser: an agent or a clerk who is logged in, or anybody. Keeps a picture of each step."""

from pathlib import Path
from playwright.sync_api import Browser


PASSWORD = "deliberation"
SIZE = {"width": 1280, "height": 900}

SELECT = """([field, words]) => {
  const editor = tinymce.get(field);
  const texts = document.createTreeWalker(editor.getBody(), NodeFilter.SHOW_TEXT);
  let text;
  while ((text = texts.nextNode())) {
    const at = text.data.indexOf(words);
    if (at < 0) continue;
    const range = editor.dom.createRng();
    range.setStart(text, at);
    range.setEnd(text, at + words.length);
    editor.focus();
    editor.selection.setRng(range);
    return;
  }
  throw new Error("not in the text: " + words);
}"""


class Person:
    """``site`` is the address of the site; pictures go to ``folder``."""

    def __init__(self, browser: Browser, site: str, folder: Path, user: str = ""):
        context = browser.new_context(viewport=SIZE, locale="fr-BE", timezone_id="Europe/Brussels")
        self.page = context.new_page()
        self.page.set_default_timeout(60_000)
        self.site = site
        self.folder = folder
        if user:
            self.go("/login")
            self.page.fill("#__ac_name", user)
            self.page.fill("#__ac_password", PASSWORD)
            with self.page.expect_navigation():
                self.page.click("[name='buttons.login']")

    @property
    def address(self) -> str:
        return self.page.url.split("?")[0].split("#")[0].removesuffix("/view")

    def go(self, address: str) -> int:
        """Visit an address, or a path of the site; the HTTP status."""
        url = address if "://" in address else self.site + address
        return self.page.goto(url).status

    def reads(self) -> str:
        """The text of the page, as it is shown."""
        return self.page.inner_text("body")

    def picture(self, name: str) -> None:
        self.page.screenshot(path=self.folder / f"{name}.png", full_page=True)

    def follow(self, end_of_address: str) -> None:
        with self.page.expect_navigation():
            self.page.locator(f"#content a[href$='{end_of_address}']").first.click()

    def step(self, transition: str, reason: str = "") -> None:
        """Take a workflow step through its form."""
        self.follow(f"workflow_action={transition}")
        if reason:
            self.page.fill("#reason", reason)
        self.confirm()

    def confirm(self) -> None:
        with self.page.expect_navigation():
            self.page.click(".desk-form button[type=submit]")

    def write(self, field: str, text: str) -> None:
        """Type into a rich text field."""
        self._wait_for_editor(field)
        self.page.frame_locator(f"iframe#form-widgets-{field}_ifr").locator("body").click()
        self.page.keyboard.type(text)

    def mark(self, field: str, words: str, category: str) -> None:
        """Mark words with the button "Donnée personnelle" of the field's toolbar."""
        self.page.evaluate(SELECT, [f"form-widgets-{field}", words])
        editor = self.page.locator(f".tox-tinymce:has(iframe#form-widgets-{field}_ifr)")
        editor.locator("[data-mce-name=personaldata]").first.click()
        self.page.locator(".tox-menu").get_by_text(category, exact=True).click()

    def save(self) -> None:
        with self.page.expect_navigation():
            self.page.click("#form-buttons-save")

    def _wait_for_editor(self, field: str) -> None:
        editor = f"tinymce.get('form-widgets-{field}')"
        self.page.wait_for_function(f"window.tinymce && {editor} && {editor}.initialized")
