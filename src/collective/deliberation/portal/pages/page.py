"""What all public pages share: headers, validators, the way to the institution, and a layout.

A page is a function of what is published and of its institution's choices, never of who looks. It writes
nothing, sets no cookie, and leaves Plone's theme and transforms aside.
"""

from Acquisition import aq_chain
from Acquisition import aq_inner
from collective.deliberation import _
from collective.deliberation.content import licences
from collective.deliberation.content.institution import IInstitution
from collective.deliberation.portal.caching import sending
from collective.deliberation.portal.pages import answer
from collective.deliberation.portal.pages import colours
from collective.deliberation.portal.pages import french
from collective.deliberation.portal.pages import presented
from collective.deliberation.portal.pages import rendering
from collective.deliberation.portal.pages.listing import Entry
from collective.deliberation.portal.pages.withdrawal import withdrawn_part
from datetime import datetime
from functools import cached_property
from plone import api
from plone.transformchain.interfaces import DISABLE_TRANSFORM_REQUEST_KEY
from Products.Five import BrowserView
from typing import NamedTuple
from urllib.parse import quote
from zope.component import queryMultiAdapter
from zope.interface import implementer
from zope.interface import Interface


LOGO_HEIGHT = 56  # CSS pixels
LOGO_WIDTH = 240


class Crumb(NamedTuple):
    title: str
    url: str


class IPage(Interface):
    """A public page, for what others have to say in it."""


class IAlerts(Interface):
    """The address of the form that asks for mail alerts: a string, empty where none are offered."""


class ILinkedData(Interface):
    """JSON-LD of a context on a page, written so that it can stand in a script element: a string."""


@implementer(IPage)
class Page(BrowserView):
    """A public page. Sub-classes set ``template`` and ``title``, and give ``names`` for the template.

    ``scopes`` says what it shows beside its own object, see ``portal.caching.stamps``: anything of the portal
    unless a sub-class names less; ``None`` for what no stamp stands for, which is made anew each time.
    """

    template = ""
    scopes: tuple[str, ...] | None = ("portal",)
    status = 200
    robots = ""  # for X-Robots-Tag
    title = ""

    def __call__(self) -> bytes:
        part = withdrawn_part(aq_inner(self.context))
        if part is not None:
            return api.content.get_view("deliberations-gone", part, self.request)()
        return self.answer()

    def answer(self) -> bytes:
        self.request.environ[DISABLE_TRANSFORM_REQUEST_KEY] = True
        response = self.request.response
        if self.status != 200:
            response.setStatus(self.status, lock=True)  # else a NotFound's own status comes back
        response.setHeader("Content-Type", "text/html; charset=utf-8")
        response.setHeader("Content-Language", rendering.LANGUAGE)
        response.setHeader("Content-Security-Policy", answer.content_security_policy(self.style))
        for name, value in answer.PROTECTION.items():
            response.setHeader(name, value)
        html = rendering.render(self.template, page=self, **self.names()).encode()
        if self.robots:
            response.setHeader("X-Robots-Tag", self.robots)
        if self.status == 200:
            return sending.send(self, html)
        response.setHeader("Cache-Control", answer.NOT_KEPT)
        if self.request.method == "HEAD":
            response.setHeader("Content-Length", str(len(html)))
            return b""
        return html

    def names(self) -> dict:
        """What the template shows beside ``page``."""
        return {}

    # For the templates

    french = french

    @cached_property
    def now(self) -> datetime:
        return datetime.now(french.BRUSSELS)

    @cached_property
    def site(self):
        return api.portal.get()

    @cached_property
    def site_url(self) -> str:
        return self.site.absolute_url()

    @cached_property
    def url(self) -> str:
        return self.context.absolute_url()

    @cached_property
    def home_url(self) -> str:
        is_home = getattr(self.site, "layout", None) == "deliberations"
        return self.site_url if is_home else f"{self.site_url}/@@deliberations"

    @cached_property
    def search_url(self) -> str:
        return f"{self.site_url}/@@deliberations-search"

    @cached_property
    def choosing_url(self) -> str:
        return f"{self.site_url}/@@deliberations-institutions"

    @cached_property
    def about_url(self) -> str:
        return f"{self.site_url}/@@deliberations-about"

    @cached_property
    def stylesheet_url(self) -> str:
        return f"{self.site_url}/@@deliberations-style/portal-{rendering.VERSION}.css"

    @cached_property
    def institution(self):
        for part in aq_chain(aq_inner(self.context)):
            if IInstitution.providedBy(part):
                return part
        return None

    @cached_property
    def institution_url(self) -> str:
        return self.institution.absolute_url()

    @cached_property
    def proof_url(self) -> str:
        return f"{self.institution_url}/preuve-de-publication/{self.context.source_uid}"

    @cached_property
    def institution_title(self) -> str:
        return self.institution.Title()

    @cached_property
    def policy(self):
        return presented.policy(self.institution)

    @cached_property
    def style(self) -> str:
        """The institution's colours; its hash is in the Content-Security-Policy."""
        names = ("color", "secondaryColor", "accentColor")
        return colours.scheme(*(getattr(self.institution, name, None) or "" for name in names))

    @cached_property
    def logo_url(self) -> str:
        logo = getattr(self.institution, "logo", None)
        if logo is None or not logo.getSize():
            return ""
        version = (logo._p_serial or b"").hex()
        return f"{self.institution_url}/@@deliberations-logo?v={version}"

    @cached_property
    def logo_size(self) -> tuple[int, int]:
        """Width and height in the header, so that nothing moves when the logo arrives."""
        width, height = self.institution.logo.getImageSize()
        if width < 1 or height < 1:
            return LOGO_HEIGHT, LOGO_HEIGHT
        return max(1, min(round(width * LOGO_HEIGHT / height), LOGO_WIDTH)), LOGO_HEIGHT

    @cached_property
    def canonical(self) -> str:
        return self.url if self.status == 200 else ""

    @cached_property
    def licence(self) -> licences.Licence:
        """Under which what the institution publishes may be reused."""
        return licences.of(self.institution)

    @cached_property
    def alerts_url(self) -> str:
        return queryMultiAdapter((self.site, self), IAlerts, default="")

    @cached_property
    def linked_data(self) -> str:
        """What this page is about, as JSON-LD; empty for what is not there or was withdrawn."""
        if self.status != 200:
            return ""
        return queryMultiAdapter((self.context, self), ILinkedData, default="")

    @cached_property
    def contact(self) -> "Contact":
        return contact_of(self.institution)

    def plain(self, text: str) -> str:
        return presented.plain(text, self.policy)

    def rich(self, source: str) -> str:
        return presented.rich(source, self.policy)

    def institution_at(self, entry: Entry):
        """The institution of an entry in a list."""
        path = entry.institution_path
        if path not in self._institutions:
            self._institutions[path] = self.site.unrestrictedTraverse(path, None)
        return self._institutions[path]

    @cached_property
    def _institutions(self) -> dict:
        return {}

    def listed_title(self, entry: Entry) -> str:
        """The title of an item in a list, under its own institution's policy."""
        return presented.plain(entry.card.title, presented.policy(self.institution_at(entry)))

    @cached_property
    def crumbs(self) -> list[Crumb]:
        """The way from the home page to the page above this one."""
        return [Crumb(_("portal_crumb_home", default="Decisions"), self.home_url)]

    @cached_property
    def crumb(self):
        """This page's own name on the way to it."""
        return self.title


class Contact(NamedTuple):
    """How to reach an institution; what isn't known is empty."""

    title: str
    website: str
    email: str
    phone: str
    address: list[str]  # lines

    @property
    def website_name(self) -> str:
        return self.website.partition("//")[2].rstrip("/")

    @property
    def reachable(self) -> bool:
        return bool(self.email or self.phone or self.address)

    @property
    def phone_link(self) -> str:
        return "tel:" + "".join(char for char in self.phone if char.isdigit() or char == "+")

    def mail_link(self, subject: str, body: str) -> str:
        return f"mailto:{quote(self.email, safe='@')}?subject={quote(subject)}&body={quote(body)}"


def contact_of(institution) -> Contact:
    def text(name: str) -> str:
        value = getattr(institution, name, None)
        return value.strip() if isinstance(value, str) else ""

    website = text("website")
    return Contact(
        title=institution.Title() if institution is not None else "",
        website=website if website.startswith(("https://", "http://")) else "",
        email=text("email"),
        phone=text("phone"),
        address=[line.strip() for line in text("address").splitlines() if line.strip()],
    )
