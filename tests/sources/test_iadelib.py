"""Reading answers of iA.Délib: the real ones whole, wrong ones with the field that is wrong."""

import json
import lxml.html
import pytest
from collective.deliberation.sources import iadelib
from collective.deliberation.sources import states
from collective.deliberation.sources.values import digest
from collective.deliberation.sources.values import SourceError
from copy import deepcopy


@pytest.fixture()
def read(meeting, items):
    return iadelib.read(items, meeting)


def test_the_28_items_of_the_real_answer_are_read_in_the_order_of_the_agenda(read):
    assert [item.number for item in read.items] == [str(number) for number in range(1, 29)]
    assert read.items[0].position == 100


def test_titles_texts_and_states_are_those_of_the_answer(read, items):
    by_uid = {entry["UID"]: entry for entry in items["items"]}
    for item in read.items:
        entry = by_uid[item.uid]
        assert item.title == entry["title"].strip()
        assert item.state == entry["review_state"]
        assert item.category == entry["category"]["title"]
        assert item.motivation == entry["motivation"]["data"]
        assert item.decision == entry["decision"]["data"]


def test_malformed_html_loses_no_word(read):
    permit = read.items[0]
    assert "<u>Article …</ul>" in permit.decision
    words = lxml.html.fromstring(permit.decision).text_content()
    assert "Expédition de la présente décision est transmise au demandeur" in words


def test_groups_in_charge_become_representatives(read):
    assert read.items[0].representatives == ("Dummy 1", "Dummy 2")


def test_the_meeting_starts_when_it_took_place(read):
    assert read.meeting.start.isoformat() == "2019-11-13T23:00:00+00:00"
    assert read.meeting.body == "college"


def test_who_was_struck_from_the_assembly_is_struck_out(read):
    assert "<s>Pol Lejeune - 1er Echevin,</s>" in read.meeting.attendance
    assert "[[" not in read.meeting.attendance
    assert "John Doe, Anonyme" in read.meeting.attendance


def test_accepted_refused_and_delayed_items_of_a_closed_meeting_are_validated(read):
    assert {item.state for item in read.items} == {"accepted", "refused", "delayed"}
    assert {states.item_state(item) for item in read.items} == {"validated"}
    assert states.meeting_state(read.meeting) == "closed"


def test_an_unknown_state_publishes_nothing(meeting, items):
    items["items"][0]["review_state"] = meeting["items"][0]["review_state"] = "somewhere_else"
    read = iadelib.read(items, meeting)
    assert states.item_state(read.items[0]) == "draft"
    assert states.meeting_state(read.meeting) == "preparation"


def test_the_annexes_answer_is_read_as_files_without_content(meeting, items, annexes):
    read = iadelib.read(items, meeting, annexes)
    (annex,) = read.annexes
    assert (annex.title, annex.mime_type, annex.size) == ("0s57", "image/jpeg", 50915)


@pytest.mark.parametrize("shape", ["two answers", "combined answers", "combined objects"])
def test_meeting_and_items_come_in_any_shape(meeting, items, shape):
    documents = {
        "two answers": (meeting, items),
        "combined answers": ({"meeting": meeting, "items": items},),
        "combined objects": ({"meeting": meeting["items"][0], "items": items["items"]},),
    }[shape]
    assert iadelib.read(*documents) == iadelib.read(items, meeting)


def test_items_without_their_meeting_say_what_is_missing(items):
    with pytest.raises(SourceError) as error:
        iadelib.read(items)
    assert error.value.field == "meeting"
    assert "type=meeting" in str(error.value)


def test_a_part_of_an_answer_in_batches_is_refused(meeting, items):
    items["items"] = items["items"][:25]
    with pytest.raises(SourceError) as error:
        iadelib.read(items, meeting)
    assert error.value.field == "items"
    assert "25 of 28" in iadelib_message(error.value)


def iadelib_message(error):
    from zope.i18n import interpolate

    return interpolate(error.message.default, error.message.mapping)


@pytest.mark.parametrize(
    "field, value, named",
    [
        ("UID", "short", "items.3.UID"),
        ("UID", None, "items.3.UID"),
        ("title", "  ", "items.3.title"),
        ("title", 5, "items.3.title"),
        ("itemNumber", "400", "items.3.itemNumber"),
        ("itemNumber", True, "items.3.itemNumber"),
        ("itemNumber", None, "items.3.itemNumber"),
        ("listType", "sometimes", "items.3.listType"),
        ("privacy", "rather", "items.3.privacy"),
        ("review_state", None, "items.3.review_state"),
        ("motivation", "plain", "items.3.motivation"),
        ("decision", {"content-type": "text/rtf", "data": ""}, "items.3.decision"),
        ("decision", {"content-type": "text/html"}, "items.3.decision"),
        ("category", 7, "items.3.category"),
        ("groupsInCharge", "one", "items.3.groupsInCharge"),
        ("groupsInCharge", [{"token": "x"}], "items.3.groupsInCharge.0"),
        ("@type", "Folder", "items.3.@type"),
    ],
)
def test_a_wrong_field_is_named_and_its_value_is_not_repeated(meeting, items, field, value, named):
    items["items"][3][field] = value
    with pytest.raises(SourceError) as error:
        iadelib.read(items, meeting)
    assert error.value.field == named
    assert not isinstance(value, str) or not value.strip() or value not in error.value.message


@pytest.mark.parametrize("field", ["startDate", "endDate"])
def test_a_wrong_date_of_the_meeting_is_named(meeting, items, field):
    meeting["items"][0][field] = "tomorrow"
    with pytest.raises(SourceError) as error:
        iadelib.read(items, meeting)
    assert error.value.field == f"items.0.{field}"


def test_two_meetings_are_refused(meeting, items):
    with pytest.raises(SourceError):
        iadelib.read(items, meeting, deepcopy(meeting))


def test_an_item_that_stands_twice_is_refused(meeting, items):
    items["items"][1]["UID"] = items["items"][0]["UID"]
    with pytest.raises(SourceError) as error:
        iadelib.read(items, meeting)
    assert error.value.field == "items.1.UID"


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe", b"[" * 100_000])
def test_a_file_that_is_no_json_is_named(raw):
    with pytest.raises(SourceError) as error:
        iadelib.parse(raw, "items.json")
    assert error.value.field == "items.json"


@pytest.mark.parametrize("document", [None, 5, "x", {}, {"total": 3}])
def test_json_that_is_no_answer_is_refused(document):
    with pytest.raises(SourceError):
        iadelib.read(document)


def test_a_sub_item_keeps_its_number(meeting, items):
    entry = items["items"][0]
    entry["itemNumber"], entry["formatted_itemNumber"] = 110, None
    assert next(i for i in iadelib.read(items, meeting).items if i.position == 110).number == "1.10"


def test_plain_text_becomes_paragraphs(meeting, items):
    items["items"][0]["decision"] = {"content-type": "text/plain", "data": "Un & deux\ntrois\n\nq"}
    decision = iadelib.read(items, meeting).items[0].decision
    assert decision == "<p>Un &amp; deux<br />trois</p>\n<p>q</p>"


def test_control_characters_are_taken_out_and_nothing_else(meeting, items):
    data = "<p>a\x00b\x0bc\ud800d\u00a0\u202fé 🙂</p>"
    items["items"][0]["decision"] = {"content-type": "text/html", "data": data}
    decision = iadelib.read(items, meeting).items[0].decision
    assert decision == "<p>abcd\u00a0\u202fé 🙂</p>"


def test_tokens_of_iadelib_are_kept(meeting, items):
    data = '<p>Madame <span class="pm-anonymize"></span></p>'
    items["items"][0]["decision"] = {"content-type": "text/html", "data": data}
    assert iadelib.read(items, meeting).items[0].decision == data


def test_a_closed_session_item_is_not_public(meeting, items):
    items["items"][0]["privacy"] = "secret"
    assert [item.public for item in iadelib.read(items, meeting).items][:2] == [False, True]


def test_the_digest_changes_with_the_content_only(meeting, items):
    first = iadelib.read(items, meeting).items[0]
    again = iadelib.read(json.loads(json.dumps(items)), meeting).items[0]
    assert digest(first) == digest(again)
    items["items"][0]["decision"]["data"] += "<p>Ajout</p>"
    assert digest(iadelib.read(items, meeting).items[0]) != digest(first)
