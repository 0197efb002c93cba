"""``/alertes``: ask for an alert, confirm it, stop it; without JavaScript, without cookies.

A form carries a signed moment, so that only forms that we served are taken, for a day; a browser that says it comes
from another site is refused. Opening an address of a message changes nothing, as mail scanners open all of them: a
button does. Stopping is also one call, as RFC 8058 has it.
"""

import time
from collective.deliberation import _
from collective.deliberation.opendata import selection
from collective.deliberation.opendata.alerts import asking
from collective.deliberation.opendata.alerts import composing
from collective.deliberation.opendata.alerts import records
from collective.deliberation.opendata.alerts import settings
from collective.deliberation.opendata.alerts import tokens
from collective.deliberation.opendata.alerts import words
from collective.deliberation.portal.pages import answer
from collective.deliberation.portal.pages import query
from collective.deliberation.portal.pages.page import IAlerts
from collective.deliberation.portal.pages.page import IPage
from collective.deliberation.portal.pages.page import Page
from functools import cached_property
from plone.base.interfaces import IPloneSiteRoot
from plone.protect.interfaces import IDisableCSRFProtection
from typing import Any
from zExceptions import NotFound
from zope.component import adapter
from zope.interface import alsoProvides
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


FORM = "form"  # purpose of the token in a form
TRAP = "site_web"  # a field that people don't see: who fills it is a program
FORM_LASTS = 24 * 3600.0  # seconds


@implementer(IAlerts)
@adapter(IPloneSiteRoot, IPage)
def form_url(site, page) -> str:
    """Offered only where messages can be sent."""
    known = settings.usable()
    if known is None or composing.sender(site, known) is None:
        return ""
    return f"{page.site_url}/alertes"


@implementer(IPublishTraverse)
class AlertsPage(Page):
    template = "alert"
    scopes = None  # nothing of it is kept anywhere
    robots = "noindex"
    title = _("alert_title", default="Alerts by e-mail")
    canonical = ""
    linked_data = ""

    def __init__(self, context, request):
        super().__init__(context, request)
        self.path: list[str] = []
        self.said: dict[str, Any] = {}  # what the template shows instead of the form

    def publishTraverse(self, request, name):  # noqa: N802 (Zope)
        if len(self.path) == 2:
            raise NotFound(name)
        self.path.append(name)
        return self

    def __call__(self) -> bytes:
        if self.settings is None:
            raise NotFound("alertes")
        if self.request.method not in ("GET", "HEAD", "POST"):
            raise NotFound("alertes")
        posted = self.request.method == "POST"
        if not self.path:
            if not self.alerts_url:
                raise NotFound("alertes")
            if posted:
                self._ask()
        elif len(self.path) == 2 and self.path[0] == composing.CONFIRM:
            self._confirm(posted)
        elif len(self.path) == 2 and self.path[0] == composing.STOP:
            self._stop(posted)
        else:
            raise NotFound(self.path[0])
        body = self.answer()
        response = self.request.response
        response.setHeader("Cache-Control", answer.NOT_KEPT)
        response.setHeader("Referrer-Policy", "no-referrer")  # addresses hold tokens
        return body

    @cached_property
    def settings(self) -> settings.Settings | None:
        return settings.usable()

    # The form

    @cached_property
    def question(self) -> query.Question:
        return query.read(self.request.form)

    def names(self) -> dict[str, Any]:
        return {
            "said": self.said,
            "words": words.describe(self.site, self.question),
            "hidden": list(self.question.parameters(order="").items()),
            "token": tokens.sign(self.settings.key, FORM, str(int(time.time()))),
            "trap": TRAP,
            "address": self._text("adresse"),
            "problem": self.said.get("problem", ""),
        }

    def _ask(self) -> None:
        form = self.request.form
        if self._from_elsewhere() or not self._own_form():
            self._say(
                _("alert_again_title", default="Please send the form once more"),
                _(
                    "alert_again",
                    default="The form was too old, or not one of this portal. Nothing was registered.",
                ),
                status=403,
            )
            return
        address = asking.clean_address(self._text("adresse"))
        if self.question.common_only:
            self.status = 400
            self.said = {
                "problem": _(
                    "alert_common_only",
                    default="The words of this search stand in every text: choose others.",
                )
            }
            return
        if not address:
            self.status = 400
            self.said = {
                "problem": _(
                    "alert_address_wrong",
                    default="This is no e-mail address that we can write to. Example: name@example.be",
                )
            }
            return
        if not form.get(TRAP):
            try:
                self._keep(address)
            except asking.TooOften:
                self.request.response.setHeader("Retry-After", "3600")
                self._say(
                    _("alert_too_often_title", default="Too many requests"),
                    _(
                        "alert_too_often",
                        default="Too many alerts were asked for from your network within the hour. Try again later.",
                    ),
                    status=429,
                )
                return
        self._say(
            _("alert_asked_title", default="Look into your mailbox"),
            _(
                "alert_asked",
                default="If this address can be registered, a message is on its way to it. Open it within 48 hours to "
                "confirm; without that nothing is sent, and the address is deleted.",
            ),
        )

    def _keep(self, address: str) -> None:
        alsoProvides(self.request, IDisableCSRFProtection)  # checked by _own_form
        now = time.time()
        asked = selection.address(self.question, order="").lstrip("?")
        network = self.request.getClientAddr() or self.request.environ.get("REMOTE_ADDR", "")
        demand = asking.Demand(address, asked, network)
        asking.ask(records.subscriptions(self.site, now), self.settings.key, demand, now)

    def _own_form(self) -> bool:
        moment = tokens.read(self.settings.key, FORM, self._text("jeton"))
        return moment is not None and 0 <= time.time() - int(moment) <= FORM_LASTS

    def _from_elsewhere(self) -> bool:
        """What browsers say of where a form stood; other programs say nothing."""
        return self.request.getHeader("Sec-Fetch-Site") in ("cross-site", "same-site")

    # What messages lead to

    def _confirm(self, posted: bool) -> None:
        found = self._subscription(composing.CONFIRM)
        if posted and found is not None:
            alsoProvides(self.request, IDisableCSRFProtection)  # the token is the proof
            if records.peek(self.site).confirm(found.id, time.time()):
                self._say(
                    _("alert_confirmed_title", default="Your alert is active"),
                    _(
                        "alert_confirmed",
                        default="You will receive a message when something new is published. Each message tells how to stop.",
                    ),
                    about=found,
                )
                return
            found = None
        if found is None:
            self._over()
            return
        self._say(
            _("alert_confirm_title", default="Confirm your alert"),
            _("alert_confirm", default="Shall we write to you when something new is published?"),
            about=found,
            button=_("alert_confirm_button", default="Yes, send me this alert"),
        )

    def _stop(self, posted: bool) -> None:
        found = self._subscription(composing.STOP)
        if found is None:
            self._say(
                _("alert_stopped_title", default="This alert is stopped"),
                _("alert_stopped", default="No message will be sent, and nothing is kept of it."),
            )
            return
        if not posted:
            self._say(
                _("alert_stop_title", default="Stop this alert"),
                _("alert_stop", default="It and the address it goes to will be deleted."),
                about=found,
                button=_("alert_stop_button", default="Stop this alert"),
                other=_("alert_stop_all_button", default="Stop all alerts to this address"),
            )
            return
        alsoProvides(self.request, IDisableCSRFProtection)  # the token is the proof
        known = records.peek(self.site)
        if self.request.form.get("tout"):
            known.remove_owner(found.owner)
        else:
            known.remove(found.id)
        self._say(
            _("alert_stopped_title", default="This alert is stopped"),
            _("alert_stopped", default="No message will be sent, and nothing is kept of it."),
        )

    def _subscription(self, purpose: str) -> records.Subscription | None:
        id = tokens.read(self.settings.key, purpose, self.path[1])
        known = records.peek(self.site)
        return known.all.get(id) if id is not None and known is not None else None

    def _over(self) -> None:
        self._say(
            _("alert_over_title", default="This address is no longer valid"),
            _(
                "alert_over",
                default="It was valid for 48 hours, or the alert was stopped. You can ask for a new one.",
            ),
            status=410,
        )

    def _say(self, title, text, status: int = 200, about=None, button=None, other=None) -> None:
        self.title = title
        self.status = status
        self.said = {
            "text": text,
            "about": words.of_text(self.site, about.question) if about is not None else "",
            "button": button,
            "other": other,
        }

    def _text(self, name: str) -> str:
        value = self.request.form.get(name, "")
        return value if isinstance(value, str) else ""
