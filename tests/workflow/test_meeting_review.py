"""What a meeting publishes of itself is judged before it leaves the desk."""

import pytest
import re
from collective.deliberation.content.review import decisions
from collective.deliberation.interfaces import IDeskLayer
from plone import api
from plone.app.textfield.value import RichTextValue
from Products.CMFCore.WorkflowCore import WorkflowException
from zope.component import getMultiAdapter
from zope.interface import alsoProvides


ATTENDANCE = "<p>Présente dans le public : Madame Odile Rasquin, née à Namur le 4 mars 1961.</p>"


@pytest.fixture()
def attended(meeting):
    meeting.attendance = RichTextValue(ATTENDANCE, "text/html", "text/x-html-safe")
    return meeting


def convene(meeting):
    api.portal.get_tool("portal_workflow").doActionFor(meeting, "convene")


def test_a_meeting_with_suggestions_nobody_judged_is_not_convened(attended, as_user):
    left = len(decisions.open_groups(attended))
    assert left
    with as_user("clerk"):
        with pytest.raises(WorkflowException, match=str(left)):
            convene(attended)
        for group in decisions.open_groups(attended):
            decisions.accept(attended, group.key)
        convene(attended)
    assert api.content.get_state(attended) == "convened"


def test_its_page_says_how_many_are_left_and_leads_to_the_review(attended, desk, as_user):
    with as_user("clerk"):
        alsoProvides(desk.REQUEST, IDeskLayer)
        html = getMultiAdapter((attended, desk.REQUEST), name=attended.getLayout())()
    left = len(decisions.open_groups(attended))
    assert re.search(rf'class="desk-missing"[^<]*\b{left}\.', html)
    assert f"{attended.absolute_url()}/@@review-personal-data" in html
