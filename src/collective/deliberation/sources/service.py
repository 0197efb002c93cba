"""``POST {desk or institution}/@import-meeting``: import answers of iA.Délib sent as JSON.

The body is an answer with the meeting and its items, or ``{"meeting": …, "items": …, "annexes": …}``.
For the desk itself, ``?institution=slug`` says where, when that isn't clear.
"""

from collective.deliberation.content.institution import IInstitution
from collective.deliberation.sources import iadelib
from collective.deliberation.sources import importer
from collective.deliberation.sources import walk
from collective.deliberation.sources.target import institution_for
from collective.deliberation.sources.values import SourceError
from plone.protect.interfaces import IDisableCSRFProtection
from plone.restapi.services import Service
from zope.i18n import translate
from zope.interface import alsoProvides


class ImportMeeting(Service):
    def reply(self):
        # As in plone.restapi's own services: no cookie alone makes a browser send JSON here.
        alsoProvides(self.request, IDisableCSRFProtection)
        try:
            source = iadelib.read(iadelib.parse(self.request.get("BODY", b"")))
            report = importer.run(self.institution(source), source)
        except SourceError as error:
            return self.refuse(error.field, error.message)
        except walk.Refused as error:
            return self.refuse("", error.args[0])
        return {
            "@id": report.address,
            "created": report.created,
            "updated": report.updated,
            "unchanged": report.unchanged,
            "notes": [self.words(note) for note in report.notes],
        }

    def institution(self, source):
        if IInstitution.providedBy(self.context):
            return self.context
        return institution_for(self.context, source, self.request.form.get("institution", ""))

    def refuse(self, field, message):
        self.request.response.setStatus(400)
        return {"type": "BadRequest", "field": field, "message": self.words(message)}

    def words(self, message):
        return translate(message, context=self.request)
