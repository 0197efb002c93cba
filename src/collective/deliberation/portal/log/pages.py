"""Public pages of the log: an institution's, one object's proof, and the download.

They answer for what was withdrawn or removed, too: there they are most needed. The addresses are
``{institution}/preuve-de-publication``, ``…/{uid}``, ``…/{uid}.json`` and
``{institution}/journal-de-publication.jsonl``.
"""

import json
from collective.deliberation import _
from collective.deliberation.opendata.stream import Stream
from collective.deliberation.portal import store
from collective.deliberation.portal.log import statement
from collective.deliberation.portal.log.record import log_of
from collective.deliberation.portal.pages import answer
from collective.deliberation.portal.pages import french
from collective.deliberation.portal.pages.page import Crumb
from collective.deliberation.portal.pages.page import Page
from collective.deliberation.publishing.log.lines import Line
from collective.deliberation.publishing.log.stream import spooled
from functools import cached_property
from zExceptions import NotFound
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


PROOF = "preuve-de-publication"
DOWNLOAD = "journal-de-publication.jsonl"
PUBLIC = ("why",)  # openings that anybody may see
ACTIONS = {
    ("publish", "draft"): _("portal_log_draft", default="Draft decision put on line"),
    ("replace", "draft"): _("portal_log_draft_again", default="Draft decision replaced"),
    ("publish", "decision"): _("portal_log_decision", default="Decision put on line"),
    ("replace", "decision"): _(
        "portal_log_replaced", default="Decision put on line in the place of what was there"
    ),
    ("publish", "meeting"): _("portal_log_meeting", default="Meeting put on line"),
    ("replace", "meeting"): _("portal_log_meeting_again", default="Meeting replaced"),
    ("withdraw", ""): _("portal_log_withdrawn", default="Withdrawn"),
    ("remove", ""): _("portal_log_removed", default="Removed from the portal"),
}


class LogPage(Page):
    """What both pages share."""

    robots = "noindex"
    scopes = None  # a line can come without anything on the portal being another

    def __call__(self) -> str:
        return self.answer()

    @cached_property
    def log(self):
        return log_of(self.context)

    @cached_property
    def log_url(self) -> str:
        return f"{self.institution_url}/{PROOF}"

    @cached_property
    def download_url(self) -> str:
        return f"{self.institution_url}/{DOWNLOAD}"

    @cached_property
    def canonical(self) -> str:
        return ""

    @cached_property
    def stamps(self):
        """The time-stamps of the log; ``None`` where it has none."""
        stamps = self.log.stamps if self.log is not None else None
        return stamps if stamps is not None and stamps.last is not None else None

    def moment(self, iso: str) -> str:
        when = french.moment(iso)
        seconds = f"{when.second:02d}"
        return f"{french.day(when)}, {french.hour(when)}{french.NBSP}min{french.NBSP}{seconds}{french.NBSP}s"


@implementer(IPublishTraverse)
class Proof(LogPage):
    """``preuve-de-publication``: of the whole institution, or of the UID that follows."""

    uid = ""
    wants_json = False

    def publishTraverse(self, request, name):  # noqa: N802 (Zope)
        if self.uid:
            raise NotFound(name)
        self.uid = name.removesuffix(".json")
        self.wants_json = name.endswith(".json")
        return self

    def __call__(self):
        if self.uid and not self.lines:
            raise NotFound(self.uid)
        return self.json() if self.wants_json else self.answer()

    @property
    def template(self):
        return "publication_proof" if self.uid else "publication_log"

    @property
    def title(self):
        if self.uid:
            return _("portal_proof_title", default="Proof of publication")
        return _("portal_log_title", default="Publication log")

    @cached_property
    def crumbs(self) -> list[Crumb]:
        crumbs = [*super().crumbs, Crumb(self.institution_title, self.institution_url)]
        if self.uid:
            crumbs.append(Crumb(_("portal_log_title", default="Publication log"), self.log_url))
        return crumbs

    @cached_property
    def lines(self) -> list[Line]:
        return self.log.of(self.uid) if self.log is not None else []

    @cached_property
    def periods(self) -> list[statement.Period]:
        of = {uid: self.log.of(uid) for uid in statement.meetings(self.lines)}
        return statement.periods(self.lines, of)

    @cached_property
    def published(self):
        """The object itself, when it is on line."""
        obj = store.published(self.context, self.uid)
        return obj if obj is not None and obj.withdrawn_by() is None else None

    @cached_property
    def object_title(self) -> str:
        return self.plain(self.published.title) if self.published is not None else ""

    def words(self, line: Line):
        what = line.entry.what
        return ACTIONS[(what.action, what.stage)]

    def why(self, line: Line) -> str:
        opening = line.openings.get("why")
        return self.plain(opening.text) if opening is not None else ""

    def proof(self, line: Line):
        """The time-stamp that covers an entry; ``None`` while none does."""
        return self.stamps.of(line.entry.number) if self.stamps is not None else None

    def names(self) -> dict:
        if not self.uid:
            return {"log": self.log}
        return {"lines": self.lines, "periods": self.periods}

    def json(self) -> str:
        response = self.request.response
        response.setHeader("Content-Type", "application/json; charset=utf-8")
        for name, value in answer.PROTECTION.items():
            response.setHeader(name, value)
        response.setHeader("Cache-Control", answer.SHARED)
        response.setHeader("Access-Control-Allow-Origin", "*")
        document = {
            "institution": self.context.getId(),
            "uid": self.uid,
            "url": self.published.absolute_url() if self.published is not None else None,
            "onLine": [
                {"from": period.since, "to": period.until or None} for period in self.periods
            ],
            "entries": [line.to_dict(PUBLIC) for line in self.lines],
            "timestamps": [
                {
                    "entry": line.entry.number,
                    "existedAt": proof.moment.isoformat(),
                    "timestamp": proof.number,
                    "covers": proof.covers,
                }
                for line in self.lines
                if (proof := self.proof(line)) is not None
            ],
            "log": {"url": self.download_url, "number": self.log.length, "hash": self.log.head},
        }
        return json.dumps(document, ensure_ascii=False, indent=1)


class Download(Stream):
    """The whole log as JSON lines, or from entry ``?from=``: built in a file, never in memory."""

    content_type = "application/jsonl; charset=utf-8"

    def __call__(self):
        log = log_of(self.context)
        first = self.request.form.get("from", "1")
        valid = isinstance(first, str) and first.isascii() and first.isdigit() and len(first) < 16
        first = max(1, int(first)) if valid else 1
        lines = log.lines(first) if log is not None else ()
        response = self.request.response
        for name, value in answer.PROTECTION.items():
            response.setHeader(name, value)
        response.setHeader("Content-Type", self.content_type)
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        response.setHeader("X-Robots-Tag", self.robots)
        response.setHeader("Access-Control-Allow-Origin", "*")
        response.setHeader("Cache-Control", answer.SHARED)
        response.setHeader("ETag", f'"{log.head if log is not None else 0}-{first}"')
        name = f"{self.context.getId()}-{DOWNLOAD}"
        response.setHeader("Content-Disposition", f'attachment; filename="{name}"')
        return spooled((line.to_bytes(PUBLIC) for line in lines), response, self.request.method)
