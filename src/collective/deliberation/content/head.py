"""HEAD answers as GET does; Zope's containers say 404 instead, and link checkers believe them."""

from AccessControl import ClassSecurityInfo
from AccessControl.class_init import InitializeClass
from zope.component import getMultiAdapter


class AnswersHead:
    """For containers whose page is their default view."""

    security = ClassSecurityInfo()

    @security.protected("View")
    def HEAD(self, REQUEST, RESPONSE):  # noqa: N802, N803 (Zope)
        """The headers of the default view."""
        getMultiAdapter((self, REQUEST), name=self.getLayout())()
        return ""


InitializeClass(AnswersHead)
