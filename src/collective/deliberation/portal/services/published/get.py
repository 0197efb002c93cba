"""``GET @published?institution={slug}&b_start=0&b_size=100``: what the portal has, for reconciliation.

``after={uid}`` begins behind a UID, ``verify=1`` computes each hash anew from what stands there.
"""

from collective.deliberation.portal import store
from collective.deliberation.portal.refusal import Refusal
from collective.deliberation.portal.services.published.base import PublicationService
from collective.deliberation.portal.services.published.base import unknown_address
from collective.deliberation.portal.whole_numbers import NotInRange
from collective.deliberation.portal.whole_numbers import whole_number
from collective.deliberation.publishing import wire


MAX_BATCH = 1_000


class List(PublicationService):
    """Entries in the order of their UIDs, withdrawn ones included; ``total`` counts them all."""

    def answer(self):
        if self.path:
            raise unknown_address()
        institution = self.institution(self.request.form.get("institution"))
        start = self.number("b_start", 0, 0, 2**53)
        size = self.number("b_size", 100, 1, MAX_BATCH)
        after = self.request.form.get("after", "")
        if after != "":
            after = wire.checks.uid(after, "after")
        total, batch = store.entries(institution, start, size, after)
        if self.request.form.get("verify"):
            batch = ((uid, store.verified(institution, entry)) for uid, entry in batch)
        return {
            "institution": institution.getId(),
            "total": total,
            "b_start": start,
            "b_size": size,
            "items": [self.describe(institution, uid, entry) for uid, entry in batch],
        }

    def number(self, name: str, default: int, least: int, most: int) -> int:
        try:
            return whole_number(self.request.form, name, default, least, most)
        except NotInRange as error:
            raise Refusal(400, "Malformed", error.message, field=name) from error
