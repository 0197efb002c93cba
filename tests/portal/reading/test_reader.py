"""The words of annexes: read after the receipt, found in the search, and gone with the file."""

import hashlib
import io
import lxml.html
import pytest
import time
import transaction
import zipfile
from collective.deliberation.portal import files
from collective.deliberation.portal import store
from collective.deliberation.portal.reading import waiting
from collective.deliberation.portal.reading.reader import Reader
from datetime import datetime
from datetime import timezone
from reportlab.pdfgen.canvas import Canvas


ODT = "application/vnd.oasis.opendocument.text"


def pdf(*lines):
    target = io.BytesIO()
    canvas = Canvas(target)
    for line in lines:
        canvas.drawString(50, 700, line)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def odt(text):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", ODT)
        archive.writestr(
            "content.xml",
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
            f"<text:p>{text}</text:p></office:text></office:body></office:document-content>",
        )
    return target.getvalue()


@pytest.fixture()
def received(functional, live_portal, send, add_institution):
    """``received(content, mime, extension)``: an item with that annex is received, and committed."""
    live_portal.session.headers["Accept"] = "text/html"
    site = live_portal.site
    institution = add_institution(site, "valbourg")
    store.upsert(institution, send.meeting(), datetime.now(timezone.utc))

    def receive(content, mime="application/pdf", extension="pdf", revision=1):
        digest = hashlib.sha256(content).hexdigest()
        files.store(institution, digest, io.BytesIO(content), time.time())
        annex = send.annex(content, mimeType=mime, extension=extension, title="Rapport")
        document = send.item(revision=revision, annexes=(annex,))
        outcome = store.upsert(institution, document, datetime.now(timezone.utc))
        transaction.commit()
        return outcome

    receive.site, receive.get = site, live_portal.get
    receive.institution = institution
    receive.reader = Reader(site._p_jar.db())
    return receive


def found(received, words):
    transaction.begin()
    answer = received.get(f"/@@deliberations-search?q={words}")
    return lxml.html.fromstring(answer.text).cssselect(".results li")


@pytest.mark.parametrize(
    ("content", "mime", "extension"),
    [
        (pdf("Inventaire", "La tourbière des Hautes Fagnes"), "application/pdf", "pdf"),
        (odt("Les tourbières des Fagnes"), ODT, "odt"),
        ("tourbières".encode(), "text/plain", "txt"),
    ],
)
def test_words_of_an_annex_are_found_and_say_in_which(received, content, mime, extension):
    assert received(content, mime, extension).result == "created"
    assert found(received, "tourbiere") == []  # the receipt waited for nobody
    assert received.reader.run_once() == 1
    (result,) = found(received, "tourbiere")
    text = " ".join(result.text_content().split())
    assert f"Trouvé dans l'annexe Rapport ({extension.upper()}" in text
    assert [mark.text for mark in result.cssselect(".annex mark")][0].startswith("tourbi")
    (link,) = result.cssselect(".annex a")
    assert received.get(link.get("href").partition("/portal")[2]).status_code == 200
    assert received.reader.run_once() == 0


def test_a_file_that_cant_be_read_has_no_words_and_is_not_read_again(received):
    received(b"%PDF-1.7 broken")
    assert received.reader.run_once() == 1
    assert found(received, "broken") == []
    assert len(found(received, "moulin")) == 1
    assert received.reader.run_once() == 0


def test_a_file_that_ends_its_reader_is_given_up_after_some_tries(received):
    received(pdf("Une tourbière"))
    queue = waiting.waiting(received.site)
    now = time.time()
    for number in range(waiting.TRIES):  # each dies while reading
        assert queue.claim(now).tries == number + 1
        assert queue.claim(now) is None  # and leaves a lease
        now += waiting.LEASE
    transaction.commit()
    late = Reader(received.site._p_jar.db(), clock=lambda: now)
    assert late.run_once() == 1
    assert found(received, "tourbiere") == []
    transaction.begin()
    assert not queue.files


def test_the_words_go_with_the_file_that_another_one_replaces(received):
    received(pdf("Une tourbière"))
    received.reader.run_once()
    assert len(found(received, "tourbiere")) == 1
    received(pdf("Un étang"), revision=2)
    assert found(received, "tourbiere") == []
    received.reader.run_once()
    assert len(found(received, "etangs")) == 1
    store.withdraw(
        received.institution, "b" * 32, 3, "Erreur", "2026-12-02", datetime.now(timezone.utc)
    )
    transaction.commit()
    assert found(received, "etangs") == []


def test_a_file_withdrawn_while_it_is_read_does_no_harm(received):
    received(pdf("Une tourbière"))
    store.withdraw(
        received.institution, "b" * 32, 2, "Erreur", "2026-12-02", datetime.now(timezone.utc)
    )
    transaction.commit()
    assert received.reader.run_once() == 1
    assert found(received, "tourbiere") == []
