"""Whether an address was withdrawn: itself, or anything it is in."""

from Acquisition import aq_chain
from collective.deliberation.portal.content import Published


def withdrawn_part(context) -> Published | None:
    """The outermost withdrawn publication that ``context`` is or is in."""
    parts = [
        part
        for part in aq_chain(context)
        if isinstance(part, Published) and part.withdrawal is not None
    ]
    return parts[-1] if parts else None
