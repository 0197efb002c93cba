"""The portal's home page becomes the site's, unless another one was chosen."""

from collective.deliberation.portal import home


def upgrade(setup) -> None:
    if home.chosen(setup.aq_parent) == ("", ""):
        home.take_place(setup.aq_parent)
