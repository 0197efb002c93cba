"""The file of an annex over REST: an empty one gets the same message as in the form."""

from collective.deliberation.content.validation import check_annex
from plone.restapi.deserializer.dxfields import NamedFieldDeserializer
from zope.i18n import translate
from zope.interface import Invalid


class Deserializer(NamedFieldDeserializer):
    """plone.restapi would take a file without bytes for no file."""

    def __call__(self, value):
        try:
            if isinstance(value, dict) and "data" in value and not value["data"]:
                check_annex(value.get("filename") or "", b"", 0)
            return super().__call__(value)
        except Invalid as refused:
            message = refused.doc() if hasattr(refused, "doc") else refused.args[0]
            raise ValueError(translate(message, context=self.request)) from None
