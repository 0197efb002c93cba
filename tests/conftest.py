"""Fixtures for all tests: the two sites of one Zope application, in process or over HTTP."""

import pytest
import requests
from collective.deliberation.testing import FUNCTIONAL
from collective.deliberation.testing import INTEGRATION
from collective.deliberation.testing import PASSWORD
from contextlib import contextmanager
from plone.app.testing import login
from plone.app.testing import logout
from pytest_plone import fixtures_factory
from zope.component.hooks import setSite
from zope.globalrequest import setRequest


globals().update(fixtures_factory(((INTEGRATION, "integration"), (FUNCTIONAL, "functional"))))


def _enter(layer, site_id):
    site = layer["app"][site_id]
    site.REQUEST["PARENTS"] = [site, layer["app"]]
    setRequest(site.REQUEST)
    setSite(site)
    site.clearCurrentSkin()
    site.setupCurrentSkin(site.REQUEST)
    return site


def _leave(layer):
    setRequest(None)
    setSite(layer["portal"])


@pytest.fixture()
def desk(integration):
    """The desk, in process, as its administrator; rolled back after the test."""
    site = _enter(integration, "desk")
    login(site, "admin")
    yield site
    _leave(integration)


@pytest.fixture()
def portal(integration):
    """The portal, in process, as its administrator; rolled back after the test."""
    site = _enter(integration, "portal")
    login(site, "admin")
    yield site
    _leave(integration)


@pytest.fixture()
def as_user(desk):
    """A context manager that acts as a user of the desk: ``with as_user("clerk"): …``."""

    @contextmanager
    def acting(user_id):
        login(desk, user_id) if user_id else logout()
        try:
            yield
        finally:
            login(desk, "admin")

    return acting


class Http:
    """A client of one live site, as one user: ``http.get("/@search")``; JSON asked for."""

    def __init__(self, base, user=None):
        self.base = base
        self.session = requests.Session()
        self.session.headers["Accept"] = "application/json"
        if user:
            self.session.auth = (user, PASSWORD)

    def __getattr__(self, method):
        verb = getattr(self.session, method)
        return lambda path="", **arguments: verb(self.base + path, **arguments)

    def as_user(self, user):
        return Http(self.base, user)


@pytest.fixture()
def live_desk(functional):
    """The desk over HTTP: ``live_desk.as_user("agent").get("")``; its site is ``live_desk.site``."""
    http = Http(f"http://{functional['host']}:{functional['port']}/desk")
    http.site = _enter(functional, "desk")
    login(http.site, "admin")
    yield http
    _leave(functional)


@pytest.fixture()
def live_portal(functional):
    """The portal over HTTP, as ``live_desk``."""
    http = Http(f"http://{functional['host']}:{functional['port']}/portal")
    http.site = _enter(functional, "portal")
    login(http.site, "admin")
    yield http
    _leave(functional)
