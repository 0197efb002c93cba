"""What the four services share: the path after ``@published``, the institution, JSON in and out.

Every answer is JSON. A refusal is ``{"type", "message", "retry"}`` with ``field`` or ``missing`` where they
help; its message is in the caller's language.
"""

from AccessControl import getSecurityManager
from collective.deliberation import _
from collective.deliberation.portal.admission.admit import admit
from collective.deliberation.portal.admission.admit import require
from collective.deliberation.portal.admission.limits import limits
from collective.deliberation.portal.admission.ports import served_here
from collective.deliberation.portal.refusal import Refusal
from collective.deliberation.publishing import wire
from collective.deliberation.publishing.signatures.checking import Signed
from plone.protect.interfaces import IDisableCSRFProtection
from plone.rest.events import mark_as_api_request
from plone.restapi.services import Service
from typing import Any
from zExceptions import NotFound
from zope.i18n import translate
from zope.interface import alsoProvides
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


MAX_DOCUMENT = limits().document  # bytes of JSON
RECEIVE = "collective.deliberation: Receive publications"


def speak_json(event) -> None:
    """Make ``…/@published…`` a call of the REST API whatever the client accepts."""
    if "/@published" in event.request.get("PATH_INFO", ""):
        mark_as_api_request(event.request, "application/json")


@implementer(IPublishTraverse)
class PublicationService(Service):
    signed: Signed | None = None

    def __init__(self, context, request):
        super().__init__(context, request)
        if not served_here(request.environ):
            raise NotFound("@published")
        self.path: list[str] = []

    def publishTraverse(self, request, name):  # noqa: N802 (Zope)
        self.path.append(name)
        return self

    def check_permission(self) -> None:
        """ZCML asks for a permission of its own: "Use REST API" is for those who manage the portal."""

    def reply(self):
        # No browser sends PUT or DELETE to another site without asking first; GET writes nothing.
        alsoProvides(self.request, IDisableCSRFProtection)
        try:
            self.signed = admit(self.context, self.request, "annexes" in self.path)
            return self.answer()
        except wire.WireError as error:
            refusal = Refusal(400, "Malformed", error.message, field=error.field)
        except Refusal as error:
            refusal = error
        self.request.response.setStatus(refusal.status)
        if refusal.wait:
            self.request.response.setHeader("Retry-After", str(refusal.wait))
        return refusal.to_dict(translate(refusal.message, context=self.request))

    def answer(self) -> Any:
        raise NotImplementedError

    def institution(self, slug: Any):
        """The institution's folder, when this account may write below it."""
        slug = wire.checks.slug(slug, "institution")
        folder = self.context.get(slug)
        if getattr(folder, "portal_type", None) != "Institution":
            message = _(
                "publishing_institution_unknown",
                default="The portal has no institution of this short name. Have it added there.",
            )
            raise Refusal(404, "InstitutionUnknown", message, field="institution")
        if not getSecurityManager().checkPermission(RECEIVE, folder):
            message = _(
                "publishing_institution_foreign",
                default="This account may not publish for this institution.",
            )
            raise Refusal(403, "InstitutionForeign", message, field="institution")
        require(self.signed, slug)
        return folder

    def body(self) -> dict[str, Any]:
        stream = self.request.get("BODYFILE")
        body = stream.read(MAX_DOCUMENT + 1) if stream is not None else b""
        if len(body) > MAX_DOCUMENT:
            message = _(
                "publishing_document_too_large", default="The document is over this portal's limit."
            )
            raise Refusal(413, "TooLarge", message, field="document")
        return wire.parse(body)

    def describe(self, institution, uid: str, entry) -> dict[str, Any]:
        url = f"{institution.absolute_url()}/{entry.path}" if entry.path else None
        return {
            "uid": uid,
            "kind": entry.kind or None,
            "revision": entry.revision,
            "hash": entry.hash or None,
            "withdrawn": entry.withdrawn,
            "url": url,
        }


def unknown_address() -> Refusal:
    message = _("publishing_address_unknown", default="There is no service at this address.")
    return Refusal(404, "AddressUnknown", message)
