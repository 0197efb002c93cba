"""Views of other packages on a portal: the anonymous are told so, never answered with an error of the server."""

import pytest
import requests
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
