"""Rich texts of items and meetings over REST: as they are stored, so that a round trip changes nothing.

plone.restapi would answer with transformed text, and unescape what it is sent. Reading needs the
permission "View personal data", as each field says.
"""

from collective.deliberation import _
from collective.deliberation.pseudonym.fragment import Withheld
from collective.deliberation.pseudonym.lost_marks import lost_marks
from plone.app.textfield.value import RichTextValue
from plone.restapi.deserializer.dxfields import DefaultFieldDeserializer
from plone.restapi.interfaces import IFieldDeserializer
from plone.restapi.interfaces import IFieldSerializer
from zope.i18n import translate
from zope.interface import implementer


@implementer(IFieldSerializer)
class Serializer:
    """``{"data": HTML as stored, "content-type": …, "encoding": …}``, or None."""

    def __init__(self, field, context, request):
        self.field = field
        self.context = context

    def __call__(self):
        value = getattr(self.context, self.field.__name__, None)
        if value is None:
            return None
        return {
            "data": value.raw,
            "content-type": value.mimeType,
            "encoding": value.encoding,
        }


@implementer(IFieldDeserializer)
class Deserializer(DefaultFieldDeserializer):
    """Takes what ``Serializer`` gives, or a string of HTML.

    :raises ValueError: when marks are gone whose words are still there: a client that filters attributes
        would unmark personal data without anybody's wish
    """

    def __call__(self, value):
        data = value.get("data") if isinstance(value, dict) else value
        media_type = value.get("content-type") if isinstance(value, dict) else None
        if not isinstance(data, str):
            raise ValueError(
                self._say(
                    _(
                        "error_rich_text",
                        default="Send the text as HTML: a string, or an object with “data”.",
                    )
                )
            )
        text = RichTextValue(
            raw=data,
            mimeType=media_type or self.field.default_mime_type,
            outputMimeType=self.field.output_mime_type,
        )
        self.field.validate(text)
        self._keep_marks(data)
        return text

    def _keep_marks(self, data):
        current = getattr(self.context, self.field.__name__, None)
        if current is None or not current.raw:
            return
        try:
            lost = lost_marks(current.raw, data)
        except Withheld as withheld:
            raise ValueError(self._say(withheld.reason)) from None
        if lost:
            raise ValueError(
                self._say(
                    _(
                        "error_marks_lost",
                        default="${count} passage(s) marked as personal data would come back without "
                        "their mark (${ids}). Send the text as GET gave it, marks included, or first "
                        "remove the data from the list “Personal data” of this content.",
                        mapping={
                            "count": str(len(lost)),
                            "ids": ", ".join(sorted({mark.id for mark in lost})),
                        },
                    )
                )
            )

    def _say(self, message):
        return translate(message, domain="collective.deliberation", context=self.request)
