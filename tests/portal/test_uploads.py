"""A large file in parts: it goes on from where a cut left off, with constant memory, and only whole files count."""

import hashlib
import io
import pytest
import transaction
from collective.deliberation.portal import files
from collective.deliberation.portal import uploads
from collective.deliberation.portal.received import peek
from collective.deliberation.publishing import client
from collective.deliberation.publishing.client import Done
from collective.deliberation.publishing.client import Later
from collective.deliberation.publishing.client import PortalClient
from collective.deliberation.testing import PASSWORD
from time import time


BYTES = bytes(range(256)) * 40
SHA = hashlib.sha256(BYTES).hexdigest()
UID = "a" * 32
FILE = f"/@published/{UID}/annexes/{SHA}?institution=valbourg"


@pytest.fixture()
def publisher(live_portal, add_institution):
    for slug in ("valbourg", "autre"):
        add_institution(live_portal.site, slug)
    live_portal.institution = live_portal.site["valbourg"]
    transaction.commit()
    http = live_portal.as_user("valbourg-publisher")
    http.institution, http.anybody = live_portal.institution, live_portal
    return http


def part(http, start, end, total=10240, data=None):
    return http.put(
        FILE,
        data=BYTES[start:end] if data is None else data,
        headers={
            "Content-Type": "application/octet-stream",
            "Content-Range": f"bytes {start}-{end - 1}/{total}",
        },
    )


def known(http):
    transaction.begin()
    return files.known(http.institution, SHA)


def test_parts_become_the_file_with_the_last_one(publisher):
    assert publisher.head(FILE).headers["Upload-Offset"] == "0"
    first = part(publisher, 0, 4000)
    assert (first.status_code, first.json()["result"], first.json()["offset"]) == (
        202,
        "partial",
        4000,
    )
    assert publisher.head(FILE).headers["Upload-Offset"] == "4000"
    assert not known(publisher)
    assert part(publisher, 4000, 8000).status_code == 202
    assert part(publisher, 8000, len(BYTES)).status_code == 201
    assert known(publisher)
    with files.stored(publisher.institution, SHA).blob.open("r") as stream:
        assert stream.read() == BYTES
    assert len(peek(publisher.institution).uploads) == 0
    assert publisher.head(FILE).status_code == 204


def test_a_part_that_is_not_the_next_one_is_refused_with_where_that_begins(publisher):
    part(publisher, 0, 4000)
    for start, end in ((0, 4000), (3999, 5000), (4001, 5000)):
        answer = part(publisher, start, end)
        assert (answer.status_code, answer.json()["type"], answer.json()["retry"]) == (
            409,
            "OffsetDiffers",
            True,
        )
        assert "4000" in answer.json()["message"]
    assert part(publisher, 4000, 5000, total=6000).status_code == 409
    assert publisher.head(FILE).headers["Upload-Offset"] == "4000"


def test_parts_that_make_another_file_are_dropped_and_the_next_try_begins_anew(publisher):
    part(publisher, 0, 4000, data=b"x" * 4000)
    answer = part(publisher, 4000, len(BYTES))
    assert (answer.status_code, answer.json()["type"]) == (422, "HashDiffers")
    assert not known(publisher)
    assert publisher.head(FILE).headers["Upload-Offset"] == "0"


@pytest.mark.parametrize(
    "header", ["bytes 0-9", "bytes 5-4/10", "bytes 0-10/10", "items 0-9/10", "bytes */10", "x"]
)
def test_a_range_that_is_none_is_refused_by_name(publisher, header):
    headers = {"Content-Type": "application/octet-stream", "Content-Range": header}
    answer = publisher.put(FILE, data=b"x" * 10, headers=headers)
    assert (answer.status_code, answer.json()["field"]) == (400, "Content-Range")


@pytest.mark.parametrize("data", [b"x" * 3999, b"x" * 4001])
def test_a_part_of_another_length_than_it_says_is_refused(publisher, data):
    assert part(publisher, 0, 4000, data=data).status_code == 400
    assert publisher.head(FILE).headers["Upload-Offset"] == "0"


def test_a_file_that_will_be_too_large_is_refused_with_its_first_part(publisher):
    assert part(publisher, 0, 10, total=files.MAX_SIZE + 1).status_code == 413


def test_only_the_institutions_own_account_sends_parts(publisher):
    assert part(publisher.anybody, 0, 4000).status_code == 401
    assert part(publisher.as_user("autre-publisher"), 0, 4000).status_code == 403


def test_what_nobody_ends_is_removed_after_a_day_and_there_are_never_too_many(publisher):
    institution, now = publisher.institution, time()
    for number in range(uploads.MOST):
        one = uploads.Part(0, 5, 10)
        uploads.append(institution, f"{number:064x}", one, io.BytesIO(b"12345"), now)
    transaction.commit()
    assert part(publisher, 0, 4000).status_code == 429
    index = peek(institution)
    files.sweep(index, now + files.PATIENCE - 1)
    assert len(index.uploads) == uploads.MOST
    files.sweep(index, now + files.PATIENCE + files.SWEEP)
    assert len(index.uploads) == 0
    transaction.commit()
    assert part(publisher, 0, 4000).status_code == 202


class Cut(io.BytesIO):
    """A file whose connection breaks once, at its third part."""

    cuts = 1
    most = 0

    def read(self, size=-1):
        Cut.most = max(Cut.most, size)
        if Cut.cuts and self.tell() >= 2000:
            Cut.cuts -= 1
            raise OSError("cut")
        return super().read(size)


def test_after_a_cut_a_deliverer_sends_only_what_is_missing(publisher, monkeypatch):
    monkeypatch.setattr(client, "PART", 1000)
    sent = []
    whole = PortalClient._send

    def send(self, path, body, headers=None):
        sent.append(headers["Content-Range"])
        return whole(self, path, body, headers)

    monkeypatch.setattr(PortalClient, "_send", send)
    deliverer = PortalClient(publisher.base, "valbourg", ("valbourg-publisher", PASSWORD))
    arguments = (UID, SHA, len(BYTES), lambda: Cut(BYTES))
    assert isinstance(deliverer.send_file(*arguments), Later)
    assert sent == ["bytes 0-999/10240", "bytes 1000-1999/10240", "bytes 2000-2999/10240"]
    sent.clear()
    assert isinstance(deliverer.send_file(*arguments), Done)
    assert sent[0] == "bytes 2000-2999/10240"
    assert sent[-1] == "bytes 10000-10239/10240"
    assert known(publisher)
    assert Cut.most <= client.CHUNK  # never the whole file
