"""Test layers: one Zope application that holds both sites, ``/desk`` and ``/portal``.

Sample accounts ``agent``, ``clerk`` and ``admin`` of the desk, and ``admin`` of the portal, have the
password ``PASSWORD``.
"""

import os
from plone.app.contenttypes.testing import PLONE_APP_CONTENTTYPES_FIXTURE
from plone.app.testing import applyProfile
from plone.app.testing import FunctionalTesting
from plone.app.testing import IntegrationTesting
from plone.app.testing import PloneSandboxLayer
from plone.testing.zope import login
from plone.testing.zope import WSGI_SERVER_FIXTURE
from Products.CMFCore.indexing import processQueue
from Products.CMFPlone.factory import addPloneSite
from zope.component.hooks import setSite
from zope.globalrequest import setRequest


PASSWORD = "deliberation"
USERS = {
    "desk": {"agent": ["Agent"], "clerk": ["Clerk"], "admin": ["Manager"]},
    "portal": {"admin": ["Manager"]},
}


class DeliberationLayer(PloneSandboxLayer):
    defaultBases = (PLONE_APP_CONTENTTYPES_FIXTURE,)

    def setUpZope(self, app, configurationContext):
        os.environ["zope_i18n_compile_mo_files"] = "true"  # read by registerTranslations
        import collective.deliberation
        import collective.documentgenerator
        import plone.restapi

        self.loadZCML(package=plone.restapi)
        self.loadZCML(package=collective.documentgenerator)
        self.loadZCML(package=collective.deliberation)

    def setUpPloneSite(self, portal):
        app = portal.getPhysicalRoot()
        login(app["acl_users"], "admin")
        setRequest(portal.REQUEST)  # documentgenerator's profile asks for the request
        for site_id, users in USERS.items():
            site = addPloneSite(
                app,
                site_id,
                title=site_id.title(),
                default_language="fr",
                setup_content=False,
                extension_ids=("plone.app.contenttypes:default", "plonetheme.barceloneta:default"),
            )
            setSite(site)
            applyProfile(site, "plone.restapi:default")
            applyProfile(site, f"collective.deliberation:{site_id}")
            for user_id, roles in users.items():
                site.acl_users.userFolderAddUser(user_id, PASSWORD, ["Member", *roles], [])
            processQueue()  # while this site's utilities are there
        setSite(portal)
        setRequest(None)


FIXTURE = DeliberationLayer()
INTEGRATION = IntegrationTesting(bases=(FIXTURE,), name="Deliberation:Integration")
FUNCTIONAL = FunctionalTesting(bases=(FIXTURE, WSGI_SERVER_FIXTURE), name="Deliberation:Functional")
