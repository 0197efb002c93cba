"""``/eli/{institution}/{UID}``: the identifier of a publication leads to where it is now (303)."""

from collective.deliberation.content.institution import IInstitution
from collective.deliberation.portal import store
from plone.transformchain.interfaces import DISABLE_TRANSFORM_REQUEST_KEY
from Products.Five import BrowserView
from zExceptions import NotFound
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


@implementer(IPublishTraverse)
class Identifier(BrowserView):
    def __init__(self, context, request):
        super().__init__(context, request)
        self.path: list[str] = []

    def publishTraverse(self, request, name):  # noqa: N802 (Zope)
        if len(self.path) == 2:
            raise NotFound(name)
        self.path.append(name)
        return self

    def __call__(self) -> str:
        """What is withdrawn says so at its address.

        :raises NotFound: when nothing was ever published under this identifier
        """
        if len(self.path) != 2:
            raise NotFound("eli")
        institution = self.context.get(self.path[0])
        if not IInstitution.providedBy(institution):
            raise NotFound(self.path[0])
        published = store.published(institution, self.path[1])
        if published is None:
            raise NotFound(self.path[1])
        self.request.environ[DISABLE_TRANSFORM_REQUEST_KEY] = True
        response = self.request.response
        response.setHeader("Vary", "Accept")
        response.setHeader("Access-Control-Allow-Origin", "*")
        response.setHeader("Cache-Control", "public, max-age=0, must-revalidate")
        response.redirect(published.absolute_url(), status=303)
        return ""
