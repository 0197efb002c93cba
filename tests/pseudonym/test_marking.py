"""Marks are put exactly where they are wanted, and nothing else changes."""

import pytest
from collective.deliberation.pseudonym import neutralise
from collective.deliberation.pseudonym.marking import mark
from collective.deliberation.pseudonym.marking import mark_every_mention
from collective.deliberation.pseudonym.marking import mentions
from collective.deliberation.pseudonym.marking import Span
from collective.deliberation.pseudonym.marks import marks
from collective.deliberation.pseudonym.plaintext import plain
from collective.deliberation.pseudonym.register import Category
from collective.deliberation.pseudonym.register import Register
from hypothesis import given
from hypothesis import strategies as st


def marked(html, text, id="p1", category=Category.PERSON):
    start = plain(html).index(text)
    return mark(html, [Span(start, start + len(text), id, category)])


def M(inner, id="p1", category="person"):  # noqa: N802 (it reads like the markup it stands for)
    return f'<span class="pm-mark" data-pm-id="{id}" data-pm-cat="{category}">{inner}</span>'


@pytest.mark.parametrize(
    ("html", "text", "expected"),
    [
        ("<p>Vu Jean Roy.</p>", "Jean Roy", f"<p>Vu {M('Jean Roy')}.</p>"),
        ("<p><b>Jean</b> Roy.</p>", "Jean Roy", f"<p>{M('<b>Jean</b> Roy')}.</p>"),
        ("<p>Vu <b>Je</b>an Roy</p>", "Jean Roy", f"<p>Vu {M('<b>Je</b>an Roy')}</p>"),
        ("<p>Jean <i><b>Roy</b></i></p>", "Jean Roy", f"<p>{M('Jean <i><b>Roy</b></i>')}</p>"),
        ("<b>Jean Roy</b>", "Jean Roy", f"<b>{M('Jean Roy')}</b>"),
        ("<p>a<br>Jean Roy<br>b</p>", "Jean Roy", f"<p>a<br>{M('Jean Roy')}<br>b</p>"),
        ("<p>é&nbsp;&amp; Noël</p>", "Noël", f"<p>é&nbsp;&amp; {M('Noël')}</p>"),
        ("<td>x</td>Roy", "Roy", f"<td>x</td>{M('Roy')}"),
        # Where none can stand, none is put.
        ("<p><b>Vu Jean</b> Roy.</p>", "Jean Roy", "<p><b>Vu Jean</b> Roy.</p>"),
        ("<p>Jean</p><p>Roy</p>", "Jean\nRoy", "<p>Jean</p><p>Roy</p>"),
        ("<p>Jean<br>Roy</p>", "Jean\nRoy", "<p>Jean<br>Roy</p>"),
        # Marks that are there.
        (f"<p>{M('Jean Roy')}</p>", "Roy", f"<p>{M('Jean Roy')}</p>"),
        (f"<p>Jean {M('Roy', 'p2')} x</p>", "Jean Roy", f"<p>{M('Jean Roy')} x</p>"),
        (f"<p>{M('Vu Jean', 'p2')} Roy</p>", "Jean Roy", f"<p>{M('Vu Jean Roy')}</p>"),
        (f"<p>{M('Jean Roy', 'p2')}</p>", "Jean Roy", f"<p>{M('Jean Roy', 'p2')}</p>"),
    ],
)
def test_a_mark_stands_around_what_was_asked_for(html, text, expected):
    assert marked(html, text).replace("\u00a0", "&nbsp;") == expected


def test_several_marks_in_one_text():
    html = "<p>Jean Roy, rue Haute 1, et Zoé Roy</p>"
    text = plain(html)
    spans = [
        Span(text.index(words), text.index(words) + len(words), id, category)
        for words, id, category in (
            ("Jean Roy", "p1", Category.PERSON),
            ("rue Haute 1", "p2", Category.ADDRESS),
            ("Zoé Roy ", "p3", Category.PERSON),
        )
        if words in text
    ] + [Span(text.index("Zoé"), len(text), "p3", Category.PERSON)]
    found = [(each.id, each.category, each.text) for each in marks(mark(html, spans))]
    assert found == [
        ("p1", "person", "Jean Roy"),
        ("p2", "address", "rue Haute 1"),
        ("p3", "person", "Zoé Roy"),
    ]


def test_every_mention_of_an_entry_is_marked_as_a_reader_would_find_it():
    register, jean = Register().add("person", "Jean Roy", "m")
    register, zoe = register.add("person", "Zoé Noël")
    html = "<p>Jean Roy, JEAN&nbsp;ROY, M. Roy, R<i>o</i>y Jean, Zoé Noël</p>"
    found = marks(mark_every_mention(html, register, jean.id))
    assert [each.text for each in found] == ["Jean Roy", "JEAN ROY", "M. Roy", "Roy Jean"]
    assert {each.id for each in found} == {jean.id}
    assert [span.id for span in mentions(html, register)] == [jean.id] * 4 + [zoe.id]


TAGS = st.sampled_from(["<b>", "</b>", "<i>", "</i>", "<p>", "</p>", "<br>", "<td>", "</td>"])
WORDS = st.sampled_from(["Jean", "Roy", " ", "\u00a0", "é", "&amp;", "l'", ", ", "&lt;x"])
MARKS = st.sampled_from([M("Roy", "p2"), M("<b>Jean</b> x", "p3"), '<span data-pm-id="p2">'])


@given(st.lists(st.one_of(TAGS, WORDS, MARKS), max_size=20), st.data())
def test_what_reads_stays_and_marks_cover_what_was_asked(parts, data):
    html = "".join(parts)
    text = plain(html)
    spans = []
    for _ in range(data.draw(st.integers(0, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, len(text)))
        spans.append(Span(start, end, "p1", Category.PERSON))
    out = mark(html, spans)
    assert plain(out) == text
    for found in marks(out):
        assert found.text in " ".join(text.split())


@given(st.lists(st.one_of(TAGS, WORDS), max_size=20))
def test_marking_changes_nothing_that_the_public_reads(parts):
    html = "".join(parts)
    register, jean = Register().add("person", "Jean Roy")
    marked = mark_every_mention(html, register, jean.id)
    shown = [plain(neutralise.rich_text(source, register)) for source in (html, marked)]
    assert shown[0] == shown[1]
