"""Create the desk and the portal in a Zope application, once, with sample content if wanted.

Nothing is committed here: the caller does that.
"""

from AccessControl.SecurityManagement import getSecurityManager
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.SecurityManagement import setSecurityManager
from AccessControl.users import system
from contextlib import contextmanager
from plone.dexterity.schema import SCHEMA_CACHE
from Products.CMFCore.indexing import processQueue
from Products.CMFPlone.factory import addPloneSite
from Testing.makerequest import makerequest
from zope.component.hooks import getSite
from zope.component.hooks import setSite
from zope.globalrequest import getRequest
from zope.globalrequest import setRequest


BASE_PROFILES = (
    "plone.app.contenttypes:default",
    "plone.app.layout:default",
    "plonetheme.barceloneta:default",
    "plone.restapi:default",
)


def create_desk(app, id="desk", portal_url="http://localhost:8080/portal", demo=True):
    """The desk ``app[id]``, in French; made first when there is none.

    :param portal_url: address of the portal that its sample institutions publish to
    :param demo: load the sample accounts and content (profile ``demo``)
    """
    with _acting(app) as container:
        if id in container.objectIds():
            return container[id]
        site = _site(container, id, "Délibérations – rédaction", "desk")
        if demo:
            _apply(site, "collective.deliberation:demo")
            for institution in site.objectValues():
                if institution.portal_type == "Institution":
                    institution.portalUrl = portal_url
        return site


def create_portal(app, id="portal", demo=True):
    """The portal ``app[id]``, in French; made first when there is none."""
    with _acting(app) as container:
        if id in container.objectIds():
            return container[id]
        site = _site(container, id, "Délibérations", "portal")
        if demo:
            _apply(site, "collective.deliberation:demo-portal")
        return site


def _site(container, id, title, kind):
    SCHEMA_CACHE.clear()  # it remembers the type "Plone Site" of another site of this process
    site = addPloneSite(
        container,
        id,
        title=title,
        default_language="fr",
        portal_timezone="Europe/Brussels",
        extension_ids=BASE_PROFILES,
    )
    setSite(site)
    _apply(site, f"collective.deliberation:{kind}")
    return site


def _apply(site, profile):
    site.portal_setup.runAllImportStepsFromProfile(f"profile-{profile}")


@contextmanager
def _acting(app):
    """As the application's own manager, with a request: some profiles ask for one."""
    before = getSecurityManager(), getSite(), getRequest()
    container = app if getattr(app, "REQUEST", None) else makerequest(app)
    users = container.acl_users
    managers = [user for user in users.getUsers() if "Manager" in user.getRoles()]
    newSecurityManager(None, managers[0].__of__(users) if managers else system)
    setRequest(container.REQUEST)
    try:
        yield container
        processQueue()  # at commit there would be no site to index in
    finally:
        manager, site, request = before
        setSecurityManager(manager)
        setSite(site)
        setRequest(request)
