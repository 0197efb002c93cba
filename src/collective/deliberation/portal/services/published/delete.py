"""``DELETE @published/{uid}?institution={slug}`` withdraws; body ``{"revision", "reason", "date"}``.

``reason`` is neutralised plain text for the public, ``date`` ISO 8601 with offset, ``revision`` higher than
the published one. What never came is noted, so that a late publication of a lower revision stays away.
"""

from collective.deliberation.portal import store
from collective.deliberation.portal.log.record import receipt
from collective.deliberation.portal.services.published.base import PublicationService
from collective.deliberation.portal.services.published.base import unknown_address
from collective.deliberation.publishing import wire
from datetime import datetime
from datetime import timezone


class Withdraw(PublicationService):
    def answer(self):
        if len(self.path) != 1:
            raise unknown_address()
        uid = wire.checks.uid(self.path[0], "uid")
        institution = self.institution(self.request.form.get("institution"))
        body = self.body()
        wire.checks.keys(body, "", {"revision", "reason", "date"})
        outcome = store.withdraw(
            institution,
            uid,
            revision=wire.checks.integer(body["revision"], "revision", 1),
            reason=wire.checks.line(body["reason"], "reason"),
            date=wire.checks.moment(body["date"], "date"),
            now=datetime.now(timezone.utc),
        )
        return {
            "result": outcome.result,
            **self.describe(institution, uid, outcome.entry),
            "log": receipt(institution, uid),
        }
