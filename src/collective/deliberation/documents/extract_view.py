"""``{item}/@@extract?format=pdf|odt&version=public|internal``: the extract of the register."""

import logging
from AccessControl import Unauthorized
from collective.deliberation import _
from collective.deliberation.content.addresses import short_uid
from collective.deliberation.content.french_dates import local
from collective.deliberation.content.vocabularies import institution_of
from collective.deliberation.documents import extract
from collective.deliberation.documents import item_texts
from collective.deliberation.documents import pdf
from collective.deliberation.documents import render
from collective.deliberation.documents.setup import template_for
from collective.deliberation.documents.template import MIMETYPE
from collective.deliberation.pseudonym.present import Policy
from plone import api
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


MEDIA_TYPES = {"pdf": "application/pdf", "odt": MIMETYPE}
VIEW_PERSONAL_DATA = "collective.deliberation: View personal data"

logger = logging.getLogger(__name__)


class ExtractView(BrowserView):
    """Without parameters: the public version, as PDF."""

    problem = ViewPageTemplateFile("problem.pt")
    message = None

    def __call__(self):
        form = self.request.form
        return self.document(form.get("format", "pdf"), form.get("version", "public"))

    def document(self, format: str, version: str):
        """The file, or a page that says why there is none."""
        if format not in MEDIA_TYPES or version not in ("public", "internal"):
            message = _(
                "extract_unknown",
                default="There is no such document: choose format=pdf or odt, version=public or internal.",
            )
            return self._refuse(400, message)
        if version == "internal" and not api.user.has_permission(
            VIEW_PERSONAL_DATA, obj=self.context
        ):
            raise Unauthorized("The internal version holds personal data.")
        template = template_for(version)
        if template is None or not template.can_be_generated(self.context):
            message = _(
                "extract_no_template",
                default="The template of this document is missing or disabled: ask an administrator.",
            )
            return self._refuse(409, message)
        try:
            made = render.odt(template.get_file().data, self.extract(version))
            if format == "pdf":
                made = pdf.from_odt(made)
        except item_texts.NotPublic as error:
            return self._refuse(409, error.args[0])
        except pdf.PdfUnavailable as error:
            return self._refuse(503, _PDF_PROBLEMS[error.reason])
        except Exception as error:
            # Its words may quote a text: the log gets its kind only.
            logger.error("extract of %s: %s", self.context.getId(), type(error).__name__)
            message = _(
                "extract_failed",
                default="The document could not be made. If the template was changed, check it.",
            )
            return self._refuse(500, message)
        return self._send(made, format, version)

    def extract(self, version: str) -> extract.Extract:
        item, meeting = self.context, self.context.__parent__
        institution = institution_of(item)
        draft = api.content.get_state(item) not in ("decided", "validated")
        if version == "public":
            policy = Policy(person=institution.pseudonymPolicy)
            texts = item_texts.pseudonymised(item, draft, policy)
        else:
            texts = item_texts.clear(item, draft)
        logo = institution.logo
        usable = logo is not None and logo.contentType in ("image/png", "image/jpeg")
        return extract.compose(
            texts,
            institution=institution.title,
            kind=institution.kind,
            address=institution.address or "",
            start=local(meeting.start),
            number=item.number or "",
            draft=draft,
            public_version=version == "public",
            public_session=bool(item.public and meeting.public),
            logo=logo.data if usable else b"",
            logo_format="jpg" if usable and logo.contentType == "image/jpeg" else "png",
        )

    def _send(self, content: bytes, format: str, version: str) -> bytes:
        meeting = self.context.__parent__
        day = local(meeting.start).date()
        # Where and which, never a word of the title: it can hold a name.
        name = f"extrait-{day}-{meeting.body}-{short_uid(self.context.UID())}-{version}.{format}"
        name = name.replace("-internal.", "-interne.").replace("-public.", "-publique.")
        headers = self.request.response.setHeader
        headers("Content-Type", MEDIA_TYPES[format])
        headers("Content-Disposition", f'attachment; filename="{name}"')
        headers("Cache-Control", "private, no-store")
        headers("X-Content-Type-Options", "nosniff")
        return content

    def _refuse(self, status: int, message):
        self.request.response.setStatus(status)
        self.message = message
        return self.problem()


_PDF_PROBLEMS = {
    "missing": _(
        "extract_no_libreoffice",
        default="No PDF can be made on this server: LibreOffice is not installed (on Debian or Ubuntu: "
        "apt install libreoffice-writer). The ODT version works.",
    ),
    "failed": _(
        "extract_libreoffice_failed",
        default="LibreOffice could not make the PDF. Try again, or use the ODT version.",
    ),
}
