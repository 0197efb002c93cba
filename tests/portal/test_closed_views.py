"""Views of other packages on a portal: the anonymous are told so, never answered with an error of the server."""

import pytest
import requests
import transaction
from collective.deliberation.testing import PASSWORD


VIEWS = (
    "document-generation",
    "persistent-document-generation",
    "mailing-loop-persistent-document-generation",
    "getVocabulary",
)


@pytest.mark.parametrize("view", VIEWS)
def test_the_anonymous_may_not_call_it(live_portal, view):
    answer = requests.get(f"{live_portal.base}/@@{view}", allow_redirects=False, timeout=60)
    assert answer.status_code in (302, 401)
    if answer.status_code == 302:
        assert (
            "/login" in answer.headers["Location"] or "require_login" in answer.headers["Location"]
        )


def test_who_edits_still_gets_vocabularies(live_portal):
    answer = requests.get(
        f"{live_portal.base}/@@getVocabulary?name=plone.app.vocabularies.Keywords",
        auth=("admin", PASSWORD),
        timeout=60,
    )
    assert answer.json()["results"] == []


@pytest.mark.parametrize("path", ["", "/valbourg"])
@pytest.mark.parametrize(
    "view",
    [
        *("site-logo", "sitemap", "contact-info", "recently_published", "recently_modified"),
        *("dg-templates-listing", "event_listing_ical", "version-view", "download-version"),
        *("test-rendering", "test-rendering-cheatsheet", "test-rendering-icons"),
    ],
)
def test_a_view_of_plone_that_says_nothing_to_citizens_is_not_there(
    live_portal, add_institution, view, path
):
    add_institution(live_portal.site, "valbourg")
    transaction.commit()
    answer = requests.get(f"{live_portal.base}{path}/@@{view}", allow_redirects=False, timeout=60)
    assert answer.status_code == 404


def test_plones_search_leads_to_ours_with_its_words(live_portal):
    answer = requests.get(
        f"{live_portal.base}/@@search",
        params={"SearchableText": "école & rue"},
        allow_redirects=False,
        timeout=60,
    )
    assert answer.status_code == 301
    target = f"{live_portal.base}/@@deliberations-search?q=%C3%A9cole+%26+rue"
    assert answer.headers["Location"] == target


@pytest.mark.parametrize("view", ["RSS", "rss.xml", "atom.xml", "search_rss"])
def test_plones_feeds_lead_to_ours(live_portal, view):
    answer = requests.get(f"{live_portal.base}/{view}", timeout=60)
    assert answer.url == f"{live_portal.base}/@@nouveautes.atom"
    assert answer.status_code == 200
