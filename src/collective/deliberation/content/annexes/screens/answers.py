"""What the screens of annexes share: rights, tokens, answers that no cache keeps."""

import json
from collective.deliberation import _
from collective.deliberation.content.annexes import words
from collective.deliberation.desk.screen import Screen
from collective.deliberation.pseudonym.files.passages import Unreadable
from plone.protect.authenticator import check
from zExceptions import Unauthorized
from zope.i18n import translate


EDIT = "Modify portal content"
NO_FILE = _("annex_no_file", default="This annex has no file: add one first.")


class Refused(Exception):
    """``message`` says to the person what is wrong and how to mend it."""

    def __init__(self, message):
        super().__init__("refused")
        self.message = message


class AnnexScreen(Screen):
    """Originals are seen here: nothing of it is kept by a cache."""

    def __call__(self):
        self.request.response.setHeader("Cache-Control", "no-store")
        if self.request.method != "POST":
            return self.show()
        check(self.request)
        return self.perform()

    def show(self):
        return self.index()

    def perform(self):
        raise NotImplementedError

    def may_edit(self):
        return self.may(EDIT)

    def require_edit(self):
        """
        :raises Unauthorized: in a state, or for an account, that can't change the annex
        """
        if not self.may_edit():
            raise Unauthorized("annex")

    def field(self, name):
        value = self.request.form.get(name, "")
        return value if isinstance(value, str) else ""

    def number(self, name, least, most):
        """A whole number of the form, or ``Refused``."""
        value = self.field(name)
        if not (value.isascii() and value.isdigit() and least <= int(value[:9]) <= most):
            raise Refused(_("annex_bad_request", default="This request isn't one of this screen."))
        return int(value)

    def said(self, message):
        return translate(message, context=self.request)

    def json(self, value, status=200):
        self.request.response.setStatus(status)
        self.request.response.setHeader("Content-Type", "application/json; charset=utf-8")
        return json.dumps(value)

    def refused(self, error):
        """A refusal as JSON: 400 and a message for a person."""
        message = error.message if isinstance(error, Refused) else words.UNREADABLE[error.reason]
        return self.json({"error": {"type": "BadRequest", "message": self.said(message)}}, 400)


REFUSALS = (Refused, Unreadable)
