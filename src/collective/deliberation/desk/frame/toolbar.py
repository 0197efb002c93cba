"""The desk's tools, at the side of each page: Plone's, with names and buttons that a keyboard and a screen reader reach."""

from plone.app.layout.viewlets.toolbar import ToolbarViewletManager
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile


class Toolbar(ToolbarViewletManager):
    custom_template = ViewPageTemplateFile("toolbar.pt")
