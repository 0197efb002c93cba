"""What the desk's screens share: badges, next steps, dates and links of one object."""

from collective.deliberation.content.french_dates import hour
from collective.deliberation.content.french_dates import long_date
from collective.deliberation.desk.labels import state_label
from collective.deliberation.desk.labels import TRANSITIONS
from dataclasses import dataclass
from plone import api
from plone.protect.authenticator import createToken
from Products.Five.browser import BrowserView
from typing import Any


@dataclass(frozen=True, slots=True)
class Badge:
    title: Any  # a message id
    colour: str  # of Bootstrap; the title says all


@dataclass(frozen=True, slots=True)
class Step:
    """A transition that the present user may do now."""

    id: str
    title: Any
    url: str


def badge(content) -> Badge:
    return Badge(*state_label(content, api.content.get_state(content)))


def steps(content) -> list[Step]:
    """The transitions open to the user, forward ones first, as the workflow lists them."""
    available = api.portal.get_tool("portal_workflow").getTransitionsFor(content)
    return [
        Step(
            each["id"],
            TRANSITIONS[each["id"]],
            f"{content.absolute_url()}/@@transition?workflow_action={each['id']}",
        )
        for each in available
    ]


class Screen(BrowserView):
    """Base of the desk's views; the template comes from ZCML."""

    def badge(self, content=None):
        return badge(self.context if content is None else content)

    def steps(self, content=None):
        return steps(self.context if content is None else content)

    def token(self):
        return createToken()

    def date(self, moment):
        return long_date(moment)

    def hour(self, moment):
        return hour(moment)

    def may(self, permission, content=None):
        return api.user.has_permission(permission, obj=self.context if content is None else content)

    def may_plan(self):
        return self.may("collective.deliberation: Validate publication")

    def user_name(self, user_id):
        user = api.user.get(userid=user_id) if user_id else None
        return (user.getProperty("fullname") or user_id) if user is not None else user_id
