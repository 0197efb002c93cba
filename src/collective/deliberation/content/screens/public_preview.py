"""The public preview: each text as the desk has it beside what the public will read."""

from collective.deliberation.content.meeting import IMeeting
from collective.deliberation.content.numbering import items_of
from collective.deliberation.content.public_rendering import public_texts
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope.i18n import translate


class PublicPreview(BrowserView):
    template = ViewPageTemplateFile("public_preview.pt")

    def __call__(self):
        # Originals stand beside pseudonyms here: no cache may keep that.
        self.request.response.setHeader("Cache-Control", "no-store")
        return self.template()

    def texts(self):
        return public_texts(self.context)

    def reason(self, text):
        return translate(text.withheld, "collective.deliberation", context=self.request)

    def closed(self):
        """Whether nothing of this leaves the desk, whatever its state."""
        holder = self.context.__parent__
        return not self.context.public or (
            not IMeeting.providedBy(self.context) and not holder.public
        )

    def items(self):
        if not IMeeting.providedBy(self.context):
            return []
        return [
            {"number": item.number, "url": item.absolute_url(), "title": public_texts(item)[0]}
            for item in items_of(self.context)
        ]
