"""What a reader takes along: PDF and ZIP, complete, neutralised, with names that say nothing."""

import io
import lxml.html
import published_samples as samples
import pypdf
import pytest
import re
import transaction
import zipfile
from collective.deliberation.portal.pages import downloads
from collective.deliberation.portal.pages import flowables
from collective.deliberation.portal.pages import paper
from collective.deliberation.portal.pages import presented
from collective.deliberation.pseudonym.present import Policy
from reportlab.platypus import Table


PAST = samples.address(samples.PAST)
NEXT = samples.address(samples.NEXT)
MASKED = samples.PAST_ITEMS[2]


def pdf_of(answer):
    assert answer.headers["Content-Type"] == "application/pdf"
    return pypdf.PdfReader(io.BytesIO(answer.content))


def text_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def zip_of(answer):
    assert answer.headers["Content-Type"] == "application/zip"
    assert int(answer.headers["Content-Length"]) == len(answer.content)
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.testzip() is None
    return archive


def test_a_meeting_is_one_pdf_with_title_language_bookmarks_and_page_numbers(site):
    pdf = pdf_of(site.get(f"{PAST}/seance.pdf"))
    assert pdf.metadata.title.replace("\xa0", " ") == "Conseil communal du lundi 17 novembre 2025"
    assert pdf.metadata.author == "Valbourg"
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == "fr-BE" and root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert [entry.title[:3] for entry in pdf.outline] == ["1. ", "2. ", "3. ", "4. "]
    text = text_of(pdf)
    for part in (
        "Élise Warnant, bourgmestre-présidente",
        "D'approuver le cahier des charges",
        "86.400,00 €",
        "Pour : 17",
        "Cahier des charges (PDF, 1,2 Mo)",
        f"1 / {len(pdf.pages)}",
    ):
        assert part in text, part
    assert "pas adoptés" not in text


def test_drafts_say_on_each_page_that_they_are_drafts(site):
    pdf = pdf_of(site.get(f"{NEXT}/seance.pdf"))
    for page in pdf.pages:
        assert "peuvent encore être modifiés et ne sont pas adoptés" in page.extract_text()


def test_an_item_is_a_pdf_of_its_own(site):
    address = samples.address(samples.PAST, samples.PAST_ITEMS[1])
    text = text_of(pdf_of(site.get(f"{address}/point.pdf")))
    assert "châssis" in text and "sentier" not in text


def test_a_zip_holds_all_texts_and_annexes_and_its_contents_lead_to_each(site):
    archive = zip_of(site.get(f"{PAST}/documents.zip"))
    names = set(archive.namelist())
    contents = lxml.html.fromstring(archive.read("sommaire.html"))
    led_to = {link for link in contents.xpath("//li//a/@href")}
    assert led_to == names - {"sommaire.html"}
    annexes = [annex for item in samples.PAST_ITEMS for annex in item.record.annexes]
    held = {archive.read(name) for name in names}
    for annex in (*annexes, *samples.PAST.record.annexes):
        assert samples.FILES[annex.sha256] in held, annex.title
    for page in (name for name in names if re.search(r"/\d{3}-[0-9a-f]{8}\.html$", name)):
        for link in lxml.html.fromstring(archive.read(page)).xpath("//ul//a/@href"):
            assert f"{page.rpartition('/')[0]}/{link}" in names


def test_nothing_taken_along_holds_a_token_and_no_name_says_what_is_in_it(site):
    archive = zip_of(site.get(f"{PAST}/documents.zip"))
    for name in archive.namelist():
        assert re.fullmatch(r"[a-z0-9./-]+", name)
        assert not re.search("sentier|voirie|chassis|cahier", name)
        if name.endswith(".html"):
            html = archive.read(name).decode()
            assert "⟦" not in html and "pm-token" not in html
    assert b"convention avec Personne" in b"".join(
        archive.read(name) for name in archive.namelist() if name.endswith(".html")
    )
    text = text_of(pdf_of(site.get(f"{PAST}/seance.pdf")))
    assert "convention avec Personne" in text and "⟦" not in text


def test_a_bar_hides_its_words_on_paper_too(site):
    site.institution.pseudonymPolicy = "bar"
    transaction.commit()
    text = text_of(pdf_of(site.get(f"{samples.address(samples.PAST, MASKED)}/point.pdf")))
    assert "personne" in text and "pm-" not in text


@pytest.mark.parametrize("name", ["seance.pdf", "documents.zip"])
def test_who_holds_a_file_gets_304_until_it_changes_and_head_knows_its_length(site, name):
    first = site.get(f"{PAST}/{name}")
    assert "noindex" in first.headers["X-Robots-Tag"]
    assert int(site.head(f"{PAST}/{name}").headers["Content-Length"]) == len(first.content)
    held = {"If-None-Match": first.headers["ETag"]}
    assert site.get(f"{PAST}/{name}", headers=held).status_code == 304
    site.publish(samples.corrected(samples.PAST_ITEMS[1]))
    assert site.get(f"{PAST}/{name}", headers=held).status_code == 200


def test_what_is_withdrawn_is_in_no_file(site):
    site.withdraw(samples.PAST_ITEMS[1], "Erreur")
    assert "châssis" not in text_of(pdf_of(site.get(f"{PAST}/seance.pdf")))
    contents = zip_of(site.get(f"{PAST}/documents.zip")).read("sommaire.html").decode()
    assert "châssis" not in contents and "Voirie" in contents
    gone = samples.address(samples.PAST, samples.PAST_ITEMS[1])
    assert site.get(f"{gone}/point.pdf").status_code == 410
    site.withdraw(samples.PAST, "Erreur")
    for name in ("seance.pdf", "documents.zip"):
        assert site.get(f"{PAST}/{name}").status_code == 410


def test_too_many_at_once_are_asked_to_come_back(site, monkeypatch):
    monkeypatch.setattr(downloads, "PATIENCE", 0.01)
    with downloads.making(), downloads.making():
        answer = site.get(f"{PAST}/seance.pdf")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "Réessayez dans une minute" in answer.text
    assert site.get(f"{PAST}/seance.pdf").status_code == 200


# Paper, without a site


def test_a_table_keeps_its_spans_and_one_too_large_for_a_page_keeps_its_words():
    spans = presented.rich(
        "<table><tr><td rowspan=2>a</td><td colspan=2>b</td></tr><tr><td>c</td></tr></table>",
        Policy(),
    )
    (table,) = [each for each in flowables.blocks(spans, 400) if isinstance(each, Table)]
    assert (table._nrows, table._ncols) == (2, 3)
    words = "<p>mot mot mot</p>" * 300
    huge = presented.rich(f"<table><tr><td>{words}</td><td>fin</td></tr></table>", Policy())
    text = text_of(pypdf.PdfReader(io.BytesIO(paper.pdf(paper_of(huge)))))
    assert text.count("mot") == 900 and "fin" in text


def paper_of(html):
    return paper.Paper("V", "T", "https://v.example", (), "", html, ())
