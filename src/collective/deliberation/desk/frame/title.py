"""The title of a desk's page in the browser: that of the screen first, then what it is about, then the desk."""

from collective.deliberation import _
from html import escape
from plone.app.layout.viewlets.common import TitleViewlet
from zope.i18n import translate


# By the name of the view, as its heading says it.
SCREENS = {
    "annex-redact": _("annex_redact_heading", default="Redact the annex"),
    "annex-review": _("annex_review_heading", default="Review of the annex"),
    "desk": _("desk_heading", default="The desk"),
    "import-meeting": _("import_heading", default="Import a meeting from iA.Délib"),
    "personal-data": _("personal_data_heading", default="Personal data"),
    "personal-data-proof": _("proof_heading", default="Proof of pseudonymisation"),
    "public-preview": _("preview_heading", default="Public preview"),
    "publication-plan": _("plan_heading", default="When this becomes public"),
    "publishing-queue": _("queue_title", default="Publications"),
    "reconciliation": _("reconcile_title", default="Desk and portal compared"),
    "review-personal-data": _("review_heading", default="Review of personal data"),
    "roster": _("roster_heading", default="Representatives and officials"),
    "withdrawal-reasons": _("log_forget_title", default="Reasons in the publication log"),
}


class Title(TitleViewlet):
    def update(self) -> None:
        super().update()
        name = self.view.__name__
        if name == "transition":
            screen = self.view.title
        elif name == "edit":
            screen = self.view.label()
        else:
            screen = SCREENS.get(name)
        if screen:
            own = escape(translate(screen, context=self.request))
            self.site_title = self.sep.join([own, self.site_title])
