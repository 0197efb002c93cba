"""What holds for any document, register and marking: found by trying to break it."""

import html
import re
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
TAG = st.sampled_from("b i p td div br span u ul li table svg a o:p !--".split())
ATTRIBUTE = st.sampled_from("title alt href class id data-x style onclick".split())


@st.composite
def spelled(draw, form):
    """A form as hostile hands may write it: case, separators, entities, tags inside."""
    out = []
    for character in form:
        kind = draw(st.integers(0, 9))
        if character == " ":
            out.append(
                draw(st.sampled_from([" ", "-", "&nbsp;", "\u2011", "<br>", " <b></b>", "\u202f"]))
            )
        elif kind == 0:
            out.append(f"&#{ord(character)};")
        elif kind == 1:
            out.append(f"<b>{character}</b>")
        elif kind == 2:
            out.append(
                character + draw(st.sampled_from(["\u200b", "\u00ad", "&shy;", "<!-- x -->"]))
            )
        else:
            out.append(character.swapcase() if kind == 3 else character)
    return "".join(out)


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
        elif kind == 2:
            parts.append(f'<p {draw(ATTRIBUTE)}="{form}">')
        elif kind == 3:
            parts.append(f' <span data-pm-cat="{category}">{draw(spelled(form))}</span> ')
        elif kind == 4:
            parts.append(f" {draw(spelled(form))} ")
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
            assert skeleton(form) not in skeleton(output)
            assert skeleton(form).replace(" ", "") not in glued or len(form) < 4
    assert search(output, register) == ()


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
