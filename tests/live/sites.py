"""Desk and portal as two real Zope processes, each with its own database, blobs and logs.

``live_sites.desk`` and ``live_sites.portal`` have ``url``, ``var``, ``start``, ``stop`` and ``kill``. Accounts
``agent``, ``clerk``, ``admin`` (both sites) and ``publisher`` (portal) have the password ``deliberation``; at the desk
``member`` has no role, and ``observer`` one that an administrator made: it sees all but personal data.
"""

import pytest
import requests
from collections.abc import Callable
from collective.deliberation.publishing.signatures.keys import keys_of
from collective.deliberation.publishing.signatures.signing import PortalAuth
from dataclasses import dataclass
from pathlib import Path
from runpy import run_path
from time import monotonic
from time import sleep


PASSWORD = "deliberation"
Zope = run_path(str(Path(__file__).parent / "zope_process.py"))["Zope"]

MAKE_DESK = """
import transaction
from collective.deliberation.demo import accounts
from collective.deliberation.demo.sites import create_desk
from plone.dexterity.utils import createContentInContainer
from zope.component.hooks import setSite
site = create_desk(app, demo=False)
setSite(site)
site._addRole("Observer")
site.acl_users.portal_role_manager.addRole("Observer")
for workflow in site.portal_workflow.objectValues():
    if workflow.getId().startswith("deliberation_"):
        for state in workflow.states.objectValues():
            for permission in ("View", "Access contents information"):
                roles = state.permission_roles[permission]
                state.setPermission(permission, 0, (*roles, "Observer"))
roles = site.rolesOfPermission("List folder contents")
roles = [role["name"] for role in roles if role["selected"]]
site.manage_permission("List folder contents", [*roles, "Observer"], acquire=0)
accounts.add(site, {{**accounts.DESK, "member": "Member", "observer": "Observer"}})
for title in ("Valbourg", "Canaria"):
    createContentInContainer(site, "Institution", checkConstraints=False,
        title=title, slug=title.lower(), categories=("Travaux",), portalUrl={portal!r})
transaction.commit()
"""
MAKE_PORTAL = """
import transaction
from collective.deliberation.demo import accounts
from collective.deliberation.demo import portal
from collective.deliberation.demo.sites import create_portal
from plone.dexterity.utils import createContentInContainer
from zope.component.hooks import setSite
site = create_portal(app, demo=False)
setSite(site)
accounts.add(site, {{"admin": "Manager"}})
site.acl_users.userFolderAddUser("publisher", "deliberation", [], [])
for title in ("Valbourg", "Canaria"):
    institution = createContentInContainer(site, "Institution", checkConstraints=False,
        title=title, slug=title.lower())
    institution.manage_setLocalRoles("publisher", ["Publisher"])
transaction.commit()
"""


@dataclass
class LiveSites:
    desk: Zope
    portal: Zope

    def deliverer_on(self) -> dict[str, str]:
        """The environment with which the desk delivers: ``live_sites.desk.start(**…)``."""
        return {
            "DELIBERATION_DELIVERER": "on",
            "DELIBERATION_PORTAL_USER": "publisher",
            "DELIBERATION_PORTAL_PASSWORD": PASSWORD,
        }

    def call(self, site: Zope, method: str, path: str, user: str | None, **arguments):
        """A REST call; it must succeed."""
        answer = requests.request(
            method,
            site.url + path,
            auth=_auth(user, arguments.pop("institution", "valbourg")),
            headers={"Accept": "application/json"},
            timeout=60,
            **arguments,
        )
        assert answer.status_code < 300, (method, path, answer.status_code, answer.text[:2000])
        return answer.json() if answer.content else None

    def until(self, condition: Callable[[], bool], seconds: float = 60) -> float:
        """Poll until it holds; return how long that took."""
        begun = monotonic()
        while not condition():
            assert monotonic() - begun < seconds, f"not within {seconds} s"
            sleep(0.1)
        return monotonic() - begun

    def published(self, institution: str = "valbourg") -> dict[str, dict]:
        """What the portal has, by UID, withdrawn ones included."""
        path = f"/@published?institution={institution}&b_size=1000"
        answer = self.call(self.portal, "GET", path, "publisher", institution=institution)
        return {entry["uid"]: entry for entry in answer["items"]}


def _auth(user: str | None, institution: str):
    """A publisher signs with the key of one institution."""
    if user == "publisher":
        return PortalAuth(institution, (user, PASSWORD), keys_of)
    return (user, PASSWORD) if user else None


@pytest.fixture(scope="session")
def live_sites(tmp_path_factory):
    home = tmp_path_factory.mktemp("live")
    sites = LiveSites(Zope(home / "desk", "desk"), Zope(home / "portal", "portal"))
    made = (
        sites.desk.script(MAKE_DESK.format(portal=sites.portal.url)),
        sites.portal.script(MAKE_PORTAL.format()),
    )
    assert [process.wait(300) for process in made] == [0, 0], (
        sites.desk.output() + sites.portal.output()
    )
    try:
        sites.portal.start()
        sites.desk.start(**sites.deliverer_on())
        yield sites
    finally:
        sites.desk.stop()
        sites.portal.stop()
