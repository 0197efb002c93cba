"""What happens on a portal that other parts of it want to know."""

from zope.interface import implementer
from zope.interface.interfaces import IObjectEvent
from zope.interface.interfaces import ObjectEvent


class IPublicationChanged(IObjectEvent):
    """What the public sees of a meeting or an item changed: it came, is another, moved, or is gone."""


@implementer(IPublicationChanged)
class PublicationChanged(ObjectEvent):
    pass
