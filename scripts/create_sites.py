"""Make /desk and /portal once, with sample content: ``bin/instance run scripts/create_sites.py``.

The portal is made inside the database that zope.conf mounts at /portal, when it does.

Environment: PORTAL_URL, the address that the desk publishes to (http://localhost:8080/portal);
DEMO=off leaves the sample content out; DELIBERATION_PORTAL_PASSWORD, see the profile demo-portal.
"""

import os
import transaction
from App.config import getConfiguration
from collective.deliberation.demo.sites import create_desk
from collective.deliberation.demo.sites import create_portal
from OFS.Application import Application
from Products.ZODBMountPoint.MountedObject import MountedObject
from Testing.makerequest import makerequest
from zope.component.hooks import setSite


def home_of_portal(app):
    """The application object that holds the portal: that of its own database, if it has one."""
    databases = getConfiguration().dbtab
    if "/portal" not in dict(databases.listMountPaths()):
        return app
    databases.getDatabase("/portal")  # opens it: it joins the others of this process
    root = app._p_jar.get_connection("portal").root()
    if "Application" not in root:
        root["Application"] = Application()
        transaction.savepoint()
    return root["Application"].__of__(app)  # accounts and request are the main one's


def follow(desk, portal_url):
    """Let the samples publish to where the portal is now: another PORT, another address."""
    setSite(desk)
    for content in desk.objectValues():
        if content.portal_type == "Institution" and content.portalUrl != portal_url:
            content.portalUrl = portal_url
    transaction.commit()


def create(app):
    app = makerequest(app)
    demo = os.environ.get("DEMO", "on") != "off"
    # The portal first: a delivery that starts early finds its institutions.
    home = home_of_portal(app)
    create_portal(home, demo=demo)
    transaction.commit()
    if "portal" not in app.objectIds():
        app._setObject("portal", MountedObject("/portal"), set_owner=0, suppress_events=True)
    transaction.commit()
    portal_url = os.environ.get("PORTAL_URL", "http://localhost:8080/portal")
    desk = create_desk(app, portal_url=portal_url, demo=demo)
    transaction.commit()
    if demo:
        follow(desk, portal_url)
    print("Sites: /desk /portal")


create(app)  # noqa: F821 (bin/instance run gives app)
