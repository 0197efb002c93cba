"""Search by words: what is found, what is shown, and that no query fails or takes long."""

import lxml.html
import published_samples as samples
import requests
from dataclasses import replace


def search(site, **parameters):
    address = requests.Request("GET", "http://x/", params=parameters).prepare().path_url[1:]
    return site.get(f"/@@deliberations-search{address}")


def titles(answer):
    tree = lxml.html.fromstring(answer.text)
    return [" ".join(node.text_content().split()) for node in tree.cssselect(".results h3")]


FOUND = {
    "ecole": "École communale du Tilleul",
    "ÉCOLE": "École communale du Tilleul",
    "l'école tilleul": "École communale du Tilleul",
    "d'Hautebise circulation": "Règlement complémentaire de circulation",
    "hautebise poste": "Motion relative au maintien",
    "coeur": "Cœur de village",
    "châssis menuiseries": "École communale du Tilleul",
    '"procédure négociée"': "École communale du Tilleul",
    "« cahier des charges »": "École communale du Tilleul",
    "garde champêtre": "Voirie : convention",
}


def test_words_are_found_in_title_and_text_whatever_accents_and_elisions(site):
    for words, title in FOUND.items():
        found = titles(search(site, q=words))
        assert len(found) == 1 and found[0].startswith(title), words


def test_other_orders_other_words_and_pseudonyms_are_not_found(site):
    for words in ['"négociée procédure"', "école poste", "Personne A", "person"]:
        answer = search(site, q=words)
        assert titles(answer) == [], words
        assert "Vous pouvez essayer" in answer.text


PAIRS = {
    "régies eaux": "Compte de la régie des eaux",
    "travail journal": "Travaux : abonnement aux journaux",
    "travaux JOURNAUX": "Travaux : abonnement aux journaux",
    "yeux du cheval": "Des chevaux à l'œil vif",
    "ecoles communaux tilleuls": "École communale du Tilleul",
}


def test_other_forms_of_a_word_are_found_and_marked(site):
    for position, title in enumerate(sorted(set(PAIRS.values()))):
        if not title.startswith("École"):
            site.publish(samples.item(samples.PAST_DAY, 50 + position, title))
    for words, title in PAIRS.items():
        answer = search(site, q=words)
        assert [each.startswith(title) for each in titles(answer)] == [True], words
        assert lxml.html.fromstring(answer.text).cssselect(".results mark"), words


def choices(answer, facet):
    """The choices of a facet: label, number of items, address."""
    tree = lxml.html.fromstring(answer.text)
    links = tree.cssselect(f'.facets ul[aria-labelledby="h-facet-{facet}"] a')
    return [
        (" ".join(link.text.split()), int(link.cssselect(".count")[0].text), link.get("href"))
        for link in links
    ]


def test_each_choice_says_how_many_items_it_leaves_and_leads_to_them(site):
    answer = search(site)
    every = len(titles(answer))
    for facet in ("stage", "year", "category", "annexes"):
        offered = choices(answer, facet)
        assert offered, facet
        if facet in ("stage", "year"):  # each item has one
            assert sum(count for _label, count, _address in offered) == every
        for label, count, address in offered:
            narrowed = site.get(address.removeprefix(site.base))
            assert len(titles(narrowed)) == count, label
            (remove,) = [each for each in choices(narrowed, facet) if each[0] == label]
            assert len(titles(site.get(remove[2].removeprefix(site.base)))) == every


def test_choices_add_up_and_a_new_search_keeps_them(site):
    asked = {"q": "commune", "etat": "decision", "annee": "2025", "organe": "conseil"}
    answer = search(site, **asked)
    hidden = lxml.html.fromstring(answer.text).cssselect('.search input[type="hidden"]')
    assert {field.get("name"): field.get("value") for field in hidden} == {
        name: value for name, value in asked.items() if name != "q"
    }
    for _label, count, address in choices(answer, "category"):
        assert "etat=decision" in address and "q=commune" in address
        assert len(titles(site.get(address.removeprefix(site.base)))) == count


def test_a_mistyped_word_leads_to_the_one_that_was_meant(site):
    answer = search(site, q="menuiserise")
    (link,) = lxml.html.fromstring(answer.text).cssselect(".lead a")
    assert "Vouliez-vous dire" in answer.text and link.text == "menuiseries"
    assert len(titles(site.get(link.get("href").removeprefix(site.base)))) == 1
    assert "Vouliez-vous dire" not in search(site, q="hippopotame").text


def test_nothing_found_with_filters_says_how_much_there_is_without_them(site):
    answer = search(site, q="tilleul", annee="2024")
    assert titles(answer) == [] and "sans les filtres" in answer.text
    (link,) = lxml.html.fromstring(answer.text).cssselect("main section li a")
    assert len(titles(site.get(link.get("href").removeprefix(site.base)))) == 1


def test_a_withdrawn_item_is_in_no_count(site):
    before = choices(search(site), "stage")
    site.withdraw(samples.PAST_ITEMS[0], "Erreur")
    after = choices(search(site), "stage")
    assert sum(count for _l, count, _a in before) - sum(count for _l, count, _a in after) == 1


def test_filters_narrow(site):
    everything = titles(search(site))
    assert len(everything) == len(samples.PAST_ITEMS) + len(samples.NEXT_ITEMS) + len(
        samples.OLD_ITEMS
    )
    assert len(titles(search(site, annee="2024"))) == 1
    assert len(titles(search(site, etat="projet"))) == len(samples.NEXT_ITEMS)
    assert titles(search(site, institution="ailleurs")) == []
    answer = search(site, annee="2025", etat="decision", institution="valbourg")
    assert len(titles(answer)) == len(samples.PAST_ITEMS)


def test_what_was_asked_is_marked_in_title_and_excerpt(site):
    tree = lxml.html.fromstring(search(site, q="ecole stores").text)
    marked = {node.text_content().lower() for node in tree.cssselect(".results mark")}
    assert marked == {"école", "stores"}


def test_only_frequent_words_get_a_hint(site):
    answer = search(site, q="le la des")
    assert answer.status_code == 200
    assert "trop courants" in answer.text and titles(answer) == []


def test_results_come_in_pages_and_each_page_has_its_address(site):
    for position in range(10, 45):
        site.publish(samples.item(samples.PAST_DAY, position, f"Ordonnance de police {position}"))
    first = search(site, q="ordonnance")
    tree = lxml.html.fromstring(first.text)
    assert len(titles(first)) == 20 and "35 points trouvés" in first.text
    (following,) = tree.cssselect('.pages a[rel="next"]')
    second = site.get(following.get("href").removeprefix(site.base))
    assert len(titles(second)) == 15
    assert not set(titles(first)) & set(titles(second))
    assert titles(search(site, q="ordonnance", page="999")) == titles(second)


def test_a_new_revision_is_found_by_its_new_words_only(site):
    item = samples.PAST_ITEMS[0]
    changed = replace(
        item, revision=2, record=replace(item.record, title="Compte de la régie des eaux")
    )
    site.publish(changed)
    assert titles(search(site, q="régie")) == ["Compte de la régie des eaux"]
    assert titles(search(site, q="procès-verbal octobre")) == []


def test_a_meeting_put_off_moves_its_items_to_the_other_year(site):
    start = samples.at(samples.date(2023, 6, 5), 19)
    site.publish(replace(samples.OLD, revision=2, record=replace(samples.OLD.record, start=start)))
    assert titles(search(site, annee="2024")) == []
    assert titles(search(site, annee="2023")) == ["Fabrique d'église Saint-Aubin : compte 2023"]


HOSTILE = [
    "*",
    "a*",
    "?" * 200,
    "*cole*",
    "(" * 100,
    "école)))",
    '"',
    '"école',
    '"""école"""',
    "NOT",
    "AND OR NOT",
    "école AND (OR",
    "-école",
    "x" * 10_000,
    "école " * 2_000,
    " ".join(f"mot{number}" for number in range(2000)),
    "\x00\x01école",
    "𝕿𝖎𝖑𝖑𝖊𝖚𝖑",
    "'; DROP TABLE x; --",
    "<script>alert(1)</script>",
    "%",
    "\\",
    "é" * 500 + "*",
    "(a+)+$",
    "\ud7ff\ue000",
]


def test_no_query_fails(site):
    for words in HOSTILE:
        answer = search(site, q=words)
        assert answer.status_code == 200, words[:80]
        assert "alert(1)</script>" not in answer.text


ADDRESSES = [
    "?q=a&q=b",
    "?q=%FF%FE",
    "?annee=x&page=-1&etat=autre&tri=autre&institution=../..",
    "?page=99999999999999999999",
    "?annee:list=2025",
    "?q.x:record=1",
    "?deliberation_kind=meeting&path=/&portal_type=Institution",
    "?q=" + "%20" * 3000,
]


def test_no_parameter_fails(site):
    for address in ADDRESSES:
        answer = site.get(f"/@@deliberations-search{address}")
        assert answer.status_code in (200, 400), address
        assert "Traceback" not in answer.text
