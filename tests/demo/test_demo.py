"""The sample sites: made once, with real content in every state, and taken away without a trace."""

import io
import PIL.Image
import pypdf
import pytest
from collections import Counter
from collective.deliberation.content.register import register_of
from collective.deliberation.demo import files
from collective.deliberation.demo.sites import create_desk
from collective.deliberation.demo.sites import create_portal
from collective.deliberation.documents import pdf
from datetime import datetime
from datetime import timezone
from plone import api
from zope.component.hooks import setSite


PORTAL_URL = "http://localhost:8107/portal"


@pytest.fixture()
def sample_desk(desk):
    """The layer's desk with the sample content, its own accounts replaced."""
    for user_id in ("agent", "clerk", "admin"):
        assert desk.acl_users.getUserById(user_id)
    load(desk, "demo")
    return desk


def load(site, profile):
    site.portal_setup.runAllImportStepsFromProfile(f"profile-collective.deliberation:{profile}")


def items_of(institution):
    return [item for meeting in institution.objectValues() for item in meeting.objectValues()]


def test_valbourg_has_two_meetings_and_items_in_every_state(sample_desk):
    past, coming = sample_desk["valbourg"].objectValues()
    now = datetime.now(timezone.utc)
    assert past.start < now < coming.start
    assert 14 <= (coming.start - now).days <= 25
    assert (api.content.get_state(past), api.content.get_state(coming)) == ("closed", "convened")
    states = Counter(api.content.get_state(item) for item in items_of(sample_desk["valbourg"]))
    assert set(states) == {"draft", "proposed", "approved", "decided", "validated", "withdrawn"}
    assert sum(states.values()) >= 12


def test_valbourg_has_late_items_closed_sessions_annexes_and_marked_people(sample_desk):
    items = items_of(sample_desk["valbourg"])
    assert [item for item in items if item.listType == "late"]
    assert [item for item in items if not item.public]
    assert [item for item in items if register_of(item).entries]
    annexes = [annex for item in items for annex in item.objectValues()]
    kinds = {annex.file.contentType for annex in annexes}
    assert kinds == {
        "application/pdf",
        "image/png",
        "application/vnd.oasis.opendocument.text",
    }
    assert {api.content.get_state(annex) for annex in annexes} >= {"publishable", "held", "pending"}


def test_what_is_approved_was_written_and_approved_by_two_people(sample_desk):
    for item in items_of(sample_desk["valbourg"]):
        history = item.workflow_history["deliberation_item_workflow"]
        actors = {entry["action"]: entry["actor"] for entry in history}
        assert item.Creator() == "agent"
        if "approve" in actors:
            assert (actors["propose"], actors["approve"]) == ("agent", "clerk")


def test_the_real_meeting_is_there_with_its_28_validated_items(sample_desk):
    items = items_of(sample_desk["demo-college"])
    assert len(items) == 28
    assert {api.content.get_state(item) for item in items} == {"validated"}


def test_no_word_of_a_title_is_in_an_address(sample_desk):
    for item in items_of(sample_desk["valbourg"]):
        assert item.getId() == item.UID()[:8]
        for annex in item.objectValues():
            assert annex.getId() == annex.UID()[:8]


def test_loading_it_again_adds_nothing(sample_desk):
    before = sorted(brain.UID for brain in sample_desk.portal_catalog.unrestrictedSearchResults())
    load(sample_desk, "demo")
    after = sorted(brain.UID for brain in sample_desk.portal_catalog.unrestrictedSearchResults())
    assert after == before


def test_its_uninstall_takes_everything_away(sample_desk):
    load(sample_desk, "demo-uninstall")
    assert "valbourg" not in sample_desk and "demo-college" not in sample_desk
    assert not sample_desk.portal_catalog.unrestrictedSearchResults(portal_type="Item")
    assert list(sample_desk.acl_users.source_users.getUserIds()) == []


def test_the_sample_portal_lets_one_account_publish_below_its_institutions_only(
    portal, monkeypatch
):
    monkeypatch.setenv("DELIBERATION_PORTAL_PASSWORD", "of-the-environment")
    load(portal, "demo-portal")
    may = "collective.deliberation: Receive publications"
    for slug in ("valbourg", "demo-college"):
        assert api.user.has_permission(may, username="publisher", obj=portal[slug])
    assert not api.user.has_permission(may, username="publisher", obj=portal)
    plugin = portal.acl_users.source_users
    given = {"login": "publisher", "password": "of-the-environment"}
    assert plugin.authenticateCredentials(given) == ("publisher", "publisher")
    load(portal, "demo-portal-uninstall")
    assert "valbourg" not in portal
    assert portal.acl_users.getUserById("publisher") is None


def test_sites_are_made_once(integration):
    app = integration["app"]
    made = (
        create_portal(app, "sample-portal", demo=False),
        create_desk(app, "sample-desk", portal_url=PORTAL_URL),
    )
    try:
        assert made[1].Language() == "fr"
        setSite(made[1])
        assert api.portal.get_registry_record("plone.portal_timezone") == "Europe/Brussels"
        assert not {"news", "events", "front-page"} & set(made[1].objectIds())
        assert made[1]["valbourg"].portalUrl == PORTAL_URL
        again = create_desk(app, "sample-desk", portal_url="http://elsewhere/")
        assert again["valbourg"].portalUrl == PORTAL_URL
    finally:
        setSite(integration["portal"])


def test_a_made_pdf_says_its_lines():
    page = pypdf.PdfReader(io.BytesIO(files.pdf(("Été (1) \\", "« deux » – €")))).pages[0]
    assert page.extract_text().splitlines() == ["Été (1) \\", "« deux » – €"]


def test_a_made_picture_and_a_made_text_open():
    assert PIL.Image.open(io.BytesIO(files.png(()))).size == (480, 300)
    opened = pypdf.PdfReader(io.BytesIO(pdf.from_odt(files.odt(("Une ligne & une autre",)))))
    assert "Une ligne & une autre" in opened.pages[0].extract_text()
