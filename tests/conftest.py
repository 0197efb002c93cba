"""Fixtures for all tests: the two sites of one Zope application, in process or over HTTP, or as two processes."""

import os
import pytest
import requests
from collective.deliberation.publishing.signatures.keys import keys_of
from collective.deliberation.publishing.signatures.signing import PortalAuth
from collective.deliberation.testing import FUNCTIONAL
from collective.deliberation.testing import INTEGRATION
from collective.deliberation.testing import PASSWORD
from contextlib import contextmanager
from hypothesis import HealthCheck
from hypothesis import settings
from pathlib import Path
from playwright.sync_api import sync_playwright
from plone.app.testing import login
from plone.app.testing import logout
from pytest_plone import fixtures_factory
from runpy import run_path
from zope.component.hooks import setSite
from zope.globalrequest import setRequest


CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()

# Desk and portal of all tests share a key, those that run as processes of their own, too.
os.environ["DELIBERATION_SIGNING_KEYS"] = "test:a-secret-of-tests-that-protects-nothing"

# How long an example takes says how busy the machine is: benchmarks measure, tests don't.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")

globals().update(fixtures_factory(((INTEGRATION, "integration"), (FUNCTIONAL, "functional"))))
tsa_fixtures = run_path(str(Path(__file__).parent / "tsa.py"))
_tsa, tsa, other_tsa = (tsa_fixtures[name] for name in ("_tsa", "tsa", "other_tsa"))
live_sites = run_path(str(Path(__file__).parent / "live" / "sites.py"))["live_sites"]


# Fixtures that cost more than a file's other ones: all tests that ask for one run in one process.
SHARED = ("live_sites",)


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(config, items):
    """With several processes (pytest-xdist): a file's tests go to one of them, and so do those of SHARED."""
    for item in items:
        shared = [name for name in SHARED if name in item.fixturenames]
        item.add_marker(pytest.mark.xdist_group(shared[0] if shared else str(item.path)))


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
        if user and user.endswith("-publisher"):
            institution = user.removesuffix("-publisher")
            self.session.auth = PortalAuth(institution, (user, PASSWORD), keys_of)
        elif user:
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


@pytest.fixture(scope="module")
def chromium():
    """The distribution's chromium, without a window; it fails where it is missing: no test is left out."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture()
def live_portal(functional):
    """The portal over HTTP, as ``live_desk``."""
    http = Http(f"http://{functional['host']}:{functional['port']}/portal")
    http.site = _enter(functional, "portal")
    login(http.site, "admin")
    yield http
    _leave(functional)
