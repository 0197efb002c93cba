"""A withdrawn publication, and all that was in it: 410, with the reason."""

from Acquisition import aq_inner
from collective.deliberation import _
from collective.deliberation.portal.pages import french
from collective.deliberation.portal.pages.page import Crumb
from collective.deliberation.portal.pages.page import Page
from collective.deliberation.portal.pages.withdrawal import withdrawn_part
from functools import cached_property
from zExceptions import NotFound


class GonePage(Page):
    template = "gone"
    status = 410
    robots = "noindex"
    title = _("portal_gone_title", default="This publication was withdrawn")

    def __call__(self) -> str:
        if withdrawn_part(aq_inner(self.context)) is None:
            raise NotFound("deliberations-gone")  # asked for by its own name
        return self.answer()

    @cached_property
    def crumbs(self) -> list[Crumb]:
        return [*super().crumbs, Crumb(self.institution_title, self.institution_url)]

    def names(self) -> dict:
        withdrawal = withdrawn_part(aq_inner(self.context)).withdrawal
        return {
            "reason": self.plain(withdrawal.get("reason", "")),
            "day": french.day(french.moment(withdrawal["date"])) if withdrawal.get("date") else "",
        }
