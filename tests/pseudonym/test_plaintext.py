"""The plain text of HTML, and the places of its text nodes."""

from collective.deliberation.pseudonym import fragment
from collective.deliberation.pseudonym import plaintext
from collective.deliberation.pseudonym.fragment import Withheld
from hypothesis import given
from hypothesis import strategies as st


MARKUP = st.text(st.sampled_from("ab &;#\n\x00\xa0<>/=\"'!-?"), max_size=60)
TAGGED = st.lists(
    st.sampled_from(
        "<p>|</p>|<br>|<b>|</b>|<td>|</table>|<table>|<!-- x -->|<?x y?>|a|é| |\n|&amp;|&nbsp;".split(
            "|"
        )
    ),
    max_size=30,
).map("".join)


def test_blocks_are_lines_and_inline_elements_are_not():
    assert (
        plaintext.plain("<p>Vu <b>Mme</b> Pi<i>rlot</i></p><p>DÉCIDE</p>")
        == "Vu Mme Pirlot\nDÉCIDE"
    )


def test_cells_and_line_breaks_end_a_line():
    html = "<table><tr><td>Pirlot</td><td>Fernand</td></tr></table>a<br />b"
    assert plaintext.plain(html) == "Pirlot\nFernand\na\nb"


def test_a_newline_that_is_there_is_not_doubled_and_none_starts_the_text():
    assert plaintext.plain("<div><p>a\n</p><p>b</p></div>") == "a\nb"
    assert plaintext.plain("<p>a</p>\n<p>b</p>") == "a\n\nb"  # text between blocks stays


def test_entities_are_read_and_comments_are_not():
    assert plaintext.plain("M.&nbsp;D&eacute;sir<!-- x --> &amp; Cie") == "M.\xa0Désir & Cie"


def test_a_source_without_text_is_an_empty_text():
    assert plaintext.plain("") == plaintext.plain("<p></p>") == plaintext.plain("<!-- x -->") == ""


def test_slots_say_which_text_node_holds_which_part():
    body = fragment.parse("<p>Vu <b>Mme</b> Pirlot</p><p>x</p>")
    read = plaintext.read(body)
    nodes = [
        (slot.element.tag, slot.is_tail, read.text[slot.start : slot.end]) for slot in read.slots
    ]
    assert nodes == [
        ("p", False, "Vu "),
        ("b", False, "Mme"),
        ("b", True, " Pirlot"),
        ("p", False, "x"),
    ]


@given(MARKUP | TAGGED | st.text())
def test_any_source_is_read_or_withheld_and_slots_hold_all_of_the_text(html):
    try:
        body = fragment.parse(html)
    except Withheld:
        return
    read = plaintext.read(body)
    assert plaintext.plain(html) == read.text
    end = 0
    for slot in read.slots:
        assert read.text[end : slot.start] in ("", "\n")
        node = slot.element.tail if slot.is_tail else slot.element.text
        assert read.text[slot.start : slot.end] == node
        end = slot.end
    assert end == len(read.text)
