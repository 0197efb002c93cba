"""``@@import-meeting``: import answers of iA.Délib from files, and read what was done."""

from collective.deliberation import _
from collective.deliberation.content.institution import IInstitution
from collective.deliberation.sources import iadelib
from collective.deliberation.sources import importer
from collective.deliberation.sources import walk
from collective.deliberation.sources.importer import IMPORT
from collective.deliberation.sources.target import institution_for
from collective.deliberation.sources.target import institutions
from collective.deliberation.sources.values import SourceError
from plone import api
from plone.protect import CheckAuthenticator
from Products.Five.browser import BrowserView


class ImportForm(BrowserView):
    """A GET shows the form; a POST imports and shows the report, or the error, beside the form."""

    report = None
    error = None  # SourceError
    chosen = ""

    def __call__(self):
        if self.request.method == "POST":
            CheckAuthenticator(self.request)
            self.submit()
        return self.index()

    def choices(self):
        if IInstitution.providedBy(self.context):
            return [self.context]
        return [
            place
            for place in institutions(self.context)
            if api.user.has_permission(IMPORT, obj=place)
        ]

    def submit(self):
        self.chosen = self.request.form.get("institution", "")
        try:
            documents = [self.upload("items", required=True), self.upload("meeting")]
            source = iadelib.read(*(document for document in documents if document is not None))
            self.report = importer.run(self.institution(source), source)
        except SourceError as error:
            self.error = error
        except walk.Refused as error:
            self.error = SourceError("", error.args[0])
        if self.error is not None:
            self.request.response.setStatus(400)

    def institution(self, source):
        allowed = {place.getId(): place for place in self.choices()}
        if self.chosen in allowed:
            return allowed[self.chosen]
        place = institution_for(self.context, source, self.chosen)
        return allowed[place.getId()]

    def upload(self, name, required=False):
        file = self.request.form.get(name)
        if not getattr(file, "filename", ""):
            if required:
                message = _("import_no_file", default="choose the file with the items.")
                raise SourceError(name, message)
            return None
        return iadelib.parse(file.read(), file.filename)
