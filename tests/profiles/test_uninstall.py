"""Uninstalling takes back all that installing brought: a site before and after is the same."""

import pytest
from AccessControl.Permission import getPermissions
from AccessControl.Permission import pname
from collective.deliberation.uninstalling import StillInUse
from plone import api
from plone.app.testing import SITE_OWNER_NAME
from plone.browserlayer.utils import registered_layers
from plone.registry.interfaces import IRegistry
from plone.testing.zope import login
from Products.CMFPlone.factory import addPloneSite
from Products.GenericSetup.tool import SetupTool
from zope.annotation.interfaces import IAnnotations
from zope.component import getUtility
from zope.component.hooks import setSite


PACKAGE = "collective.deliberation"


@pytest.fixture()
def plain(desk):
    """A new Plone site without the add-on, with what the add-on depends on."""
    app = desk.__parent__
    site = addPloneSite(
        app,
        "plain",
        title="Plain",
        default_language="fr",
        setup_content=False,
        extension_ids=("plone.app.contenttypes:default", "plonetheme.barceloneta:default"),
    )
    setSite(site)
    login(app["acl_users"], SITE_OWNER_NAME)
    run(site, "plone.restapi:default")
    run(site, "collective.documentgenerator:default")
    yield site
    setSite(desk)


def run(site, profile):
    site.portal_setup.runAllImportStepsFromProfile(f"profile-{profile}")


def state(site):
    """What a profile can change in a site, as plain values; the keys say where."""
    registry = getUtility(IRegistry)
    catalog = site.portal_catalog
    users = site.acl_users
    setup: SetupTool = site.portal_setup
    types = site.portal_types
    return {
        "registry": {name: registry.records[name].value for name in registry.records},
        "types": {
            fti.getId(): sorted((key, repr(value)) for key, value in fti.propertyItems())
            for fti in types.objectValues()
        },
        "actions": {
            fti.getId(): [action.id for action in fti.listActions()] for fti in types.objectValues()
        },
        "workflows": sorted(site.portal_workflow.objectIds()),
        "bindings": dict(site.portal_workflow._chains_by_type),
        "indexes": sorted(catalog.indexes()),
        "columns": sorted(catalog.schema()),
        "catalog": sorted(catalog.objectIds()),
        "roles": sorted(site.valid_roles()),
        "role manager": {role: True for role in users.portal_role_manager.listRoleIds()},
        "permissions": {name: _roles(site, name) for name, *_rest in getPermissions()},
        "plugins": sorted(users.objectIds()),
        "challengers": {
            info["id"]: users.plugins.listPluginIds(info["interface"])
            for info in users.plugins.listPluginTypeInfo()
        },
        "layers": sorted(layer.__identifier__ for layer in registered_layers()),
        "content": sorted(site.objectIds()),
        "annotations": sorted(key for key in IAnnotations(site) if PACKAGE in key),
        "attributes": sorted(key for key in vars(site) if not key.startswith("_")),
        "profiles": {
            info["id"]: setup.getLastVersionForProfile(info["id"])
            for info in setup.listProfileInfo()
            if info["id"].startswith(f"{PACKAGE}:") and not _is_uninstall(info["id"])
        },
        "site actions": sorted(
            "/".join(action.getPhysicalPath()) for action in site.portal_actions.listActions()
        ),
        "steps": sorted(setup.getImportStepRegistry().listSteps()),
    }


def _roles(site, permission):
    """Whether roles are acquired, and which are given; ``None`` where nothing is set."""
    roles = vars(site).get(pname(permission))
    return None if roles is None else (isinstance(roles, list), sorted(roles))


def _is_uninstall(profile):
    """GenericSetup notes that an uninstall profile was run, as it does for any."""
    return ":uninstall-" in profile


def changed(before, after):
    return {
        where: _difference(before[where], after[where])
        for where in before
        if before[where] != after[where]
    }


def _difference(before, after):
    if isinstance(before, dict):
        keys = {*before, *after}
        return {
            key: (before.get(key), after.get(key))
            for key in keys
            if before.get(key) != after.get(key)
        }
    return before, after


@pytest.mark.parametrize("kind", ["desk", "portal"])
def test_a_profile_leaves_no_trace(plain, kind):
    before = state(plain)
    run(plain, f"{PACKAGE}:{kind}")
    installed = changed(before, state(plain))
    assert {"types", "layers", "roles", "permissions", "indexes"} <= set(installed)
    run(plain, f"{PACKAGE}:uninstall-{kind}")
    assert changed(before, state(plain)) == {}


def test_both_in_one_site_leave_no_trace_and_share_until_the_last_is_gone(plain):
    before = state(plain)
    run(plain, f"{PACKAGE}:portal")
    run(plain, f"{PACKAGE}:desk")
    run(plain, f"{PACKAGE}:uninstall-desk")
    assert api.portal.get_registry_record(f"{PACKAGE}.draft_clear_days") == 5
    run(plain, f"{PACKAGE}:uninstall-portal")
    assert changed(before, state(plain)) == {}


def test_a_profile_can_be_installed_again(plain):
    run(plain, f"{PACKAGE}:desk")
    once = state(plain)
    run(plain, f"{PACKAGE}:uninstall-desk")
    run(plain, f"{PACKAGE}:desk")
    assert changed(once, state(plain)) == {}


def test_what_an_administrator_set_before_is_put_back(plain):
    api.portal.set_registry_record("plone.toolbar", "bold italic")
    plain.portal_types["Plone Site"].default_view = "summary_view"
    before = state(plain)
    run(plain, f"{PACKAGE}:desk")
    run(plain, f"{PACKAGE}:desk")  # again: what is remembered is the first time's
    run(plain, f"{PACKAGE}:uninstall-desk")
    assert changed(before, state(plain)) == {}


def test_the_home_page_that_a_site_had_is_put_back(plain):
    api.content.create(plain, "Document", id="accueil", title="Accueil")
    plain.setLayout("summary_view")
    plain.setDefaultPage("accueil")
    before = state(plain), plain.getLayout(), plain.getDefaultPage()
    run(plain, f"{PACKAGE}:portal")
    assert (plain.getLayout(), plain.getDefaultPage()) == ("deliberations", None)
    run(plain, f"{PACKAGE}:portal")  # again
    run(plain, f"{PACKAGE}:uninstall-portal")
    assert changed(before[0], state(plain)) == {}
    assert (plain.getLayout(), plain.getDefaultPage()) == before[1:]


def test_a_home_page_that_was_chosen_since_stays(plain):
    run(plain, f"{PACKAGE}:portal")
    plain.setLayout("summary_view")
    run(plain, f"{PACKAGE}:portal")
    assert plain.getLayout() == "summary_view"
    run(plain, f"{PACKAGE}:uninstall-portal")
    assert plain.getLayout() == "summary_view"


@pytest.mark.parametrize("kind", ["desk", "portal"])
def test_a_site_with_institutions_is_left_as_it_is(plain, kind):
    run(plain, f"{PACKAGE}:{kind}")
    api.content.create(plain, "Institution", id="valbourg", title="Valbourg")
    before = state(plain)
    with pytest.raises(StillInUse, match="institutions"):
        run(plain, f"{PACKAGE}:uninstall-{kind}")
    assert changed(before, state(plain)) == {}


def test_the_add_on_panel_offers_no_half_of_it(plain):
    from Products.CMFPlone.controlpanel.browser.quickinstaller import ManageProductsView

    offered = ManageProductsView(plain, plain.REQUEST).get_available()
    assert PACKAGE not in {addon["id"] for addon in offered}
