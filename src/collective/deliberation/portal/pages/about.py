"""What the portal is, whose the texts are, why names are masked, and what it doesn't keep of visitors."""

from collective.deliberation import _
from collective.deliberation.portal.pages.page import Page


class AboutPage(Page):
    template = "about"
    title = _("portal_about_title", default="About this portal")
