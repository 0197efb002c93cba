"""The public pages: server-rendered, without JavaScript, with a template and a stylesheet of their own."""

from collective.deliberation.portal.pages import lexicon  # noqa: F401  the catalog's profile names its step
