"""Under which licence an institution's publications may be reused: its name and address. Pure.

Official acts are free of copyright in Belgium (Code of economic law, XI.172, § 2); the licence is for all
else: annexes of the institution's own, titles, the collection as a whole.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Licence:
    id: str  # SPDX
    title: str
    url: str


LICENCES = {
    "cc-by-4.0": Licence(
        "CC-BY-4.0",
        "Creative Commons Attribution 4.0",
        "https://creativecommons.org/licenses/by/4.0/deed.fr",
    ),
    "cc0-1.0": Licence(
        "CC0-1.0",
        "Creative Commons Zero 1.0",
        "https://creativecommons.org/publicdomain/zero/1.0/deed.fr",
    ),
    "etalab-2.0": Licence(
        "etalab-2.0",
        "Licence Ouverte 2.0",
        "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    ),
}
USUAL = LICENCES["cc-by-4.0"]


def of(institution) -> Licence:
    """The licence that an institution chose."""
    return LICENCES.get(getattr(institution, "licence", None) or "", USUAL)


def as_json(licence: Licence) -> dict[str, str]:
    return {"id": licence.id, "title": licence.title, "url": licence.url}


def line(licence: Licence, holder: str) -> str:
    """For feeds and files: who, and under which licence."""
    return f"{holder} – {licence.title} ({licence.url}). Les actes officiels sont libres de droits."
