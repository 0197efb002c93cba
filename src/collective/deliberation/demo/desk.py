"""The sample desk: what the profile ``demo`` loads."""

from collective.deliberation.demo import accounts


def load(setup):
    site = setup.aq_parent
    accounts.add(site, accounts.DESK)
