"""Redaction of a PDF or a picture: boxes drawn on its pages, burnt into a copy, looked at, then kept.

``POST {annex}/@@annex-redact`` with an authenticator and ``action``, answered with JSON:

=========  ==========================================  ========================================
action     fields                                      answer
=========  ==========================================  ========================================
``burn``   ``first`` (page); ``boxes`` with the first  ``{"done": 4, "pages": 9}``
``finish``                                             ``{"clean": true, "message": "…"}``
``keep``                                               ``{"url": "…/@@annex-review"}``
=========  ==========================================  ========================================

What can't be done: 400 and ``{"error": {"type", "message"}}``.
"""

import json
from collective.deliberation import _
from collective.deliberation.content.annexes import drafts
from collective.deliberation.content.annexes import words
from collective.deliberation.content.annexes.analyses import analysis_of
from collective.deliberation.content.annexes.kept import media_type
from collective.deliberation.content.annexes.screens.answers import AnnexScreen
from collective.deliberation.content.annexes.screens.answers import NO_FILE
from collective.deliberation.content.annexes.screens.answers import REFUSALS
from collective.deliberation.content.annexes.screens.answers import Refused
from collective.deliberation.pseudonym.files import isolated
from collective.deliberation.pseudonym.files.analysis import family_of
from collective.deliberation.pseudonym.files.passages import Unreadable
from functools import cached_property
from plone import api
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent


_BAD_BOXES = _(
    "annex_bad_boxes", default="The boxes can't be read. Reload the page and draw them again."
)
# What the script says; in the page, so that it is in the user's language.
_SAYINGS = {
    "box": _(
        "annex_js_box",
        default="Box ${n}: ${left} % from the left, ${top} % from the top, "
        "${width} % wide, ${height} % high",
    ),
    "remove": _("annex_js_remove", default="Remove box ${n}"),
    "removed": _("annex_js_removed", default="Box removed."),
    "added": _("annex_js_added", default="Box added."),
    "none": _("annex_js_none", default="No box on this page."),
    "page": _("annex_js_page", default="Page ${n} of ${pages}"),
    "counts": _("annex_js_counts", default="page ${n}: ${count}"),
    "burning": _("annex_js_burning", default="Burning the boxes: ${n} of ${pages} pages."),
    "checking": _("annex_js_checking", default="Searching the result."),
    "failed": _("annex_js_failed", default="It didn't work. Check the connection and try again."),
}


class Redact(AnnexScreen):
    def show(self):
        if self.pages == 0:
            api.portal.show_message(
                _(
                    "annex_redact_not",
                    default="Only PDF files and pictures can be redacted here: export the document as "
                    "PDF, or upload another version.",
                ),
                self.request,
                type="warning",
            )
            self.request.response.redirect(f"{self.context.absolute_url()}/@@annex-review")
            return ""
        return self.index()

    @cached_property
    def pages(self):
        """How many pages there are to draw on; 0 where there are none."""
        file = self.context.file
        if file is None or family_of(media_type(file)) not in ("pdf", "picture"):
            return 0
        found = analysis_of(self.context)
        return 0 if found.unreadable else found.pages

    def settings(self):
        """What the script needs, as JSON."""
        url = self.context.absolute_url()
        return json.dumps(
            {
                "pages": self.pages,
                "boxes": drafts.to_json(drafts.boxes_of(self.context)),
                "page": f"{url}/@@annex-page",
                "action": f"{url}/@@annex-redact",
                "token": self.token(),
                "sayings": {key: self.said(saying) for key, saying in _SAYINGS.items()},
            }
        )

    def perform(self):
        self.require_edit()
        actions = {"burn": self._burn, "finish": self._finish, "keep": self._keep}
        action = actions.get(self.field("action"))
        try:
            if action is None:
                raise Refused(_("personal_data_no_action", default="Nothing was asked for."))
            if self.pages == 0:
                raise Refused(NO_FILE)
            return self.json(action())
        except REFUSALS as refusal:
            return self.refused(refusal)

    def _burn(self):
        first = self.number("first", 1, self.pages)
        try:
            if first == 1:
                drafts.begin(self.context, drafts.from_json(self.field("boxes"), self.pages))
            return {"done": drafts.burn(self.context, first, self.pages), "pages": self.pages}
        except (ValueError, RecursionError, AttributeError, TypeError):
            raise Refused(_BAD_BOXES) from None

    def _finish(self):
        try:
            found = drafts.finish(self.context, self.pages)
        except ValueError:
            raise Refused(_BAD_BOXES) from None
        if found.unreadable:
            raise Unreadable(found.unreadable)
        if found.hits:
            message = words.still_there(found.hits)
        elif found.has_text:
            message = _(
                "annex_burnt",
                default="The result was searched: nothing of the list can be read in it. Look at it, "
                "then keep it.",
            )
        else:
            message = _(
                "annex_burnt_blind",
                default="The result holds no text that can be searched. Look at each page, then keep it.",
            )
        return {"clean": not found.hits, "message": self.said(message)}

    def _keep(self):
        result = drafts.result_of(self.context)
        if result is None:
            raise Refused(_BAD_BOXES)
        if result[1].hits:
            raise Refused(words.still_there(result[1].hits))
        drafts.keep(self.context)
        notify(ObjectModifiedEvent(self.context))
        api.portal.show_message(
            _(
                "annex_uploaded",
                default="The redacted version is kept; nothing of the list can be read in it.",
            ),
            self.request,
        )
        return {"url": f"{self.context.absolute_url()}/@@annex-review"}


class Page(AnnexScreen):
    """``GET {annex}/@@annex-page?page=1[&of=result]``: a page as JPEG, of the file or of its redaction."""

    def show(self):
        file = self.context.file
        if self.field("of") == "result":
            result = drafts.result_of(self.context)
            file = result[0] if result is not None else None
        try:
            number = self.number("page", 1, 10_000)
            if file is None:
                raise Refused(NO_FILE)
            with file.open() as stream:
                picture = isolated.page(stream, media_type(file), number)
        except REFUSALS as refusal:
            return self.refused(refusal)
        self.request.response.setHeader("Content-Type", "image/jpeg")
        self.request.response.setHeader("X-Content-Type-Options", "nosniff")
        return picture
