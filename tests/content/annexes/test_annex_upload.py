"""A file that comes through the form of an annex: streamed into its blob, kept when it stays, refused with a reason."""

import pytest
import re
import transaction
from annex_files import pdf
from base64 import b64encode
from html import unescape
from plone.formwidget.namedfile.interfaces import IFileUploadTemporaryStorage


FILE = pdf("Plan") + b"%" + bytes(range(128, 256)) * 8000  # a megabyte


@pytest.fixture()
def form(live_desk, annexes):
    """``form(path, data, title, action)``: save a form of an annex as an agent."""
    http = live_desk.as_user("agent")
    http.session.headers["Accept"] = "text/html"

    def send(path, data=None, title="Lettre", **fields):
        page = http.get(path).text
        return http.post(
            path,
            data={
                "_authenticator": re.search(r'name="_authenticator"[^>]*value="(\w+)"', page)[1],
                "form.widgets.title": title,
                "form.widgets.category:list": "annex",
                "form.buttons.save": "Save",
                **fields,
            },
            files={"form.widgets.file": ("lettre.pdf", data or b"", "application/pdf")},
            allow_redirects=False,
        )

    return send


def item_path(annexes):
    return annexes.item.absolute_url_path().removeprefix("/desk")


def test_an_uploaded_file_is_the_annexes_file_and_is_searched(form, annexes):
    answer = form(f"{item_path(annexes)}/++add++Annex", FILE)
    assert answer.status_code == 302
    transaction.begin()
    (annex,) = annexes.item.objectValues()
    with annex.file.open() as stream:
        assert stream.read() == FILE
    assert (annex.file.filename, annex.file.contentType) == ("lettre.pdf", "application/pdf")


def test_the_file_stays_when_only_the_title_is_changed(form, annexes):
    path = annexes.add(FILE)
    before = annexes.of(path).file
    answer = form(f"{path}/@@edit", title="Plan", **{"form.widgets.file.action": "nochange"})
    assert answer.status_code == 302
    assert annexes.of(path).title == "Plan"
    assert annexes.of(path).file == before


def test_with_an_error_elsewhere_the_file_is_not_kept_in_the_database(form, annexes, live_desk):
    answer = form(f"{item_path(annexes)}/++add++Annex", FILE, title="")
    assert answer.status_code == 200
    assert "Lettre" not in answer.text
    transaction.begin()
    assert list(annexes.item.objectValues()) == []
    assert len(IFileUploadTemporaryStorage(live_desk.site).upload_map) == 0


def test_a_form_without_a_file_is_refused_and_says_what_may_come(form, annexes):
    answer = form(f"{item_path(annexes)}/++add++Annex")
    assert answer.status_code == 200
    assert "PDF jusqu'à 500 Mo" in unescape(answer.text)
    transaction.begin()
    assert list(annexes.item.objectValues()) == []


def test_a_program_sends_a_large_file_in_parts(live_desk, annexes):
    path = annexes.add(pdf("Plan"))
    http = live_desk.as_user("agent")
    http.session.headers["Tus-Resumable"] = "1.0.0"
    said = {"filename": b"plan.pdf", "content-type": b"application/pdf", "fieldname": b"file"}
    metadata = ",".join(f"{name} {b64encode(value).decode()}" for name, value in said.items())
    begun = http.post(
        f"{path}/@tus-replace",
        headers={"Upload-Length": str(len(FILE)), "Upload-Metadata": metadata},
    )
    assert begun.status_code == 201
    address = begun.headers["Location"].removeprefix(live_desk.base)
    for start in (0, 600_000):
        part = http.patch(
            address,
            data=FILE[start : start + 600_000],
            headers={
                "Content-Type": "application/offset+octet-stream",
                "Upload-Offset": str(start),
            },
        )
        assert part.status_code == 204
    with annexes.of(path).file.open() as stream:
        assert stream.read() == FILE
    assert live_desk.as_user("visitor").post(
        f"{path}/@tus-replace",
        headers={"Tus-Resumable": "1.0.0", "Upload-Length": "9", "Upload-Metadata": metadata},
    ).status_code in (401, 403)
