"""Fragments: real, broken HTML is read; what could do harm is gone; what can't be read is withheld."""

import pytest
from collective.deliberation.pseudonym import neutralise
from collective.deliberation.pseudonym.fragment import parse
from collective.deliberation.pseudonym.fragment import reading_text
from collective.deliberation.pseudonym.fragment import serialise
from collective.deliberation.pseudonym.fragment import Withheld
from collective.deliberation.pseudonym.register import Register


def cleaned(html):
    return neutralise.rich_text(html, Register())


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", ""),
        ("Le conseil", "Le conseil"),
        ("<p>été &amp; &lt;b&gt; &nbsp;x</p>", "<p>été &amp; &lt;b&gt; \xa0x</p>"),
        ("<u>Article 1er</ul> suite", "<u>Article 1er suite</u>"),
        ("<p>a</body></html>b", "<p>ab</p>"),
        ("<p>a\x00b</p>", "<p>ab</p>"),
        ("<p>a<!-- b -->c</p>", "<p>ac</p>"),
        ("<p>a<![if !x]>b<![endif]></p>", "<p>ab</p>"),
        ("<p>a<o:p>b</o:p>c</p>", "<p>abc</p>"),
        ("<p>a<script>b</script>c</p>", "<p>ac</p>"),
        ("<style>p{}</style><p>a</p>", "<p>a</p>"),
        ("<p>a<svg><text>b</text><script>x</script></svg></p>", "<p>ab</p>"),
        ("<p>a<math><mi>b</mi></math>c</p>", "<p>abc</p>"),
        ('<p onclick="x" id="a" data-x="y">a</p>', "<p>a</p>"),
        ('<p style="mso-x: y; text-align:Center">a</p>', '<p style="text-align: center">a</p>'),
        ('<p style="color: red">a</p>', "<p>a</p>"),
        ('<p class="MsoNormal pm-x">a</p>', '<p class="MsoNormal">a</p>'),
        ('<p>a<span style="display:none">b</span>c</p>', "<p>ac</p>"),
        ('<a href="https://example.org/">a</a>', '<a href="https://example.org/">a</a>'),
        ('<a href="/conseil#x">a</a>', '<a href="/conseil#x">a</a>'),
        ('<a href="javascript:x">a</a>', "<a>a</a>"),
        ('<a href="java&#9;script:x">a</a>', "<a>a</a>"),
        ('<a href="&#1;JavaScript&colon;x">a</a>', "<a>a</a>"),
        ('<a href="data:text/html,x">a</a>', "<a>a</a>"),
        ('<img src="data:image/svg+xml;base64,AAAA">', "<img>"),
        ('<img src="data:image/png;base64,AAAA">', '<img src="data:image/png;base64,AAAA">'),
        ("<iframe>x</iframe><p>a</p>", "<p>a</p>"),
    ],
)
def test_real_html_is_cleaned_and_its_text_kept(html, expected):
    assert cleaned(html) == expected


@pytest.mark.parametrize("html", ["<div>" * 5000 + "Jean", "<p>\ud800</p>"])
def test_what_cannot_be_read_whole_is_withheld(html):
    with pytest.raises(Withheld) as caught:
        parse(html)
    assert caught.value.reason.startswith("The text")


def test_a_fragment_is_written_as_it_was_read():
    html = "<p>a <b>c</b> d</p><table><tr><td>e</td></tr></table>f<br>\n<ul><li>g</li></ul>"
    assert serialise(parse(html)) == html


def test_lines_and_cells_are_apart_in_the_text_of_an_element():
    html = "<p>Jean<br>Du<b>po</b>nt</p><p>né</p>x<!-- y -->"
    assert reading_text(parse(html)) == "Jean Dupont né x"


def test_an_empty_list_item_does_not_take_in_what_follows():
    assert serialise(parse("<ul><li></li></ul><li></li><b>x</b>")) == (
        "<ul><li></li></ul><li></li><b>x</b>"
    )
