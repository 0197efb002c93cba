"""``PUT @published/{uid}`` takes a meeting or an item, ``PUT @published/{uid}/annexes/{sha256}`` a file.

A document answers 201 when it is new, else 200, with ``result``:

=========  ===========================================================created    now public
updated    now public in the place of an older revision
unchanged  this very revision was there
older      ignored: a newer revision, or a withdrawal, was there
=========  ===========================================================
A file with ``Content-Range`` is one part of it: 202 with ``offset``, where the next part begins, until the last one.
409 says what to send first: the meeting of an item, or the files in ``missing``.
"""

from collective.deliberation import _
from collective.deliberation.portal import files
from collective.deliberation.portal import store
from collective.deliberation.portal import uploads
from collective.deliberation.portal.log.record import receipt
from collective.deliberation.portal.refusal import Refusal
from collective.deliberation.portal.services.published.base import PublicationService
from collective.deliberation.portal.services.published.base import unknown_address
from collective.deliberation.publishing import wire
from datetime import datetime
from datetime import timezone


class Receive(PublicationService):
    def answer(self):
        if len(self.path) == 3 and self.path[1] == "annexes":
            return self.receive_file(*self.path[::2])
        if len(self.path) != 1:
            raise unknown_address()
        return self.receive_document(self.path[0])

    def receive_document(self, uid: str):
        document = self.body()
        wire.checks.uid(uid, "uid")
        institution = self.institution(document.get("institution"))
        if document.get("uid") != uid:
            message = _("publishing_uid_differs", default="Must be the UID in the address.")
            raise Refusal(400, "Malformed", message, field="uid")
        outcome = store.upsert(institution, document, datetime.now(timezone.utc))
        self.request.response.setStatus(201 if outcome.result == "created" else 200)
        answer = self.describe(institution, uid, outcome.entry)
        return {"result": outcome.result, **answer, "log": receipt(institution, uid)}

    def receive_file(self, uid: str, sha256: str):
        wire.checks.uid(uid, "uid")
        wire.checks.sha256(sha256, "sha256")
        institution = self.institution(self.request.form.get("institution"))
        if files.known(institution, sha256):
            return {"result": "unchanged", "sha256": sha256}
        length = self.request.environ.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > files.MAX_SIZE:
            raise files.too_large()
        # The body is in a temporary file of the server; it is copied in chunks, never held in memory.
        stream = self.request.get("BODYFILE")
        if stream is None:
            message = _(
                "publishing_body_consumed",
                default="Send the file as application/octet-stream.",
            )
            raise Refusal(415, "MediaType", message, field="body")
        now = datetime.now(timezone.utc).timestamp()
        header = self.request.environ.get("HTTP_CONTENT_RANGE")
        if header is None:
            files.store(institution, sha256, stream, now)
        elif not uploads.append(institution, sha256, uploads.part_of(header), stream, now):
            self.request.response.setStatus(202)
            offset = uploads.offset(institution, sha256)
            return {"result": "partial", "sha256": sha256, "offset": offset}
        self.request.response.setStatus(201)
        return {"result": "created", "sha256": sha256}
