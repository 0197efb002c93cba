"""Publish what councils decide, with personal data pseudonymised."""

from zope.i18nmessageid import MessageFactory


_ = MessageFactory("collective.deliberation")
