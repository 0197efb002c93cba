"""The wire format: what goes in comes out, and what is not in the format is refused by name."""

import json
import pytest
from collective.deliberation.publishing import wire
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st


HEX = "0123456789abcdef"
uids = st.text(HEX, min_size=32, max_size=32)
slugs = st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,9})?", fullmatch=True)
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
offsets = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(timezones=offsets).map(datetime.isoformat)
counts = st.integers(0, 2**53 - 1)

annexes = st.builds(
    wire.AnnexRecord,
    uid=uids,
    title=texts,
    category=texts,
    mimeType=st.sampled_from(["application/pdf", "image/svg+xml", "text/csv"]),
    extension=st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True),
    size=st.integers(1, 2**53 - 1),
    sha256=st.text(HEX, min_size=64, max_size=64),
)
annex_lists = st.lists(annexes, max_size=3, unique_by=lambda annex: annex.uid).map(tuple)
meetings = st.builds(
    wire.MeetingRecord,
    body=slugs,
    bodyTitle=texts,
    start=moments,
    end=st.none() | moments,
    location=texts,
    convocation=st.none() | st.dates().map(lambda day: day.isoformat()),
    state=st.sampled_from(["convened", "held", "closed"]),
    attendance=texts,
    annexes=annex_lists,
)
item_texts = dict.fromkeys(("number", "title", "category", "motivation", "draftDecision"), texts)
item_rest = {
    "meeting": uids,
    "position": counts,
    "listType": st.sampled_from(["normal", "late"]),
    "representatives": st.lists(texts, max_size=3).map(tuple),
    "annexes": annex_lists,
}
drafts = st.builds(
    wire.ItemRecord,
    stage=st.just("draft"),
    resolutionText=st.just(""),
    votes=st.just(""),
    **item_texts,
    **item_rest,
)
decisions = st.builds(
    wire.ItemRecord,
    stage=st.just("decision"),
    resolutionText=texts,
    votes=texts,
    **item_texts,
    **item_rest,
)
publications = st.builds(
    wire.Publication,
    uid=uids,
    institution=slugs,
    revision=st.integers(1, 2**53 - 1),
    published=moments,
    record=meetings | drafts | decisions,
)
hostile = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


def example():
    return wire.to_dict(
        wire.Publication(
            uid="0" * 32,
            institution="valbourg",
            revision=3,
            published="2026-12-01T09:00:00+01:00",
            record=wire.ItemRecord(
                meeting="1" * 32,
                stage="decision",
                number="12.1",
                position=11,
                listType="normal",
                title="Voirie",
                category="Travaux",
                representatives=("Zoé Exemple",),
                motivation="<p>Vu</p>",
                draftDecision="<p>Projet</p>",
                resolutionText="<p>DÉCIDE</p>",
                votes="Unanimité",
                annexes=(
                    wire.AnnexRecord(
                        uid="2" * 32,
                        title="Plan",
                        category="Plan",
                        mimeType="application/pdf",
                        extension="pdf",
                        size=12,
                        sha256="3" * 64,
                    ),
                ),
            ),
        )
    )


def paths(value, path=()):
    """The path of every field and entry of a document."""
    parts = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in parts:
        yield (*path, key)
        if isinstance(part, (dict, list)):
            yield from paths(part, (*path, key))


def replaced(path, value):
    document = example()
    target = document
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = value
    return document


@given(publications)
def test_a_publication_survives_the_way_through_json(publication):
    document = wire.to_dict(publication)
    assert wire.from_dict(wire.parse(json.dumps(document).encode())) == publication


@given(publications)
def test_the_canonical_form_reads_as_the_same_publication(publication):
    document = wire.to_dict(publication)
    assert wire.from_dict(json.loads(wire.canonical(document))) == publication


@given(publications, st.randoms())
def test_the_hash_does_not_depend_on_the_order_of_keys(publication, random):
    document = wire.to_dict(publication)
    shuffled = list(document.items())
    random.shuffle(shuffled)
    assert wire.content_hash(dict(shuffled)) == wire.content_hash(document)


@given(publications)
def test_the_hash_changes_with_the_revision(publication):
    document = wire.to_dict(publication)
    later = {**document, "revision": document["revision"] % 1000 + 1001}
    assert wire.content_hash(later) != wire.content_hash(document)


@given(hostile)
def test_anything_that_is_no_publication_is_a_wire_error(value):
    with pytest.raises(wire.WireError) as error:
        wire.from_dict(value)
    assert error.value.field


@settings(max_examples=400)
@given(st.data())
def test_a_hostile_value_in_any_field_is_refused_or_harmless(data):
    path = data.draw(st.sampled_from(list(paths(example()))))
    document = replaced(path, data.draw(hostile))
    try:
        publication = wire.from_dict(document)
    except wire.WireError as error:
        place = ".".join(map(str, path))
        assert place.startswith(error.field) or error.field.startswith(f"{place}.")
    else:
        assert wire.content_hash(wire.to_dict(publication))


@given(st.data())
def test_a_missing_field_is_named(data):
    path = data.draw(st.sampled_from([p for p in paths(example()) if isinstance(p[-1], str)]))
    document = example()
    target = document
    for key in path[:-1]:
        target = target[key]
    del target[path[-1]]
    with pytest.raises(wire.WireError) as error:
        wire.from_dict(document)
    assert (error.value.field, error.value.message) == (".".join(map(str, path)), "is missing")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("published",), "2026-13-45T09:00:00+01:00"),
        (("published",), "2026-12-01T09:00:00"),  # without offset
        (("published",), "2026-12-01T24:61:00+01:00"),
        (("published",), "2026-12-01T09:00:00+25:00"),
        (("published",), "２０２６-12-01T09:00:00+01:00"),  # digits, but not ASCII
        (("published",), "20261201T090000+0100"),  # a form that not every Python reads
        (("uid",), "../" + "0" * 29),
        (("uid",), "0" * 32 + "\n"),
        (("uid",), "A" * 32),
        (("institution",), "valbourg/../autre"),
        (("institution",), "a" * 65),
        (("revision",), 0),
        (("revision",), True),
        (("revision",), 2**53),
        (("revision",), 1.0),
        (("record", "title"), "half \ud83d of a pair"),
        (("record", "title"), "nul \x00"),
        (("record", "title"), "x" * 10_001),
        (("record", "motivation"), "x" * 5_000_001),
        (("record", "representatives"), ["x"] * 1_001),
        (("record", "annexes", 0, "extension"), "p/df"),
        (("record", "annexes", 0, "mimeType"), "text/html\r\nX: y"),
        (("record", "annexes", 0, "size"), 0),
    ],
)
def test_a_value_out_of_its_bounds_is_refused_by_the_name_of_its_field(path, value):
    with pytest.raises(wire.WireError) as error:
        wire.from_dict(replaced(path, value))
    assert error.value.field == ".".join(map(str, path))


@pytest.mark.parametrize("day", ["2026-13-45", "2026-02-30", "2026-1-1", "20260101", ""])
def test_a_day_that_is_not_in_the_calendar_is_refused(day):
    with pytest.raises(wire.WireError) as error:
        wire.checks.day(day, "record.convocation")
    assert error.value.field == "record.convocation"


def test_one_annex_twice_is_refused_because_its_address_is_one():
    document = example()
    document["record"]["annexes"] *= 2
    with pytest.raises(wire.WireError) as error:
        wire.from_dict(document)
    assert error.value.field == "record.annexes"


@pytest.mark.parametrize("field", ["resolutionText", "votes"])
def test_a_draft_cannot_carry_a_decision(field):
    document = example()
    document["record"] |= {"stage": "draft", "resolutionText": "", "votes": "", field: "Oui"}
    with pytest.raises(wire.WireError) as error:
        wire.from_dict(document)
    assert error.value.field == f"record.{field}"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b'{"a": NaN}',
        b"\xff\xfe",
        b"[" * 200_000,
        b'{"a": ' * 200_000,
        b'{"a": ' + b"9" * 10_000 + b"}",
    ],
    ids=["empty", "array", "cut", "nan", "utf-16", "deep array", "deep object", "huge number"],
)
def test_a_body_that_is_no_json_object_is_refused(body):
    with pytest.raises(wire.WireError) as error:
        wire.parse(body)
    assert error.value.field == "document"


@given(hostile)
def test_no_message_repeats_the_value(value):
    secret = "Prénom Nom-Secret"
    for path in (("record", "stage"), ("institution",), ("published",), ("kind",), ("format",)):
        with pytest.raises(wire.WireError) as error:
            wire.from_dict(replaced(path, secret))
        assert secret not in str(error.value)
