"""The frame of the desk's pages: the whole width, as its portlets are its own screens, and a foot of its own."""

from collective.deliberation.desk.closed import is_desk
from plone.app.layout.viewlets.common import ViewletBase


COLUMNS = ("disable_plone.leftcolumn", "disable_plone.rightcolumn")


def use_the_whole_width(site, event) -> None:
    """On ``IBeforeTraverseEvent`` of a desk."""
    if is_desk(site):
        for column in COLUMNS:
            event.request.set(column, 1)


class Nothing(ViewletBase):
    """In place of Plone's own foot: a colophon and links that lead nowhere on a closed site."""

    def render(self) -> str:
        return ""
