"""The links to an item's documents, below its title."""

from collective.deliberation.documents.extract_view import VIEW_PERSONAL_DATA
from plone import api
from plone.app.layout.viewlets import ViewletBase


class ExtractLinks(ViewletBase):
    """Takes the place of documentgenerator's links, which show file types before what a file is."""

    def internal(self):
        return api.user.has_permission(VIEW_PERSONAL_DATA, obj=self.context)

    def public(self):
        return bool(self.context.public and self.context.__parent__.public)

    def address(self, format, version):
        return f"{self.context.absolute_url()}/@@extract?format={format}&version={version}"
