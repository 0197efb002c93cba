"""What visitors read on the pages, over HTTP."""

import io
import lxml.html
import published_samples as samples
import pytest
import re
import transaction
from dataclasses import replace
from datetime import timedelta
from PIL import Image
from plone.namedfile.file import NamedBlobImage


PAGES = {
    "home": "/@@deliberations",
    "search": "/@@deliberations-search?q=ecole",
    "about": "/@@deliberations-about",
    "institution": "/valbourg",
    "meeting": samples.address(samples.PAST),
    "item": samples.address(samples.PAST, samples.PAST_ITEMS[1]),
}
DRAFT = samples.address(samples.NEXT, samples.NEXT_ITEMS[1])
MASKED = samples.PAST_ITEMS[2]
SCRIPTS = "//script[not(@type='application/ld+json')]"  # that is data, which no browser runs


def text_of(answer):
    return " ".join(lxml.html.fromstring(answer.text).text_content().split())


def revised(publication, **changes):
    return replace(
        publication,
        revision=publication.revision + 1,
        record=replace(publication.record, **changes),
    )


# The institution's choices and words


def test_home_leads_to_institutions_meetings_to_come_and_what_is_new(site):
    text = text_of(site.get(PAGES["home"]))
    for part in (
        "Les décisions de votre conseil",
        "Valbourg",
        "Prochaines séances",
        "Cœur de village",
    ):
        assert part in text


def test_an_institution_shows_its_meetings_year_by_year(site):
    latest = text_of(site.get("/valbourg"))
    assert "Séances passées – 2025" in latest and "17 novembre 2025" in latest
    assert "27 mai 2024" not in latest
    older = lxml.html.fromstring(site.get("/valbourg?annee=2024").text)
    past = older.cssselect("#h-past")[0].getparent().text_content()
    assert "27\xa0mai\xa02024" in past and "17\xa0novembre\xa02025" not in past
    assert "secretariat@valbourg.example" in latest


def test_an_agenda_is_in_order_and_names_supplementary_items(site):
    answer = site.get(PAGES["meeting"])
    tree = lxml.html.fromstring(answer.text)
    numbers = [node.text_content() for node in tree.cssselect(".agenda .number")]
    assert numbers == ["1", "2", "3", "4"]
    assert "Point complémentaire" in tree.cssselect(".agenda li")[3].text_content()
    assert "Point complémentaire" not in tree.cssselect(".agenda li")[0].text_content()


@pytest.mark.parametrize(
    ("publication", "words"),
    [
        (
            samples.NEXT,
            "Ordre du jour provisoire : projets de décision, susceptibles d'être modifiés",
        ),
        (samples.PAST, "Décisions publiées le 17 novembre 2025"),
    ],
)
def test_a_meeting_says_how_final_it_is(site, publication, words):
    assert words in text_of(site.get(samples.address(publication)))


def test_a_meeting_that_was_held_says_that_decisions_will_follow(site):
    held = samples.meeting(samples.TODAY - timedelta(days=3), "held")
    site.publish(held)
    assert "Les décisions seront publiées après leur validation" in text_of(
        site.get(samples.address(held))
    )


def test_meetings_lead_to_the_one_before_and_the_one_after(site):
    tree = lxml.html.fromstring(site.get(PAGES["meeting"]).text)
    (before,) = tree.cssselect('a[rel="prev"]')
    (after,) = tree.cssselect('a[rel="next"]')
    assert before.get("href").endswith(samples.address(samples.OLD))
    assert after.get("href").endswith(samples.address(samples.NEXT))


def test_every_draft_says_that_it_is_one(site):
    for item in samples.NEXT_ITEMS:
        text = text_of(site.get(samples.address(samples.NEXT, item)))
        assert "Projet de décision : ce texte peut encore être modifié et n'est pas adopté" in text


def test_a_decision_comes_before_its_reasons_and_its_draft_is_called_a_draft(site):
    text = text_of(site.get(PAGES["item"]))
    assert "Décision publiée le 20 novembre 2025" in text
    assert text.index("De passer le marché") < text.index("Vu la loi du 17 juin 2016")
    assert "n'est pas adopté" not in text
    assert "Projet de décision : ce texte n'est pas celui qui a été adopté" in text
    assert "Pour : 17" in text


def test_annexes_say_their_kind_and_size_and_can_be_opened_and_downloaded(site):
    tree = lxml.html.fromstring(site.get(PAGES["item"]).text)
    assert [" ".join(file.text_content().split()) for file in tree.cssselect(".files li")] == [
        "Cahier des charges Annexe · PDF, 1,2 Mo · Télécharger Cahier des charges",
        "Plan des façades Plan · PNG, 356 Ko · Télécharger Plan des façades "
        "Afficher l'image ici (Plan des façades)",
        "Estimation détaillée Annexe · ODS, 28 Ko",
    ]
    for link in tree.cssselect(".files a.title"):
        answer = site.get(link.get("href").removeprefix(site.base))
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == link.get("type")
    (image,) = tree.cssselect(".files img")
    assert (image.get("loading"), image.get("alt")) == ("lazy", "Plan des façades")


def test_items_lead_to_their_neighbours_on_the_agenda(site):
    tree = lxml.html.fromstring(site.get(PAGES["item"]).text)
    assert "Procès-verbal" in tree.cssselect('a[rel="prev"]')[0].text_content()
    assert "Voirie" in tree.cssselect('a[rel="next"]')[0].text_content()


# Pseudonyms


def test_the_institutions_policy_words_every_pseudonym_at_each_view(site):
    address = samples.address(samples.PAST, MASKED)
    shown = site.get(address)
    letter = re.search("convention avec Personne ([A-H]) pour", text_of(shown))[1]
    assert f"Pourquoi « Personne {letter} » ?" in text_of(shown)
    assert "noindex" in shown.headers["X-Robots-Tag"]
    site.institution.pseudonymPolicy = "civility"
    site.institution.reindexObject()
    transaction.commit()
    assert f"convention avec Madame {letter}. pour" in text_of(site.get(address))
    assert f"convention avec Madame {letter}. pour" in text_of(site.get(PAGES["home"]))
    assert f"convention avec Madame {letter}. pour" in text_of(site.get(PAGES["meeting"]))


def test_a_black_bar_keeps_words_for_who_cannot_see_it(site):
    site.institution.pseudonymPolicy = "bar"
    transaction.commit()
    answer = site.get(samples.address(samples.PAST, MASKED))
    tree = lxml.html.fromstring(answer.text)
    (summary,) = tree.cssselect("details.pseudonyms summary")
    assert summary.text_content() == "Pourquoi certains noms sont-ils masqués ?"
    bars = tree.cssselect(".text .pm-bar .pm-bar-text")
    assert bars and all(bar.text_content().strip() for bar in bars)


def test_no_token_is_left_on_any_page(site):
    paths = [
        *PAGES.values(),
        samples.address(samples.PAST, MASKED),
        "/@@deliberations-search?q=voirie",
    ]
    for path in paths:
        html = site.get(path).text
        assert "⟦" not in html and "pm-token" not in html and "data-pm" not in html


def test_text_of_a_hostile_desk_does_nothing_on_the_page(site):
    item = revised(
        samples.PAST_ITEMS[0],
        title="<script>evil()</script>\"'>",
        category="<img src=x onerror=evil()>",
        resolutionText="<script>evil()</script><p onclick='evil()' style='color:red'>Texte</p>"
        "<img src='https://evil.example/x.gif'>",
        votes="</p><script>evil()</script>",
    )
    site.publish(item)
    changes = f"{samples.address(samples.PAST, item)}/modifications"
    for path in (samples.address(samples.PAST, item), changes, PAGES["meeting"], PAGES["home"]):
        tree = lxml.html.fromstring(site.get(path).text)
        assert not tree.xpath(f"{SCRIPTS} | //main//@style | //@onclick | //@onerror | //main//img")


# Withdrawn


def test_a_withdrawn_item_answers_410_with_the_reason_and_so_do_its_files(site):
    item = samples.PAST_ITEMS[1]
    tree = lxml.html.fromstring(site.get(PAGES["item"]).text)
    files = [link.get("href").removeprefix(site.base) for link in tree.cssselect(".files a")]
    site.withdraw(item, "Erreur de ⟦person:1:f⟧ dans l'estimation")
    for path in (PAGES["item"], f"{PAGES['item']}/view", *files, f"{PAGES['item']}/annexes/x.pdf"):
        answer = site.get(path)
        assert answer.status_code == 410, path
        assert re.search("Erreur de Personne [A-H] dans l'estimation", text_of(answer))
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert answer.headers["Cache-Control"] == "no-store"
        assert "châssis" not in answer.text


def test_a_withdrawn_meeting_takes_all_below_it_along(site):
    site.withdraw(samples.PAST, "Séance annulée")
    for path in (PAGES["meeting"], PAGES["item"], f"{PAGES['meeting']}/nowhere"):
        answer = site.get(path)
        assert answer.status_code == 410, path
        assert "Séance annulée" in text_of(answer)


def test_what_is_withdrawn_is_in_no_list_and_not_found(site):
    site.withdraw(samples.PAST_ITEMS[1], "Erreur")
    for path in (PAGES["home"], PAGES["meeting"], PAGES["search"]):
        assert "châssis" not in site.get(path).text, path
    site.withdraw(samples.PAST, "Erreur")
    for path in (PAGES["home"], "/valbourg", "/@@deliberations-search?annee=2025"):
        assert "17\xa0novembre\xa02025" not in site.get(path).text, path


def test_a_rebuilt_catalog_brings_nothing_withdrawn_back(site):
    site.withdraw(samples.PAST_ITEMS[1], "Erreur")
    site.plone.portal_catalog.clearFindAndRebuild()
    transaction.commit()
    assert "châssis" not in site.get(PAGES["search"]).text
    assert "Voirie" in site.get("/@@deliberations-search?q=sentier").text


def test_an_address_that_names_nothing_has_a_page_of_ours_below_an_institution(site):
    answer = site.get("/valbourg/nowhere")
    assert answer.status_code == 404
    assert "Cette page n'existe pas" in text_of(answer)
    assert "secretariat@valbourg.example" in text_of(answer)
    elsewhere = site.get("/nowhere")
    assert elsewhere.status_code == 404
    assert "deliberations-style" not in elsewhere.text


# HTTP


def test_every_page_protects_its_reader_and_sets_no_cookie(site):
    for path in PAGES.values():
        answer = site.get(path)
        assert answer.status_code == 200
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Referrer-Policy" in answer.headers
        assert "Set-Cookie" not in answer.headers
        tree = lxml.html.fromstring(answer.text)
        assert not tree.xpath(SCRIPTS)
        loaded = tree.xpath("//link[@rel='stylesheet']/@href | //img/@src")
        assert loaded and all(address.startswith(site.base) for address in loaded)


def test_every_page_has_its_language_title_landmarks_and_way_back(site):
    for page, path in PAGES.items():
        tree = lxml.html.fromstring(site.get(path).text)
        assert tree.get("lang") == "fr"
        assert tree.findtext(".//title").strip()
        assert [len(tree.findall(f".//{name}")) for name in ("main", "header", "footer", "h1")] == [
            1
        ] * 4
        assert tree.cssselect(".skip")[0].get("href") == f"#{tree.find('.//main').get('id')}"
        crumbs = tree.cssselect(".crumbs a")
        assert bool(crumbs) is (page != "home")


def test_who_holds_the_current_page_gets_304_until_something_is_published(site):
    held = {path: site.get(path).headers for path in PAGES.values()}
    for path, headers in held.items():
        assert "must-revalidate" in headers["Cache-Control"]
        for name, condition in (("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since")):
            again = site.get(path, headers={condition: headers[name]})
            assert (again.status_code, again.content) == (304, b""), (path, name)
    site.publish(revised(samples.PAST_ITEMS[0], title="Une autre école"))
    after = {
        page: site.get(path, headers={"If-None-Match": held[path]["ETag"]}).status_code
        for page, path in PAGES.items()
    }
    # Those that show the title, a neighbour's among them, and no other.
    assert after == {**dict.fromkeys(PAGES, 200), "about": 304, "institution": 304}


def test_a_changed_institution_changes_its_pages_for_who_holds_them(site):
    first = site.get(PAGES["item"])
    site.institution.pseudonymPolicy = "bracket"
    transaction.commit()
    again = site.get(PAGES["item"], headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200


def test_head_answers_like_get_without_the_page(site):
    for path in PAGES.values():
        answer = site.head(path)
        assert (answer.status_code, answer.content) == (200, b""), path
        assert int(answer.headers["Content-Length"]) == len(site.get(path).content), path


def test_reading_writes_nothing(site):
    for path in PAGES.values():
        storage = site.plone._p_jar.db().storage
        before = storage.lastTransaction()
        site.get(path)
        assert storage.lastTransaction() == before


def test_the_stylesheet_is_kept_for_ever_under_an_address_of_its_version(site):
    tree = lxml.html.fromstring(site.get(PAGES["home"]).text)
    (address,) = tree.xpath("//link[@rel='stylesheet']/@href")
    answer = site.get(address.removeprefix(site.base))
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["Cache-Control"]
    other = site.get("/@@deliberations-style/portal-0.css")
    assert "immutable" not in other.headers["Cache-Control"]


def test_a_logo_is_served_small_and_for_ever(site):
    file = io.BytesIO()
    Image.new("RGB", (1200, 600), "#7a1f3d").save(file, "PNG")
    site.institution.logo = NamedBlobImage(file.getvalue(), "image/png", "logo.png")
    transaction.commit()
    tree = lxml.html.fromstring(site.get("/valbourg").text)
    (image,) = tree.cssselect(".name img")
    assert (image.get("width"), image.get("height"), image.get("alt")) == ("112", "56", "")
    answer = site.get(image.get("src").removeprefix(site.base))
    assert Image.open(io.BytesIO(answer.content)).size == (224, 112)
    assert "immutable" in answer.headers["Cache-Control"]
    assert len(answer.content) < 5000


def test_a_portal_begins_with_its_own_home_page_and_the_way_leads_there(site):
    assert "Les décisions de votre conseil" in site.get("").text
    tree = lxml.html.fromstring(site.get("/valbourg").text)
    assert tree.cssselect(".crumbs a")[0].get("href") == site.base


def test_plones_own_search_finds_items_and_shows_pseudonyms(site):
    html = site.get("/@@search?SearchableText=sentier").text
    assert re.search("convention avec Personne [A-H]", html) and "⟦" not in html


def test_a_site_can_begin_with_another_page_and_the_way_leads_to_ours(site):
    site.plone.setLayout("listing_view")
    transaction.commit()
    assert "deliberations-style" not in site.get("").text
    tree = lxml.html.fromstring(site.get("/valbourg").text)
    assert tree.cssselect(".crumbs a")[0].get("href") == f"{site.base}/@@deliberations"
