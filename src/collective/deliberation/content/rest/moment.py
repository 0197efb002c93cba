"""Moments of a meeting over REST: ISO 8601; one without a zone is in Brussels."""

from collective.deliberation import _
from collective.deliberation.content.french_dates import storable
from dateutil.parser import isoparse
from plone.restapi.deserializer.dxfields import DefaultFieldDeserializer
from plone.restapi.interfaces import IFieldDeserializer
from zope.i18n import translate
from zope.interface import implementer


@implementer(IFieldDeserializer)
class Deserializer(DefaultFieldDeserializer):
    def __call__(self, value):
        try:
            moment = value if value is None else storable(isoparse(value))
        except (TypeError, ValueError, OverflowError):
            message = _(
                "error_moment",
                default="Write date and time as ISO 8601, e.g. 2026-12-14T19:00:00+01:00.",
            )
            raise ValueError(translate(message, context=self.request)) from None
        self.field.validate(moment)
        return moment
