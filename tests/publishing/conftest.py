"""A desk with a convened meeting, its portal over real HTTP, and a deliverer between them."""

import pytest
import transaction
from collective.deliberation.demo import files
from collective.deliberation.publishing.deliverer import Deliverer
from collective.deliberation.publishing.outbox import peek
from collective.deliberation.testing import PASSWORD
from contextlib import contextmanager
from datetime import datetime
from datetime import timezone
from plone import api
from plone.app.testing import login
from plone.app.textfield.value import RichTextValue
from plone.dexterity.utils import createContentInContainer
from plone.namedfile.file import NamedBlobFile
from plone.uuid.interfaces import IUUID
from zope.component.hooks import setSite
from zope.globalrequest import setRequest


PDF = files.pdf(("Plan dressé par Ernest Vanbever",))


def rich(source):
    return RichTextValue(source, "text/html", "text/x-html-safe")


class Desk:
    """The desk, as its people use it: each step is one committed transaction."""

    def __init__(self, site):
        self.site = site
        self.institution = api.content.create(
            site, "Institution", title="Valbourg", slug="valbourg"
        )
        start = datetime(2026, 12, 14, 18, tzinfo=timezone.utc)
        self.meeting = api.content.create(
            self.institution, "Meeting", title="-", body="conseil", start=start, location="Salle"
        )

    def item(self, title="Réfection de la rue du Moulin", **fields):
        fields = {
            "motivation": rich("<p>Vu la demande ;</p>"),
            "draftDecision": rich("<p>Article 1er.</p>"),
            "category": "Travaux",
            **fields,
        }
        with self.acting("agent"):
            return createContentInContainer(self.meeting, "Item", title=title, **fields)

    def annex(self, holder, content=PDF, title="Plan", filename="plan.pdf", **fields):
        with self.acting("agent"):
            file = NamedBlobFile(content, "application/pdf", filename)
            return createContentInContainer(holder, "Annex", title=title, file=file, **fields)

    def approve(self, *items):
        for item in items:
            self.do(item, "propose", "agent")
            self.do(item, "approve", "clerk")

    def decide(self, *items):
        for item in items:
            item.resolutionText, item.votes = rich("<p>DÉCIDE</p>"), "à l'unanimité"
            self.do(item, "decide", "agent")
            self.do(item, "validate", "clerk")

    def do(self, content, transition, user="admin", comment=""):
        with self.acting(user):
            api.content.transition(content, transition, comment=comment)
        transaction.commit()

    @contextmanager
    def acting(self, user):
        login(self.site, user)
        try:
            yield
        finally:
            login(self.site, "admin")

    def jobs(self, *states):
        box = peek(self.site)
        found = list(box.jobs.values()) if box is not None else []
        return [job for job in found if not states or job.state in states]

    def summary(self, *states):
        return [(job.action, job.kind, job.revision, job.state) for job in self.jobs(*states)]


def enter(app, site_id):
    site = app[site_id]
    site.REQUEST["PARENTS"] = [site, app]
    setRequest(site.REQUEST)
    setSite(site)
    site.clearCurrentSkin()
    site.setupCurrentSkin(site.REQUEST)
    login(site, "admin")
    return site


@pytest.fixture()
def bureau(desk):
    """The desk in process; nothing is committed for good."""
    made = Desk(desk)
    made.do = lambda content, name, user="admin", comment="": _do(
        made, content, name, user, comment
    )
    return made


def _do(desk, content, name, user, comment):
    with desk.acting(user):
        api.content.transition(content, name, comment=comment)


@pytest.fixture()
def sites(functional, monkeypatch):
    """Both sites on one server: ``sites.desk`` works, ``sites.deliver()`` brings it to ``sites.portal``."""
    app = functional["app"]
    address = f"http://{functional['host']}:{functional['port']}/portal"
    portal = enter(app, "portal")
    institution = api.content.create(
        portal, "Institution", title="Valbourg", slug="valbourg", id="valbourg"
    )
    portal.acl_users.userFolderAddUser("publisher", PASSWORD, [], [])
    institution.manage_setLocalRoles("publisher", ["Publisher"])
    monkeypatch.setenv("DELIBERATION_PORTAL_USER", "publisher")
    monkeypatch.setenv("DELIBERATION_PORTAL_PASSWORD", PASSWORD)
    transaction.commit()
    yield Sites(functional, enter(app, "desk"), address)
    setRequest(None)
    setSite(functional["portal"])


class Sites:
    def __init__(self, layer, desk, address):
        self.app = layer["app"]
        self.db = layer["zodbDB"]
        self.address = address
        self.desk = Desk(desk)
        self.desk.institution.portalUrl = address
        transaction.commit()

    def deliver(self, **arguments):
        tried = Deliverer(self.db, **arguments).run_once()
        transaction.begin()
        return tried

    def published(self, content):
        """What the portal has for a meeting or an item of the desk."""
        from collective.deliberation.portal import store

        transaction.begin()
        return store.published(self.app["portal"]["valbourg"], IUUID(content))
