"""Search by words: what is found, what is shown, and that no query fails or takes long."""

import lxml.html
import published_samples as samples
import requests
import time
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


def test_filters_narrow_and_stand_in_the_form(site):
    everything = titles(search(site))
    assert len(everything) == len(samples.PAST_ITEMS) + len(samples.NEXT_ITEMS) + len(
        samples.OLD_ITEMS
    )
    assert len(titles(search(site, annee="2024"))) == 1
    assert len(titles(search(site, etat="projet"))) == len(samples.NEXT_ITEMS)
    assert titles(search(site, institution="ailleurs")) == []
    answer = search(site, annee="2025", etat="decision", institution="valbourg")
    assert len(titles(answer)) == len(samples.PAST_ITEMS)
    tree = lxml.html.fromstring(answer.text)
    chosen = [option.get("value") for option in tree.cssselect("option[selected]")]
    assert chosen == ["valbourg", "2025", "decision"]


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


def test_no_query_fails_or_takes_long(site):
    search(site, q="école")  # templates and index are loaded
    for words in HOSTILE:
        start = time.perf_counter()
        answer = search(site, q=words)
        assert answer.status_code == 200, words[:80]
        assert time.perf_counter() - start < 0.5, words[:80]
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
