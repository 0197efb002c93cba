"""``HEAD @published/{uid}/annexes/{sha256}?institution={slug}``: is this file known? 204, else 404.

A 404 says in ``Upload-Offset`` how many bytes of it are here already, see ``portal.uploads``.
"""

from collective.deliberation.portal import files
from collective.deliberation.portal import uploads
from collective.deliberation.portal.services.published.base import PublicationService
from collective.deliberation.portal.services.published.base import unknown_address
from collective.deliberation.publishing import wire


class FileKnown(PublicationService):
    def answer(self):
        if len(self.path) != 3 or self.path[1] != "annexes":
            raise unknown_address()
        wire.checks.uid(self.path[0], "uid")
        sha256 = wire.checks.sha256(self.path[2], "sha256")
        institution = self.institution(self.request.form.get("institution"))
        if files.known(institution, sha256):
            return self.reply_no_content(204)
        offset = uploads.offset(institution, sha256)
        self.request.response.setHeader("Upload-Offset", str(offset))
        return self.reply_no_content(404)
