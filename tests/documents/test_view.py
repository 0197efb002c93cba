"""The documents of an item of the desk: who gets them, and that the public ones hide who is marked."""

import io
import pypdf
import pytest
import transaction
import zipfile
from collective.deliberation.content.register import register_of
from plone import api
from plone.app.textfield.value import RichTextValue
from plone.dexterity.utils import createContentInContainer


NAME = "Wivine Kerckhofs"


def rich(html):
    return RichTextValue(html, "text/html", "text/x-html-safe")


@pytest.fixture()
def item(live_desk):
    """A decided item whose title, text and votes name somebody who is marked once."""
    import pytz
    from datetime import datetime

    institution = createContentInContainer(
        live_desk.site,
        "Institution",
        title="Valbourg",
        slug="valbourg",
        address="Grand-Place 1",
        pseudonymPolicy="letter",
    )
    meeting = createContentInContainer(
        institution,
        "Meeting",
        body="conseil",
        start=pytz.timezone("Europe/Brussels").localize(datetime(2027, 3, 1, 19)),
        attendance=rich("<p>Présents : Béatrice Hanquet, bourgmestre</p>"),
    )
    mark = f'<span data-pm-id="p1" data-pm-cat="person">{NAME}</span>'
    made = createContentInContainer(
        meeting,
        "Item",
        title=f"Concession – Demande de {NAME}",
        motivation=rich(f"<p>Vu la demande de Madame {mark} ;</p>"),
        draftDecision=rich("<p>Accordée.</p>"),
    )
    made.resolutionText = rich("<p>La concession de <b>Wivine</b> KERCKHOFS est accordée.</p>")
    made.votes = f"{NAME} s'étant retirée, à l'unanimité"
    api.content.transition(made, "propose")
    with api.env.adopt_user("clerk"):
        api.content.transition(made, "approve")
        api.content.transition(meeting, "convene")
        api.content.transition(meeting, "hold")
        api.content.transition(made, "decide")
    transaction.commit()
    return made


@pytest.fixture()
def get(live_desk, item):
    path = item.absolute_url()[len(live_desk.site.absolute_url()) :]

    def get(query, user="agent", view="@@extract", accept="text/html"):
        return live_desk.as_user(user).get(
            f"{path}/{view}?{query}", headers={"Accept": accept}, allow_redirects=False
        )

    return get


def words(odt):
    archive = zipfile.ZipFile(io.BytesIO(odt))
    return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def pdf_words(data):
    document = pypdf.PdfReader(io.BytesIO(data))
    return " ".join(page.extract_text() for page in document.pages), document


def test_the_internal_odt_holds_the_clear_text(get):
    answer = get("format=odt&version=internal")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/vnd.oasis.opendocument.text"
    assert NAME in words(answer.content)


def test_the_public_odt_holds_no_marked_name_in_any_of_its_files(get):
    text = words(get("format=odt&version=public").content)
    for form in ("Wivine", "Kerckhofs", "KERCKHOFS", "data-pm"):
        assert form not in text
    assert "Personne " in text


def test_the_public_pdf_holds_what_an_extract_must_and_no_marked_name(get):
    answer = get("format=pdf&version=public")
    assert answer.headers["Content-Type"] == "application/pdf"
    text, document = pdf_words(answer.content)
    for expected in (
        "Valbourg",
        "1. Concession",
        "1er mars 2027",
        "Béatrice Hanquet",
        "Personne ",
        "Le Directeur général",
        "Le Bourgmestre",
    ):
        assert expected in text
    everything = text + str(document.metadata) + str(document.xmp_metadata)
    for form in (b"Wivine", b"Kerckhofs", b"KERCKHOFS"):
        assert form.decode() not in everything
        assert form not in answer.content


def test_the_file_name_says_which_document_and_no_word_of_the_title(get, item):
    name = get("format=odt&version=public").headers["Content-Disposition"]
    assert name == (
        f'attachment; filename="extrait-2027-03-01-conseil-{item.UID()[:8]}-publique.odt"'
    )


def test_documentgenerators_own_address_gives_the_same_guarded_document(get, live_desk):
    template = live_desk.site["podtemplates"]["extract-public"]
    query = f"template_uid={template.UID()}&output_format=odt"
    answer = get(query, view="document-generation")
    assert answer.status_code == 200
    assert "Wivine" not in words(answer.content)
    assert "concession" not in answer.headers["Content-Disposition"].lower()


@pytest.mark.parametrize("view", ["@@extract", "document-generation"])
@pytest.mark.parametrize("version", ["internal", "public"])
def test_nobody_without_an_account_gets_a_document(get, view, version):
    answer = get(f"format=odt&version={version}", user=None, view=view)
    assert answer.status_code in (302, 401, 403)
    assert "Wivine" not in answer.text


def test_a_document_needs_the_permission_to_view_personal_data(get, item):
    """The public one, too: an item is refused as a whole, and everybody has the portal's."""
    item.manage_permission("collective.deliberation: View personal data", ["Manager"], acquire=0)
    transaction.commit()
    assert get("format=odt&version=internal", accept="application/json").status_code in (401, 403)
    assert get("format=odt&version=public", accept="application/json").status_code in (401, 403)


@pytest.mark.parametrize("view", ["persistent", "mailing-loop-persistent"])
def test_no_document_is_written_into_an_item_by_an_agent(get, item, live_desk, view):
    template = live_desk.site["podtemplates"]["extract-internal"]
    query = f"template_uid={template.UID()}&output_format=odt"
    answer = get(query, view=f"{view}-document-generation", accept="application/json")
    assert answer.status_code in (401, 403)
    transaction.begin()
    assert item.objectIds() == []


def test_a_closed_session_has_no_public_version(get, item):
    item.public = False
    transaction.commit()
    answer = get("format=odt&version=public")
    assert answer.status_code == 409
    assert "huis clos" in answer.text


def test_a_text_that_cannot_be_pseudonymised_is_refused(get, item):
    item.motivation = rich('<p><span data-pm-id="p99" data-pm-cat="person">Wivine</span></p>')
    item.register = ()
    transaction.commit()
    answer = get("format=odt&version=public")
    assert answer.status_code == 409
    assert "Pas de version publique" in answer.text


@pytest.mark.parametrize("query", ["format=exe", "version=both", "format=pdf&version=PUBLIC"])
def test_an_unknown_document_is_refused_with_what_to_ask(get, query):
    answer = get(query)
    assert answer.status_code == 400
    assert "format=pdf" in answer.text


def test_without_libreoffice_the_page_says_so_and_the_odt_still_comes(get, monkeypatch):
    monkeypatch.setenv("SOFFICE", "/nowhere/soffice")
    answer = get("format=pdf&version=public")
    assert answer.status_code == 503
    assert "LibreOffice" in answer.text
    assert get("format=odt&version=public").status_code == 200


def test_the_item_page_links_its_documents(get):
    page = get("", view="view").text
    assert "@@extract?format=pdf&amp;version=public" in page
    assert "Extrait (PDF, interne)" in page


def test_the_register_knows_the_name(item):
    assert register_of(item).entries[0].forms
