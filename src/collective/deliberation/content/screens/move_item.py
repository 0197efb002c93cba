"""Move an item of a meeting's agenda: the request that drag, buttons and keys of the agenda make.

``POST {meeting}/@@move-item`` with ``item`` (its id), and either ``delta`` (``-1`` up, ``1`` down, …) or
``position`` (from 0). With ``Accept: application/json`` the answer is
``{"items": [{"id", "number"}, …]}`` in the new order; otherwise a redirect to the meeting. What can't be
done is answered with 400 and ``{"error": {"type", "message"}}``, or with a message on the meeting.
"""

import json
from collective.deliberation import _
from collective.deliberation.content.numbering import items_of
from collective.deliberation.content.numbering import move
from plone import api
from plone.protect.authenticator import check
from Products.Five.browser import BrowserView
from zope.i18n import translate


class MoveItem(BrowserView):
    def __call__(self):
        if self.request.method != "POST":
            self.request.response.setHeader("Allow", "POST")
            return self._refuse(
                405, _("error_move_method", default="Moving an item takes a POST request.")
            )
        check(self.request)
        items = [item.getId() for item in items_of(self.context)]
        name = self.request.form.get("item")
        if name not in items:
            return self._refuse(
                400,
                _("error_move_item", default="This meeting has no such item: reload the page."),
            )
        position = self._position(items.index(name))
        if position is None:
            return self._refuse(
                400,
                _(
                    "error_move_where",
                    default="Say where to: a whole number in “delta” or “position”.",
                ),
            )
        move(self.context, name, position)
        return self._answer()

    def _position(self, now):
        form = self.request.form
        try:
            if "position" in form:
                return int(form["position"])
            return max(0, now + int(form["delta"]))
        except (KeyError, TypeError, ValueError):
            return None

    def _answer(self):
        if not self._wants_json():
            self.request.response.redirect(self.context.absolute_url())
            return ""
        items = [{"id": item.getId(), "number": item.number} for item in items_of(self.context)]
        return self._json({"items": items})

    def _refuse(self, status, message):
        if not self._wants_json():
            api.portal.show_message(message, self.request, type="error")
            self.request.response.redirect(self.context.absolute_url())
            return ""
        self.request.response.setStatus(status)
        text = translate(message, context=self.request)
        kind = "MethodNotAllowed" if status == 405 else "BadRequest"
        return self._json({"error": {"type": kind, "message": text}})

    def _wants_json(self):
        return "application/json" in (self.request.getHeader("Accept") or "")

    def _json(self, value):
        self.request.response.setHeader("Content-Type", "application/json; charset=utf-8")
        return json.dumps(value)
