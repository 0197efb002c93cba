"""The extract of the register: its words, its ODT file, its PDF."""

import io
import pypdf
import pytest
import re
import zipfile
from collective.deliberation.documents import extract
from collective.deliberation.documents import pdf
from collective.deliberation.documents import render
from collective.deliberation.documents import template
from collective.deliberation.documents import xhtml
from dataclasses import replace
from datetime import datetime


TEXTS = extract.Texts(
    title="Règlement-taxe sur les immeubles <inoccupés> & assimilés",
    attendance="<p>Présents : Odile Warnier, <s>Firmin Collard</s></p>",
    motivation="<p>Vu le Code de la démocratie locale ;</p><ul><li>un<li>deux</ul>",
    decision="<p>Article 1er – <u>Il est établi</ul> une taxe.<br>Fin</p>",
    votes="À l'unanimité",
    location="Salle des mariages",
    body_title="Conseil communal",
)


def make(texts=TEXTS, **values):
    values = {
        "institution": "Valbourg",
        "kind": "commune",
        "address": "Grand-Place 1\n5999 Valbourg",
        "start": datetime(2027, 3, 1, 19),
        "number": "12",
        "draft": False,
        "public_version": False,
    } | values
    return extract.compose(texts, **values)


def words_of(odt):
    content = zipfile.ZipFile(io.BytesIO(odt)).read("content.xml").decode()
    return re.sub(r"<[^>]+>", " ", content)


def test_an_extract_names_institution_number_date_and_who_signs():
    made = make()
    assert made.numbered_title.startswith("12. Règlement-taxe")
    assert made.sitting == (
        "Conseil communal – Séance publique du 1er mars 2027 – Salle des mariages"
    )
    assert made.signatures == ("Le Directeur général,", "Le Bourgmestre,")
    assert made.by == "Par le Conseil,"


def test_a_draft_says_that_it_is_not_adopted():
    made = make(draft=True)
    assert "n'est pas adopté" in made.mention
    assert "registre" not in made.heading
    assert make().mention == ""


def test_a_province_signs_with_its_own_officers():
    assert make(kind="province").signatures[0] == "Le Directeur général provincial,"


@pytest.mark.parametrize(
    "decision, verb",
    [
        ("<p>Article 1er – Une taxe.</p>", "DÉCIDE :"),
        ("<p><strong>D E C I D E :</strong></p><p>De reporter.</p>", ""),
        ("<p>Le Collège <b>décide</b> de reporter.</p>", ""),
        ("<p>PREND  ACTE du rapport.</p>", ""),
        ("", ""),
    ],
)
def test_the_word_decides_is_added_only_where_the_decision_lacks_it(decision, verb):
    assert make(replace(TEXTS, decision=decision)).verb == verb


def test_the_template_is_the_same_bytes_each_time():
    assert template.extract_odt() == template.extract_odt()


def test_the_odt_holds_every_text_also_of_malformed_html():
    words = words_of(render.odt(template.extract_odt(), make()))
    for text in (
        "Valbourg",
        "deux",
        "Il est établi",
        "Fin",
        "&lt;inoccupés&gt; &amp;",
        "unanimité",
    ):
        assert text in words
    assert "extract." not in words


@pytest.mark.parametrize(
    "html",
    [
        '<p>a <img src="file:///etc/passwd" alt="plan"> b</p>',
        '<p>a <img src="http://169.254.169.254/" alt="plan"> b</p>',
        '<p>a <span style="background:url(http://localhost/)">plan</span> b</p>',
        "<p>a <script>alert(1)</script>plan b</p>",
        "<p>a <!-- secret -->plan b</p>",
    ],
)
def test_nothing_in_a_text_makes_the_converter_fetch_or_run(html):
    made = xhtml.printable(html)
    assert "plan" in made
    for trace in ("src", "url(", "script", "secret"):
        assert trace not in made


def test_marks_are_no_part_of_a_document():
    marked = '<p>Vu <span data-pm-id="p1" data-pm-cat="person">Odile</span> ici</p>'
    assert xhtml.printable(marked) == "<p>Vu Odile ici</p>"


@pytest.mark.parametrize("html", ["", " ", "<p></p>", "<p>&nbsp;</p>", "<!-- x -->"])
def test_a_text_without_words_prints_nothing(html):
    assert xhtml.printable(html) == ""


def test_the_pdf_holds_the_text_is_tagged_and_names_nobody_as_its_author():
    document = pypdf.PdfReader(io.BytesIO(pdf.from_odt(render.odt(template.extract_odt(), make()))))
    text = " ".join(page.extract_text() for page in document.pages)
    for expected in (
        "Valbourg",
        "12. Règlement-taxe",
        "1er mars 2027",
        "Il est établi",
        "Le Directeur général",
        "Le Bourgmestre",
        "Par le Conseil",
        "Pour extrait certifié conforme",
    ):
        assert expected in text
    assert document.metadata.title == "Extrait du registre aux délibérations"
    assert document.metadata.author is None
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert document.trailer["/Root"]["/Lang"] == "fr-BE"


def test_without_libreoffice_a_pdf_is_refused_with_the_reason(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("SOFFICE", raising=False)
    with pytest.raises(pdf.PdfUnavailable) as error:
        pdf.from_odt(b"")
    assert error.value.reason == "missing"


def test_a_libreoffice_that_fails_is_told_apart(monkeypatch):
    monkeypatch.setenv("SOFFICE", "/bin/false")
    with pytest.raises(pdf.PdfUnavailable) as error:
        pdf.from_odt(b"")
    assert error.value.reason == "failed"
