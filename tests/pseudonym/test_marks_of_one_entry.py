"""Take the marks of one entry out of a text or give them another category; notice lost marks."""

import pytest
from collective.deliberation.pseudonym.lost_marks import lost_marks
from collective.deliberation.pseudonym.marks import with_category
from collective.deliberation.pseudonym.marks import without
from collective.deliberation.pseudonym.register import Category


P1 = '<span class="pm-mark" data-pm-id="p1" data-pm-cat="person">{}</span>'
P2 = "<span data-pm-cat='person' data-pm-id='p2'>{}</span>"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"<p>A&nbsp;{P1.format('Jo')} &lt; b<br/>c</p>", "<p>A&nbsp;Jo &lt; b<br/>c</p>"),
        (P1.format("<b>Jo</b> <span>W</span>") + "!", "<b>Jo</b> <span>W</span>!"),
        (P1.format("Jo") + P2.format("Al") + P1.format("Jo"), "Jo" + P2.format("Al") + "Jo"),
        (P1.format("Jo et " + P2.format("Al")), "Jo et " + P2.format("Al")),
        (P2.format("Al et " + P1.format("Jo")), P2.format("Al et Jo")),
        (f"<!-- </span> -->{P1.format('Jo')}", "<!-- </span> -->Jo"),
    ],
)
def test_only_the_tags_of_the_entrys_marks_go(before, after):
    assert without(before, "p1") == after


def test_a_text_without_its_marks_stays_as_it_is():
    text = "<p>Pas de marque <br> ici" + P2.format("Al")
    assert without(text, "p1") is text
    assert with_category(text, "p1", Category.OTHER) is text


def test_a_mark_that_no_tag_ends_is_taken_out_all_the_same():
    text = '<p>Vu <span data-pm-id="p1" data-pm-cat="person">Jo</p><p>fin</p>'
    assert "data-pm-" not in without(text, "p1")
    assert "Jo" in without(text, "p1")


def test_the_category_changes_in_the_entrys_marks_only():
    changed = with_category(P1.format("Jo") + P2.format("Al"), "p1", Category.OTHER)
    assert changed == (
        '<span data-pm-id="p1" data-pm-cat="other" class="pm-mark">Jo</span>' + P2.format("Al")
    )


@pytest.mark.parametrize(
    ("after", "lost"),
    [
        (P1.format("Josette Wautelet"), 0),
        ("<p>Josette Wautelet</p>", 1),
        ("<p>JOSETTE&nbsp;WAUTELET</p>", 1),
        ("<p>Josette <b>Wautelet</b></p>", 1),
        ("<p>La demanderesse</p>", 0),
        ("", 0),
        (P1.format("Josette Wautelet") + " et Josette Wautelet", 0),
    ],
)
def test_a_mark_is_lost_when_its_words_stay_without_it(after, lost):
    assert len(lost_marks("<p>" + P1.format("Josette Wautelet") + "</p>", after)) == lost
