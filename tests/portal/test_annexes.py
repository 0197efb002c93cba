"""Files of published objects over HTTP: whole, in part, not at all."""

import hashlib
import pytest
import requests
import transaction
from collective.deliberation.portal import files
from collective.deliberation.portal import store
from datetime import datetime
from datetime import timezone
from io import BytesIO


PDF = b"%PDF-1.7 " + b"plan " * 100_000
NOW = datetime(2026, 12, 1, tzinfo=timezone.utc)


@pytest.fixture()
def address(live_portal, add_institution, send):
    """A function that publishes an item with one file and gives the file's address."""
    institution = add_institution(live_portal.site, "valbourg")

    def publish(content=PDF, **fields):
        annex = send.annex(content, **fields)
        files.store(institution, annex.sha256, BytesIO(content), NOW.timestamp())
        store.upsert(institution, send.meeting(), NOW)
        store.upsert(institution, send.item(annexes=(annex,)), NOW)
        transaction.commit()
        name = f"{annex.uid[:8]}.{annex.extension}"
        return f"{live_portal.base}/valbourg/2026-12-14-conseil/bbbbbbbb/annexes/{name}"

    publish.institution = institution
    return publish


def test_anybody_gets_the_whole_file_with_its_type_and_no_name_but_its_address(address):
    answer = requests.get(address())
    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'inline; filename="cccccccc.pdf"'
    assert answer.headers["Content-Length"] == str(len(PDF))
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["ETag"] == f'"{hashlib.sha256(PDF).hexdigest()}"'
    assert "max-age" in answer.headers["Cache-Control"]


def test_head_gives_the_headers_without_the_file(address):
    answer = requests.head(address())
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["Content-Length"] == str(len(PDF))
    assert answer.headers["Content-Type"] == "application/pdf"


def test_who_has_the_file_gets_304(address):
    url = address()
    etag = requests.get(url).headers["ETag"]
    answer = requests.get(url, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content) == (304, b"")


@pytest.mark.parametrize(
    ("asked", "part", "told"),
    [
        ("bytes=0-3", PDF[:4], f"bytes 0-3/{len(PDF)}"),
        ("bytes=-4", PDF[-4:], f"bytes {len(PDF) - 4}-{len(PDF) - 1}/{len(PDF)}"),
        (f"bytes={len(PDF) - 2}-", PDF[-2:], f"bytes {len(PDF) - 2}-{len(PDF) - 1}/{len(PDF)}"),
    ],
)
def test_a_part_is_given_when_asked_for(address, asked, part, told):
    answer = requests.get(address(), headers={"Range": asked})
    assert (answer.status_code, answer.content) == (206, part)
    assert answer.headers["Content-Range"] == told


def test_a_part_out_of_the_file_is_416(address):
    answer = requests.get(address(), headers={"Range": f"bytes={len(PDF)}-"})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(PDF)}"


def test_a_part_of_another_version_is_the_whole_file(address):
    answer = requests.get(address(), headers={"Range": "bytes=0-3", "If-Range": '"other"'})
    assert (answer.status_code, answer.content) == (200, PDF)


@pytest.mark.parametrize(
    ("media_type", "extension"), [("image/svg+xml", "svg"), ("text/html", "html")]
)
def test_what_could_run_is_downloaded_and_boxed_in(address, media_type, extension):
    url = address(b"<svg><script>1</script></svg>", mimeType=media_type, extension=extension)
    answer = requests.get(url)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["", "dddddddd.pdf", "cccccccc.exe", "cccccccc.pdf/x"])
def test_an_address_without_a_file_is_404(address, name):
    session = requests.Session()
    url = address().rsplit("/", 1)[0]
    request = session.prepare_request(requests.Request("GET", url))
    request.url = f"{url}/{name}"
    answer = session.send(request)
    assert answer.status_code == 404
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("uid", ["b" * 32, "a" * 32], ids=["its item", "its meeting"])
def test_the_file_of_a_withdrawn_object_is_410(address, uid):
    url = address()
    date = "2026-12-02T09:00:00+01:00"
    store.withdraw(address.institution, uid, 2, "Erreur matérielle", date, NOW)
    transaction.commit()
    answer = requests.get(url)
    assert answer.status_code == 410
    assert PDF not in answer.content
