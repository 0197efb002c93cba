"""Tables are read by their cells: what a label says of a column or of the cell beside it."""

import pytest
from collective.deliberation.pseudonym.detection import suggest
from collective.deliberation.pseudonym.detection.layout import laid_out
from collective.deliberation.pseudonym.plaintext import plain
from collective.deliberation.pseudonym.roster import Roster


def table(*rows, head="td"):
    cells = ["".join(f"<{head}>{cell}</{head}>" for cell in row) for row in rows]
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    return f"<p>Avant.</p><table>{body}</table><p>Après.</p>"


def found(html):
    text, tables = laid_out(html)
    return {
        (each.text, each.category.name)
        for each in suggest({"": text}, Roster(), tables={"": tables})
    }


def test_cells_are_places_in_the_plain_text_and_an_empty_one_keeps_its_column():
    html = table(("a", "", "<p>b</p><p>c</p>"), ("<b>d</b>e", "f", "&nbsp;"))
    text, [rows] = laid_out(html)
    assert text == plain(html)
    cells = [[cell and text[slice(*cell)] for cell in row] for row in rows]
    assert cells == [["a", None, "b\nc"], ["de", "f", None]]


def test_a_table_in_a_cell_is_a_table_of_its_own():
    inner = table(("N°", "Nom", "Emploi"), ("1", "Zorglub", "x"))
    html = table(("a", inner))
    text, tables = laid_out(html)
    assert len(tables) == 2 and ("Zorglub", "PERSON") in found(html)


def test_a_wide_cell_moves_the_columns_after_it():
    html = (
        "<table><tr><td colspan='2'>a</td><td>b</td></tr><tr><td colspan='9999'>c</td></tr></table>"
    )
    text, [(first, second)] = laid_out(html)
    assert [cell and text[slice(*cell)] for cell in first] == ["a", None, "b"]
    assert len(second) == 1


@pytest.mark.parametrize("head", ["td", "th"])
@pytest.mark.parametrize(
    "label",
    ["Agent", "Propriétaire(s)", "Nom et prénom", "Bénéficiaire de la prime", "NOM, Prénom"],
)
def test_a_label_among_others_that_say_nothing_names_its_column(label, head):
    rows = [("N°", label, "Emprise (m²)"), ("1", "QUIRKZ W.", "44"), ("2", "Zwendel-Orbax", "12")]
    assert found(table(*rows, head=head)) == {("QUIRKZ W.", "PERSON"), ("Zwendel-Orbax", "PERSON")}


def test_parcels_of_a_column_are_those_of_persons_only():
    html = table(
        ("Propriétaire", "Cadastre"), ("Zwendel", "A 125/2 D"), ("La Commune d'Orbais", "A 130 B")
    )
    assert found(html) == {("Zwendel", "PERSON"), ("A 125/2 D", "PARCEL")}


def test_a_form_has_its_labels_in_the_first_column():
    html = table(("Nom", "Zwendel"), ("Domicile", "Aux Quatre Bras 3"), ("Né(e) le", "3/4/1980"))
    assert found(html) == {
        ("Zwendel", "PERSON"),
        ("Aux Quatre Bras 3", "ADDRESS"),
        ("3/4/1980", "BIRTH_DATE"),
    }


def test_a_table_without_a_label_is_only_text():
    assert found(table(("Chaises", "12"), ("Tables", "8"))) == set()
