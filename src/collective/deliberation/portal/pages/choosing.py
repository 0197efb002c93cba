"""“Which municipality?”: the way from a name, typed as one types, to the institution's page."""

import re
from collective.deliberation import _
from collective.deliberation.content.vocabularies import INSTITUTION_KINDS
from collective.deliberation.portal.pages import listing
from collective.deliberation.portal.pages.page import Page
from collective.deliberation.portal.search.words import fold
from functools import cached_property
from rapidfuzz import fuzz
from rapidfuzz import process


MAX_INPUT = 80  # characters that count
MOST = 20  # candidates shown
ALIKE = 70  # of 100: names that may have been meant

_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


def plain(name: str) -> str:
    """A name for comparing: ``L'Écluse-sur-Meuse`` is ``l ecluse sur meuse``."""
    return _NOT_LETTERS.sub(" ", fold(name)).strip()


def candidates(
    text: str, institutions: list[listing.InstitutionEntry]
) -> tuple[list[listing.InstitutionEntry], bool]:
    """Whom a text may mean, and whether it says so: ``False`` when they only resemble it."""
    asked = plain(text[:MAX_INPUT])
    if not asked:
        return institutions[:MOST], True
    names = [plain(each.title) for each in institutions]
    exact = [
        each
        for each, name in zip(institutions, names, strict=True)
        if asked == name or text.strip() == each.slug
    ]
    if exact:
        return exact, True
    words = asked.split()
    within = [
        each
        for each, name in zip(institutions, names, strict=True)
        if all(any(part.startswith(word) for part in name.split()) for word in words)
    ]
    if within:
        return within[:MOST], True
    near = process.extract(asked, names, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=5)
    return [institutions[index] for _name, _score, index in near], False


class ChoosingPage(Page):
    """``@@deliberations-institutions?nom=``: leads to the one institution meant, or lists those that may be."""

    template = "choosing"
    robots = "noindex, follow"
    title = _("portal_choosing_title", default="Which municipality?")

    @cached_property
    def asked(self) -> str:
        value = self.request.form.get("nom", "")
        return " ".join(value[:MAX_INPUT].split()) if isinstance(value, str) else ""

    @cached_property
    def found(self) -> tuple[list[listing.InstitutionEntry], bool]:
        return candidates(self.asked, self.institutions)

    @cached_property
    def institutions(self) -> list[listing.InstitutionEntry]:
        return listing.institutions()

    @cached_property
    def canonical(self) -> str:
        return ""

    def __call__(self):
        found, sure = self.found
        if self.asked and sure and len(found) == 1:
            self.request.response.setHeader("Cache-Control", "no-store")
            return self.request.response.redirect(found[0].url, status=303)
        return super().__call__()

    def names(self) -> dict:
        found, sure = self.found
        return {
            "found": found,
            "sure": sure,
            "institutions": self.institutions,
            "kinds": INSTITUTION_KINDS,
        }
