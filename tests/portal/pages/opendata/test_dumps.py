"""Files of a year and of a search: complete, streamed, and never with what was withdrawn."""

import csv
import io
import json
import published_samples as samples
from collective.deliberation.opendata.dumps import kept
from collective.deliberation.opendata.dumps import rows
from collective.deliberation.opendata.dumps import view


def table(answer):
    assert answer.status_code == 200, answer.text
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_page_of_an_institution_leads_to_files_of_each_year_and_says_the_licence(site):
    page = site.get("/valbourg/donnees").text
    for year in ("2024", "2025", samples.NEXT.record.start[:4]):
        for kind in ("csv", "json"):
            assert f"{site.base}/valbourg/donnees/{year}.{kind}" in page
            assert site.get(f"/valbourg/donnees/{year}.{kind}").status_code == 200
    assert "https://creativecommons.org/licenses/by/4.0/" in page
    assert f"{site.base}/valbourg/donnees" in site.get("/valbourg").text
    assert f"{site.base}/donnees" in site.get("/@@deliberations-about").text
    assert f"{site.base}/valbourg/donnees" in site.get("/donnees").text


def test_a_table_has_a_line_for_each_item_of_the_year(site):
    lines = table(site.get("/valbourg/donnees/2025.csv"))
    assert [each["adresse"] for each in lines] == [
        site.base + samples.address(samples.PAST, item) for item in samples.PAST_ITEMS
    ]
    second = lines[1]
    assert second["organe"] == "Conseil communal"
    assert second["votes"] == samples.PAST_ITEMS[1].record.votes
    assert len(second["annexes"].split()) == 3
    assert "D'approuver le cahier des charges" in second["texte"]
    assert "Personne" in lines[2]["titre"] and "⟦" not in lines[2]["titre"]


def test_json_holds_each_meeting_and_item_as_at_its_address(site):
    found = site.get("/valbourg/donnees/2025.json").json()
    assert found["licence"]["id"] == "CC-BY-4.0"
    assert len(found["meetings"]) == 1 and len(found["items"]) == len(samples.PAST_ITEMS)
    for each in (*found["meetings"], *found["items"]):
        path = each["@id"].removeprefix(site.base)
        assert each == site.get(path, headers={"Accept": "application/json"}).json()


def test_what_was_withdrawn_is_in_no_file_from_then_on(site):
    path = "/valbourg/donnees/2025.csv"
    first = site.get(path)
    held = {"If-None-Match": first.headers["ETag"]}
    assert site.get(path, headers=held).status_code == 304
    site.withdraw(samples.PAST_ITEMS[0], "Erreur")
    after = site.get(path, headers=held)
    assert after.status_code == 200
    assert len(table(after)) == len(samples.PAST_ITEMS) - 1


def test_a_selection_takes_the_filters_of_the_search_and_refuses_others(site, monkeypatch):
    assert len(table(site.get("/donnees/selection.csv?etat=projet"))) == 3
    assert len(table(site.get("/valbourg/donnees/selection.csv?annee=2024"))) == 1
    assert table(site.get("/donnees/selection.csv?q=le")) == []
    assert "anne" in site.get("/donnees/selection.csv?anne=2024").text
    assert site.get("/donnees/selection.csv?anne=2024").status_code == 400
    monkeypatch.setattr(view, "MOST", 2)
    refused = site.get("/donnees/selection.csv?institution=valbourg")
    assert refused.status_code == 400 and "8 points" in refused.text


def test_there_are_files_only_where_there_is_something(site):
    for path in ("2019.csv", "2025.xml", "x", "2025.zip", "2025.csv/x"):
        assert site.get(f"/valbourg/donnees/{path}").status_code == 404, path
    assert site.get("/donnees/2025.csv").status_code == 404


def test_a_head_request_tells_the_size(site):
    answer = site.head("/valbourg/donnees/2025.json")
    assert int(answer.headers["Content-Length"]) == len(
        site.get("/valbourg/donnees/2025.json").content
    )


def test_files_that_nobody_asks_for_make_room_for_others(monkeypatch):
    monkeypatch.setattr(kept, "MOST", 2)
    shelf, made = kept.Shelf(), []

    def ask(name):
        file, size = shelf.get(name, lambda file: (made.append(name), file.write(b"x" * 5)))
        with file:
            assert file.read() == b"xxxxx" and size == 5

    for name in ("a", "b", "a", "c", "a", "b"):
        ask(name)
    assert made == ["a", "b", "c", "b"]


def test_a_cell_never_is_a_formula_and_lines_stay_lines():
    cells = next(csv.reader(io.StringIO(rows.line(["=1+1", 'a;"b"\nc']).decode()), delimiter=";"))
    assert cells == ["'=1+1", 'a;"b"\nc']
    assert rows.words("<p>Un &amp; <b>deux</b></p><ul><li>trois</li></ul>") == "Un & deux\ntrois"


def test_json_of_a_selection_is_one_document(site):
    found = json.loads(site.get("/donnees/selection.json?etat=projet").content)
    assert len(found["items"]) == 3 and found["meetings"] == []
