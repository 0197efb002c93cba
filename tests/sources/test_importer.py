"""Importing the real answers into a desk: once, again, and after a change at the source."""

import pytest
import transaction
from AccessControl import Unauthorized
from collective.deliberation.sources import iadelib
from collective.deliberation.sources import importer
from collective.deliberation.sources import walk
from collective.deliberation.sources.values import SourceError
from plone import api
from plone.app.textfield.value import RichTextValue


VALIDATE = "collective.deliberation: Validate publication"


@pytest.fixture()
def college(desk, make_institution):
    return make_institution(desk)


@pytest.fixture()
def run(college, meeting, items, as_user):
    """Import the answers as they are now, as the clerk unless told."""

    def run(*more, user="clerk"):
        with as_user(user):
            return importer.run(college, iadelib.read(items, meeting, *more))

    return run


def the_meeting(college):
    (found,) = college.objectValues()
    return found


def counts(report):
    return report.created, report.updated, report.unchanged


def everything(content):
    """All that an import could touch: dates of modification, histories, what was written at all."""
    history = {key: len(value) for key, value in getattr(content, "workflow_history", {}).items()}
    mine = (content.getId(), content.modified(), history, content._p_serial)
    return [mine, *[line for child in content.objectValues() for line in everything(child)]]


def test_one_run_makes_the_meeting_and_its_28_items(run, college):
    report = run()
    assert counts(report) == (29, 0, 0)
    meeting = the_meeting(college)
    assert meeting.getId() == "2019-11-14-college"
    assert report.address == meeting.absolute_url()
    assert [item.number for item in meeting.objectValues()] == [str(n) for n in range(1, 29)]


def test_titles_texts_and_privacy_are_kept(run, college, items):
    items["items"][4]["privacy"] = "secret"
    run()
    by_uid = {item.sourceUid: item for item in the_meeting(college).objectValues()}
    for entry in items["items"]:
        item = by_uid[entry["UID"]]
        assert item.title == entry["title"].strip()
        assert item.motivation.raw == entry["motivation"]["data"]
        assert item.resolutionText.raw == entry["decision"]["data"]
        assert item.public is (entry["privacy"] == "public")
        assert item.listType == entry["listType"]


def test_states_are_those_of_the_source(run, college):
    run()
    meeting = the_meeting(college)
    assert api.content.get_state(meeting) == "closed"
    assert {api.content.get_state(item) for item in meeting.objectValues()} == {"validated"}


def test_the_history_names_the_source_its_state_and_who_imported(run, college):
    run()
    refused = the_meeting(college).objectValues()[13]
    entry = refused.workflow_history["deliberation_item_workflow"][-1]
    assert entry["comments"] == "importé depuis iA.Délib (état refused)"
    assert entry["actor"] == "clerk"


def test_a_second_run_changes_nothing(run, college):
    run()
    transaction.savepoint()
    before = everything(college)
    assert counts(run()) == (0, 0, 29)
    assert not [content for content in college._p_jar._registered_objects if content._p_changed]
    assert everything(college) == before


def test_a_change_at_the_source_changes_that_item_only(run, college, items):
    run()
    before = {item.getId(): item.modified() for item in the_meeting(college).objectValues()}
    items["items"][2]["decision"]["data"] = "<p>Texte corrigé</p>"
    uid = items["items"][2]["UID"]
    assert counts(run()) == (0, 1, 28)
    changed = [item for item in the_meeting(college).objectValues() if item.sourceUid == uid]
    assert changed[0].resolutionText.raw == "<p>Texte corrigé</p>"
    assert api.content.get_state(changed[0]) == "validated"
    for item in the_meeting(college).objectValues():
        assert item in changed or item.modified() == before[item.getId()]


def test_a_mark_made_here_survives_a_change_of_another_field(run, college, items):
    run()
    item = the_meeting(college).objectValues()[0]
    marked = '<p><span data-pm-id="p1" data-pm-cat="person">Dutest</span></p>'
    item.motivation = RichTextValue(marked, "text/html", "text/x-html-safe")
    entry = next(entry for entry in items["items"] if entry["UID"] == item.sourceUid)
    entry["title"] = "Permis – nouveau titre"
    run()
    assert (item.title, item.motivation.raw) == ("Permis – nouveau titre", marked)


def test_an_item_withdrawn_here_stays_withdrawn(run, college, items):
    run()
    item = the_meeting(college).objectValues()[0]
    api.content.transition(item, "withdraw", comment="Demande de la commune")
    for entry in items["items"]:
        entry["decision"]["data"] += " "
    report = run()
    assert api.content.get_state(item) == "withdrawn"
    assert [note for note in report.notes if note == "import_withdrawn"]


def test_a_meeting_that_goes_on_at_the_source_goes_on_here(run, college, meeting, items):
    meeting["items"][0]["review_state"] = "frozen"
    for entry in items["items"]:
        entry["review_state"] = "itemfrozen"
    run()
    convened = the_meeting(college)
    first = convened.objectValues()[0]
    assert api.content.get_state(convened) == "convened"
    assert api.content.get_state(first) == "approved"
    assert "OCTROYE" in first.draftDecision.raw and first.resolutionText is None
    meeting["items"][0]["review_state"] = "closed"
    for entry in items["items"]:
        entry["review_state"] = "accepted"
    assert counts(run()) == (0, 29, 0)
    assert api.content.get_state(convened) == "closed"
    assert api.content.get_state(first) == "validated"
    assert "OCTROYE" in first.resolutionText.raw


def test_items_in_another_order_at_the_source_are_put_in_that_order(run, college, items):
    run()
    one, two = sorted(items["items"], key=lambda entry: entry["itemNumber"])[:2]
    one["itemNumber"], two["itemNumber"] = two["itemNumber"], one["itemNumber"]
    one["formatted_itemNumber"], two["formatted_itemNumber"] = "2", "1"
    run()
    first, second = the_meeting(college).objectValues()[:2]
    assert (first.sourceUid, second.sourceUid) == (two["UID"], one["UID"])
    assert (first.number, second.number) == ("1", "2")


def test_an_item_gone_at_the_source_is_kept_and_reported(run, college, items):
    run()
    items["items"].pop()
    items["items_total"] -= 1
    report = run()
    assert [str(note) for note in report.notes] == ["import_gone"]
    assert len(the_meeting(college).objectIds()) == 28


def test_annexes_without_files_are_reported(run, annexes):
    assert [str(note) for note in run(annexes).notes] == ["import_annexes"]


def test_a_body_that_the_institution_lacks_is_named_and_nothing_is_written(college, run):
    college.bodies = ("conseil|Conseil communal",)
    with pytest.raises(SourceError) as error:
        run()
    assert error.value.message.mapping == {"body": "college"}
    assert college.objectIds() == []


def test_who_may_not_import_imports_nothing(run, college):
    with pytest.raises(Unauthorized):
        run(user="agent")
    assert college.objectIds() == []


def test_who_may_not_validate_is_told_so_and_nothing_is_written(run, college):
    college.manage_permission(VALIDATE, ["Manager"], acquire=0)
    with pytest.raises(walk.Refused):
        run(user="clerk")
    assert college.objectIds() == []


def test_four_eyes_hold_again_after_an_import(run, college, as_user):
    run()
    item = the_meeting(college).objectValues()[0]
    api.content.transition(item, "revise", comment="Correction")
    with as_user("clerk"):
        api.content.transition(item, "decide")
        with pytest.raises(api.exc.InvalidParameterError):
            api.content.transition(item, "validate")
