"""The ways to an institution and into what it decided: by name, on the map, by year, body and category."""

import io
import lxml.html
import published_samples as samples
import pytest
import transaction
import zipfile
from collective.deliberation.content import validation
from collective.deliberation.portal.pages import atlas
from collective.deliberation.portal.pages import choosing
from collective.deliberation.portal.pages import colours
from collective.deliberation.portal.pages.cards import InstitutionCard
from collective.deliberation.portal.pages.listing import InstitutionEntry
from dataclasses import replace
from urllib.parse import quote


CHOOSE = "/@@deliberations-institutions?nom="


def tree_of(answer):
    assert answer.status_code == 200
    return lxml.html.fromstring(answer.text)


def text_of(node):
    return " ".join(node.text_content().split())


@pytest.fixture()
def neighbours(site):
    """Two more institutions beside Valbourg."""
    for slug, title, kind in (
        ("cpas-valbourg", "CPAS de Valbourg", "cpas"),
        ("ecluse", "L'Écluse-sur-Meuse", "commune"),
    ):
        site.plone.invokeFactory("Institution", slug, slug=slug, title=title, kind=kind)
    site.plone["cpas-valbourg"].coordinates = site.institution.coordinates
    site.plone["cpas-valbourg"].reindexObject()
    transaction.commit()
    return site


# Which municipality?


@pytest.mark.parametrize(
    ("asked", "slug"),
    [
        ("Valbourg", "valbourg"),
        ("  VALBOURG ", "valbourg"),
        ("ecluse", "ecluse"),
        ("l’écluse", "ecluse"),
        ("Meuse écl", "ecluse"),
        ("cpas valb", "cpas-valbourg"),
    ],
)
def test_a_name_or_its_beginning_leads_to_the_one_institution_meant(neighbours, asked, slug):
    answer = neighbours.get(CHOOSE + quote(asked), allow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{neighbours.base}/{slug}")


@pytest.mark.parametrize(
    ("asked", "heading", "found"),
    [
        ("valb", "Plusieurs institutions correspondent", 2),
        ("Valburg", "Cherchiez-vous l'une de celles-ci", 1),
        ("Namur", "Aucune institution de ce portail", 0),
        ("", "Institutions", 3),
        ("%00%FF<script>" * 30, "Aucune institution de ce portail", 0),
    ],
)
def test_a_name_that_is_not_clear_lists_who_may_be_meant(neighbours, asked, heading, found):
    page = tree_of(neighbours.get(CHOOSE + quote(asked), allow_redirects=False))
    assert heading in text_of(page.cssselect("#h-found")[0])
    assert len(page.cssselect(".list a.title")) == found


def test_six_hundred_names_are_compared_at_once():
    entries = [InstitutionEntry(f"c{n}", f"Commune {n:03}", f"/c{n}") for n in range(600)]
    assert choosing.candidates("commune 042", entries) == ([entries[42]], True)
    found, sure = choosing.candidates("comune 042", entries)
    assert not sure and entries[42] in found


# The map


def test_the_map_shows_every_institution_with_a_place_and_the_list_shows_all(neighbours):
    page = tree_of(neighbours.get("/@@deliberations"))
    listed = [link.get("href") for link in page.cssselect(".names a")]
    assert len(listed) == 3
    dots = page.cssselect(".map a")
    assert [dot.get("href") for dot in dots] == [
        f"{neighbours.base}/{slug}" for slug in ("cpas-valbourg", "valbourg")
    ]
    places = {(dot.find("circle").get("cx"), dot.find("circle").get("cy")) for dot in dots}
    assert len(places) == 2  # side by side, though they share a place
    assert page.cssselect(".map")[0].get("aria-hidden") == "true"


def test_a_portal_without_places_has_no_map(site):
    site.institution.coordinates = None
    site.institution.reindexObject()
    transaction.commit()
    assert tree_of(site.get("/@@deliberations")).cssselect(".map") == []


def test_many_institutions_stand_on_the_map_without_names_and_none_outside_it():
    def entry(number, latitude, longitude):
        card = InstitutionCard("commune", latitude, longitude)
        return InstitutionEntry(f"c{number}", f"Commune {number}", f"/c{number}", card)

    dots = atlas.dots_of(entry(n, 49.7 + n / 50, 4.9 + n / 40) for n in range(30))
    assert len({(dot.x, dot.y) for dot in dots}) == 30
    assert all(dot.name_at is None for dot in dots)
    assert atlas.dots_of([entry(1, 51.2, 4.4), entry(2, None, None)]) == []
    (alone,) = atlas.dots_of([entry(3, 50.47, 4.87)])
    assert alone.name_at is not None


@pytest.mark.parametrize(
    "value", ["50.4669, 4.8675", " 50,5 ", "4.8675, 50.4669", "abc", "50.4, 9"]
)
def test_coordinates_are_a_latitude_and_a_longitude_in_belgium(value):
    if value == "50.4669, 4.8675":
        assert validation.coordinates(value)
        assert validation.latitude_longitude(value) == (50.4669, 4.8675)
    else:
        with pytest.raises(validation.NotCoordinates):
            validation.coordinates(value)


# Into what an institution decided


def test_an_institution_leads_to_its_items_by_state_year_and_category_with_counts(site):
    page = tree_of(site.get("/valbourg"))
    ways = {text_of(link): link.get("href") for link in page.cssselect(".ways a")}
    assert ways["2025 4"].endswith("?institution=valbourg&annee=2025")
    found = tree_of(site.get(ways["2025 4"].removeprefix(site.base)))
    assert text_of(found.cssselect("#h-results")[0]) == "4 points trouvés"
    found = tree_of(site.get(ways["Voirie et mobilité 2"].removeprefix(site.base)))
    assert len(found.cssselect(".results h3")) == 2


def test_past_meetings_are_chosen_by_year_and_body_in_the_address(site):
    day = samples.PAST_DAY.replace(day=24)
    college = samples.meeting(day, "closed", body="college", bodyTitle="Collège communal")
    site.publish(replace(college, uid=samples.uid("college")))

    def past(address):
        page = tree_of(site.get(address))
        return [text_of(link) for link in page.cssselect("#h-past ~ .list a")], page

    shown, page = past("/valbourg")
    assert len(shown) == 2
    links = {text_of(link): link.get("href") for link in page.cssselect(".years a")}
    shown, page = past(links["Collège communal"].removeprefix(site.base))
    assert shown == ["Collège communal du lundi 24 novembre 2025"]
    assert page.cssselect('.years [aria-current="true"]')[0].text_content() == "Collège communal"
    assert past("/valbourg?organe=nonsense&annee=1830")[0] == past("/valbourg")[0]


def test_a_journalist_downloads_the_years_decisions_on_a_subject_in_four_clicks(site):
    """The name of the commune; its search with year and state; the archive."""
    to_commune = site.get(CHOOSE + "valbourg")
    (form,) = tree_of(to_commune).cssselect('form[role="search"]')
    asked = dict(form.form_values()) | {"q": "voirie", "annee": "2025", "etat": "decision"}
    assert set(asked) == {"q", "annee", "etat", "institution"}
    results = tree_of(site.get(form.get("action").removeprefix(site.base), params=asked))
    (take,) = results.cssselect(".take a")
    answer = site.get(take.get("href").removeprefix(site.base))
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    pages = [name for name in archive.namelist() if "/" in name]
    assert len(pages) == 1 and b"convention avec Personne" in archive.read(pages[0])


def test_what_is_found_is_downloaded_with_its_annexes_and_nothing_else(site):
    answer = site.get("/@@deliberations-found.zip?q=ecole")
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    held = [archive.read(name) for name in archive.namelist()]
    for annex in samples.PAST_ITEMS[1].record.annexes:
        assert samples.FILES[annex.sha256] in held
    assert samples.FILES[samples.PAST.record.annexes[0].sha256] not in held
    site.withdraw(samples.PAST_ITEMS[1], "Erreur")
    nothing = site.get("/@@deliberations-found.zip?q=ecole")
    names = zipfile.ZipFile(io.BytesIO(nothing.content)).namelist()
    assert names == ["sommaire.html"]


# Three colours


def test_three_colours_are_made_readable_on_every_ground_in_light_and_dark(site):
    for name, colour in (
        ("color", "#ffe14d"),
        ("secondaryColor", "#00ff88"),
        ("accentColor", "#ff9900"),
    ):
        setattr(site.institution, name, colour)
    transaction.commit()
    style = tree_of(site.get("/valbourg")).findtext(".//style")
    light, dark = style.split("@media")
    for name, colour in (("brand", "#ffe14d"), ("second", "#00ff88"), ("link", "#ff9900")):
        on_light = colours.readable(colour, colours.LIGHT_GROUND)
        on_dark = colours.readable(colour, colours.DARK_GROUND)
        assert f"--{name}:{on_light}" in light and f"--{name}:{on_dark}" in dark
        for ground in ("#ffffff", "#f3f6f9"):
            assert colours.contrast(on_light, ground) >= 4.5
        for ground in ("#12181f", "#1a222d", "#0d1420"):
            assert colours.contrast(on_dark, ground) >= 4.5


def test_an_institution_without_colours_has_the_portals_own():
    assert colours.scheme("", "", "") == ""
    assert "--brand" not in colours.scheme("", "", "#0b4f8f")
