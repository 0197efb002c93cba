"""What holds for any document, register and marking: found by trying to break it."""

import base64
import html
import re
import urllib.parse
from canary.naive import solid
from collective.deliberation.pseudonym import present
from collective.deliberation.pseudonym.folding import skeleton
from collective.deliberation.pseudonym.fragment import parse
from collective.deliberation.pseudonym.fragment import serialise
from collective.deliberation.pseudonym.gate import search
from collective.deliberation.pseudonym.marks import marks
from collective.deliberation.pseudonym.marks import normalise
from collective.deliberation.pseudonym.neutralise import plain_text
from collective.deliberation.pseudonym.neutralise import rich_text
from collective.deliberation.pseudonym.neutralise import Withheld
from collective.deliberation.pseudonym.register import Category
from collective.deliberation.pseudonym.register import Gender
from collective.deliberation.pseudonym.register import Register
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st


FAST = settings(deadline=None, max_examples=250)
# Originals use letters that no other text here uses, so that "is it gone" is a plain question.
LETTERS = "kwxzKWXZ"
NAME = st.text(LETTERS, min_size=3, max_size=8)
FORM = st.lists(NAME, min_size=1, max_size=3).map(" ".join)
CATEGORY = st.sampled_from([category.value for category in Category])
FILLER = st.text("abc dé’'.,-\u00a0&<>%;1\n", max_size=12)
LONG_RUN = re.compile("[kwxz]{3,}")  # what no word of these texts but an original holds
TAG = st.sampled_from("b i p td div br span u ul li table svg a o:p !--".split())
ATTRIBUTE = st.sampled_from("title alt href class id data-x style onclick".split())


# Letters of other scripts and shapes that read as those of LETTERS.
ALIKE = {
    "k": "кκᴋ\uff4b\U0001d424\u24da",
    "w": "ԝωᴡ\uff57\U0001d430\u24e6",
    "x": "хχ\uff58\U0001d431\u24e7",
    "z": "ᴢ\uff5a\U0001d433\u24e9",
}
INVISIBLE = [
    "\u200b",
    "\u00ad",
    "\u2060",
    "\ufe0f",
    "\u0323",
    "\u034f",
    "&shy;",
    "&#8203;",
    "<!-- x -->",
]
SPACES = [
    *(
        " ",
        "-",
        "&nbsp;",
        "\u2011",
        "\u2010",
        "\u202f",
        "\n",
        "&#10;",
        "&#x2011;",
        "_",
        "\u2013",
        ".",
    ),
    *("<br>", " <b></b>", "<wbr> ", "</i> <i>", "<!-- x --> "),
]


@st.composite
def spelled(draw, form):
    """A form as hostile hands may write it: case, separators, entities, other alphabets, tags inside."""
    out = []
    for character in form:
        kind = draw(st.integers(0, 11))
        if character == " ":
            out.append(draw(st.sampled_from(SPACES)))
        elif kind == 0:
            out.append(
                draw(st.sampled_from(["&#{};", "&#x{:x};", "&#{:07}"])).format(ord(character))
            )
            out[-1] += "" if out[-1].endswith(";") else ";"
        elif kind == 1:
            out.append(f"<b>{character}</b>")
        elif kind == 2:
            out.append(character + draw(st.sampled_from(INVISIBLE)))
        elif kind == 4:
            out.append(draw(st.sampled_from(ALIKE[character.lower()])))
        else:
            out.append(character.swapcase() if kind == 3 else character)
    return "".join(out)


def _opened(draw, category):
    """The start tag of a mark: right, or as a paste from elsewhere may leave it."""
    id = draw(st.sampled_from(["", "", ' data-pm-id="p1"', ' data-pm-id="p77"', " DATA-PM-ID=p2"]))
    known = f'<span{id} data-pm-cat="{category}">'
    return draw(
        st.sampled_from([known, known, known, '<span class="pm-anonymize">', "<b data-pm-cat=x>"])
    )


@st.composite
def marking(draw, category, form):
    """One form, marked: whole, nested, overlapping with another mark or with formatting, by halves."""
    text, other = draw(spelled(form)), draw(CATEGORY)
    first, second = _opened(draw, category), _opened(draw, other)
    end = {"<s": "</span>", "<b": "</b>"}
    cut = draw(st.integers(1, max(1, len(form) - 1)))
    head, tail = html.escape(form[:cut]), html.escape(form[cut:])
    one, two = end[first[:2]], end[second[:2]]
    return draw(
        st.sampled_from(
            [
                f"{first}{text}{one}",
                f"{first}{second}{text}{two}{one}",  # nested
                f"{first}<i>{head}{one}{tail}</i>",  # across formatting
                f"{first}{head}{second}{tail}{one}{two}",  # overlapping
                f"{first}{head}{one}{second}{tail}{two}",  # side by side
                f"{first}{head}{one}{tail}",  # by halves
                f"{first}<p>{text}</p>{one}",
                f"{first}{text}",  # never closed
            ]
        )
    )


@st.composite
def place(draw, form):
    """One form, unmarked: in a text, an attribute, cells, a drawing, a formula, a comment, data."""
    text, name = draw(spelled(form)), draw(ATTRIBUTE)
    inside = "".join(draw(st.sampled_from([c, f"&#{ord(c)};", c.swapcase()])) for c in form)
    cells = "</td><td>".join(form.split(" "))
    data = base64.b64encode(form.encode()).decode()
    return draw(
        st.sampled_from(
            [
                f" {text} ",
                f" {text} ",
                f'<p {name}="{inside}">',
                f"<img {name}='x {inside} x'>",
                f'<a href="mailto:{form.replace(" ", ".")}@exemple.example">',
                f'<a href="https://exemple.example/?q={urllib.parse.quote(form)}">',
                f'<img src="data:image/png;base64,{data}">',
                f"<table><tr><td>{cells}</td></tr></table>",
                f"<table><caption>{text}</caption><tr><th>{text}</th></tr></table>",
                f"<ul><li>{text}</li></ul>",
                f"<svg><title>{form}</title><text x='1'>{text}</text></svg>",
                f"<math><mi>{text}</mi></math>",
                f"<!-- {form} -->",
                f"<script>{form}</script><style>.{form} {{}}</style>",
                f"<o:p>{text}</o:p>",
            ]
        )
    )


@st.composite
def document(draw):
    """``(html, register)``: text, broken markup, marks, and mentions in texts and attributes."""
    forms = draw(st.lists(st.tuples(CATEGORY, FORM), min_size=1, max_size=4))
    register = Register()
    for category, form in forms:
        gender = draw(st.sampled_from([gender.value for gender in Gender]))
        register, entry = register.add(category, form, gender)
        role = draw(st.sampled_from(["", "le témoin", "la dame", "l’élu", "les élus", "un élu"]))
        if role not in [known.role for known in register.entries]:
            register = register.with_role(entry.id, role)
    parts = []
    for _ in range(draw(st.integers(1, 8))):
        category, form = draw(st.sampled_from(forms))
        kind = draw(st.integers(0, 6))
        if kind == 0:
            parts.append(f"<{draw(TAG)}>")
        elif kind == 1:
            parts.append(f"</{draw(TAG)}>")
        elif kind in (2, 3):
            parts.append(f" {draw(marking(category, form))} ")
        elif kind in (4, 5):
            parts.append(draw(place(form)))
        else:
            parts.append(html.escape(draw(FILLER)))
    return "".join(parts), register


def neutralised(source, register):
    texts, register = normalise({"text": source}, register)
    return rich_text(texts["text"], register), register


@FAST
@given(document())
def test_no_form_of_a_marked_original_is_in_the_output(sample):
    source, register = sample
    try:
        output, register = neutralised(source, register)
    except Withheld as withheld:
        assert not set("kwxz") & set(skeleton(withheld.reason)) - set("kwx")
        return
    glued = skeleton(re.sub("<[^>]*>", "", output)).replace(" ", "")
    padded = f" {skeleton(re.sub('<[^>]*>', ' ', output))} "
    for entry in register.entries:
        for form in entry.forms:
            assert f" {skeleton(form)} " not in padded
            # A mark may hold one letter only, and tags have words of their own ("token").
            assert skeleton(form) not in skeleton(output) or len(skeleton(form)) < 3
            assert skeleton(form).replace(" ", "") not in glued or len(form) < 4
    assert search(output, register) == ()
    assert not LONG_RUN.search(solid(re.sub("<[^>]*>", "|", output)))


@FAST
@given(document(), st.sampled_from(present.PERSONS))
def test_the_output_reads_back_as_itself_and_present_never_fails(sample, person):
    source, register = sample
    try:
        output, register = neutralised(source, register)
    except Withheld:
        return
    assert serialise(parse(output)) == output
    shown = present.rich_text(output, present.Policy(person, "bar"))
    assert serialise(parse(shown)) == shown
    assert "pm-token" not in shown
    assert shown.count("pm-pseudonym") == output.count("pm-token")
    assert marks(output) == ()


@FAST
@given(document())
def test_the_gate_finds_what_was_marked_in_the_original(sample):
    source, register = sample
    texts, register = normalise({"text": source}, register)
    if marks(texts["text"]):
        assert search(texts, register)


@FAST
@given(st.lists(st.text("abc dé’'.,-\u00a0;&<>%1\n"), max_size=6), FORM)
def test_what_is_not_marked_is_unchanged(texts, form):
    register, _ = Register().add("person", form)
    source = "".join(f"<p>{html.escape(text, quote=False)}</p>" for text in texts)
    assert rich_text(source, register) == source
    for text in texts:
        assert plain_text(text, register) == text


@FAST
@given(document())
def test_normalising_twice_changes_nothing_more(sample):
    source, register = sample
    texts, register = normalise({"text": source}, register)
    assert normalise(texts, register) == (texts, register)


@FAST
@given(st.text(), FORM, st.text())
def test_any_plain_text_loses_the_form(before, form, after):
    register, _ = Register().add("person", form)
    try:
        output = plain_text(f"{before} {form} {after}", register)
    except Withheld:
        return
    assert search(output, register) == ()
    present.plain_text(output)


@FAST
@given(st.text(max_size=200), FORM)
def test_any_html_at_all_is_neutralised_or_withheld(source, form):
    register, _ = Register().add("person", form)
    try:
        output = rich_text(f"{source} {form} <p>{source}", register)
    except Withheld:
        return
    assert search(output, register) == ()
