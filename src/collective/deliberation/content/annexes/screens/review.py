"""The review of an annex: what was found in its file, and the choices that a human has.

Each change is one POST with ``action`` (``search``, ``publish``, ``upload``, ``redact``, ``hold_back``,
``review_again``) and an authenticator.
"""

import transaction
from collections.abc import Iterable
from collective.deliberation import _
from collective.deliberation.content.annex import allowed_file
from collective.deliberation.content.annexes import analyses
from collective.deliberation.content.annexes import decisions
from collective.deliberation.content.annexes import public
from collective.deliberation.content.annexes import words
from collective.deliberation.content.annexes.kept import media_type
from collective.deliberation.content.annexes.screens.answers import AnnexScreen
from collective.deliberation.content.public_rendering import policy_of
from collective.deliberation.content.public_rendering import pseudonym
from collective.deliberation.content.register import register_of
from collective.deliberation.content.vocabularies import PERSONAL_DATA
from collective.deliberation.desk.transition import MAX_REASON
from collective.deliberation.pseudonym.files.analysis import family_of
from collective.deliberation.pseudonym.files.findings import FileHit
from collective.deliberation.pseudonym.files.passages import Unreadable
from collective.deliberation.workflow.rights import may
from plone import api
from plone.namedfile.file import NamedBlobFile
from Products.CMFCore.WorkflowCore import WorkflowException
from zExceptions import Unauthorized
from zope.event import notify
from zope.interface import Invalid
from zope.lifecycleevent import ObjectModifiedEvent
from ZPublisher.Iterators import filestream_iterator


_TRANSITIONS = ("publish", "redact", "hold_back", "review_again")


class Review(AnnexScreen):
    error = ""
    reason_error = None
    upload_error = None

    def perform(self):
        action = self.field("action")
        if action == "search":
            analyses.search(self.context)
            public.refresh(self.context)
            return self._again()
        if action == "upload":
            self.require_edit()
            return self._again() if self._upload() else self.show()
        if action in _TRANSITIONS:
            if not may(self.context, action):
                raise Unauthorized(action)
            return self._again() if self._transition(action) else self.show()
        self.error = _("personal_data_no_action", default="Nothing was asked for.")
        return self.show()

    def findings(self):
        """What is known of the file; None while it was not searched."""
        return analyses.findings(self.context)

    def unreadable(self):
        found = self.findings()
        return words.UNREADABLE[found.unreadable] if found and found.unreadable else ""

    def groups(self):
        """The hits by page and kind, in the order of the file: ``{place, hits, cleaned}``."""
        found = self.findings()
        groups: dict = {}
        for hit in found.hits if found else ():
            groups.setdefault((hit.kind, hit.page), []).append(hit)
        return [
            {"place": words.place(hits[0]), "hits": self._rows(hits), "cleaned": hits[0].cleaned}
            for _key, hits in sorted(groups.items(), key=lambda each: (each[0][1] == 0, each[0][1]))
        ]

    def traces(self):
        found = self.findings()
        return [words.TRACES[trace] for trace in found.traces] if found else []

    def blind_pages(self):
        found = self.findings()
        return ", ".join(map(str, found.blind_pages)) if found else ""

    def pending(self):
        return api.content.get_state(self.context) == "pending"

    def may_decide(self):
        return self.may("collective.deliberation: Validate publication")

    def needs_reason(self):
        found = self.findings()
        return found is None or found.needs_a_word

    def reason(self):
        return self.field("reason")[:MAX_REASON]

    def can_be_redacted(self):
        family = family_of(media_type(self.context.file)) if self.context.file else ""
        found = self.findings()
        return family in ("pdf", "picture") and not (found and found.unreadable)

    def public_problem(self):
        """What keeps the redacted version from being published, as far as it is known."""
        if self.context.publicFile is None:
            return ""
        return next(iter(decisions.refusals(self.context, "redact")), "")

    def obstacle(self):
        return decisions.obstacle(self.context)

    def public_copy(self):
        """Its size, when there is a copy that is published now."""
        field = public.public_field(self.context)
        try:
            copy = public.known_copy(self.context, field) if field else None
        except Unreadable:
            return ""
        return self.size(copy.file) if copy is not None else ""

    def size(self, blob):
        return f"{max(1, round(blob.getSize() / 1024))} Ko"

    def _rows(self, hits: Iterable[FileHit]):
        register, policy = register_of(self.context), policy_of(self.context)
        rows = []
        for hit in hits:
            entry = register.get(hit.entry_id)
            shown = pseudonym(entry, policy) if entry is not None else ""
            rows.append(
                {
                    "category": PERSONAL_DATA.get(hit.category, ""),
                    "shown": shown,
                    "excerpt": hit.excerpt,
                }
            )
        return rows

    def _upload(self):
        sent = self.request.form.get("publicFile")
        name = getattr(sent, "filename", "") or ""
        if not name:
            self.upload_error = _("annex_upload_none", default="Choose a file first.")
            return False
        file = NamedBlobFile(sent, getattr(sent, "headers", {}).get("Content-Type", ""), name)
        if not file.contentType:
            file = NamedBlobFile(sent, filename=name)
        try:
            allowed_file(file)
        except Invalid as refused:
            self.upload_error = refused.args[0]
            return False
        before = transaction.savepoint()
        self.context.publicFile = file
        try:
            hits = public.copy_of(self.context, "publicFile").found.hits
            problem = words.still_there(hits) if hits else None
        except Unreadable as error:
            problem = words.not_cleaned(error.reason)
        if problem is not None:
            before.rollback()
            self.upload_error = problem
            return False
        notify(ObjectModifiedEvent(self.context))
        api.portal.show_message(
            _(
                "annex_uploaded",
                default="The redacted version is kept; nothing of the list can be read in it.",
            ),
            self.request,
        )
        return True

    def _transition(self, name):
        reason = self.reason().strip() if name == "publish" else ""
        before = transaction.savepoint()
        if name == "publish":
            analyses.search(self.context)
            if decisions.needs_reason(self.context, name) and not reason:
                self.reason_error = _(
                    "refused_no_reason", default="Give a reason in the field “Reason”."
                )
                return False
        try:
            workflow = api.portal.get_tool("portal_workflow")
            workflow.doActionFor(self.context, name, comment=reason)
        except WorkflowException as refusal:
            before.rollback()
            self.error = str(refusal)
            return False
        api.portal.show_message(_("annex_decided", default="It is noted."), self.request)
        return True

    def _again(self):
        self.request.response.redirect(f"{self.context.absolute_url()}/@@annex-review")
        return ""


class PublicCopy(AnnexScreen):
    """``GET {annex}/@@annex-public-copy``: the copy that is published now, as its readers get it."""

    def show(self):
        field = public.public_field(self.context)
        try:
            copy = public.known_copy(self.context, field) if field else None
        except Unreadable:
            copy = None
        response = self.request.response
        if copy is None:
            response.redirect(f"{self.context.absolute_url()}/@@annex-review")
            return ""
        response.setHeader("Content-Type", media_type(copy.file))
        response.setHeader("Content-Length", str(copy.file.getSize()))
        response.setHeader("X-Content-Type-Options", "nosniff")
        response.setHeader("Content-Disposition", f'attachment; filename="{copy.file.filename}"')
        return filestream_iterator(copy.file._blob.committed(), "rb")
