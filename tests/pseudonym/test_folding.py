"""Folding: what a reader takes for the same text folds to the same text."""

import pytest
from collective.deliberation.pseudonym.folding import fold
from collective.deliberation.pseudonym.folding import skeleton
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st


@pytest.mark.parametrize(
    "spelling",
    [
        "Jean-Marie Noël",
        "JEAN MARIE NOËL",
        "Jean\u2011Marie Noe\u0308l",
        "Jean\u2010Marie\u00a0Noël",
        "Jean\u2013Marie\u202fNoël",
        "Jean\u2014Marie\tNoël",
        "Jean\u2212Marie\nNoël",
        "Je\u00adan-Marie No\u200bël",
        "  Jean - Marie,  Noël. ",
        "J\u0435\u0430n-M\u0430ri\u0435 N\u043e\u0451l",
        "Ｊｅａｎ－Ｍａｒｉｅ Ｎｏｅｌ",
        "𝐉𝐞𝐚𝐧-𝐌𝐚𝐫𝐢𝐞 𝐍𝐨𝐞𝐥",
        "ⒿⒺⒶⓃ ⓂⒶⓇⒾⒺ ⓃⓄⒺⓁ",
        "ᴊᴇᴀɴ ᴍᴀʀɪᴇ ɴᴏᴇʟ",
    ],
)
def test_what_reads_the_same_folds_the_same(spelling):
    assert skeleton(spelling) == "jean marie noel"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Cœur, Læken, Weiß", "coeur laeken weiss"),
        ("d’Oscar d'Oscar d\u02bcOscar d`Oscar", "d oscar d oscar d oscar d oscar"),
        ("Łukasz Şahin Nguyễn Đặng", "lukasz sahin nguyen dang"),
        ("85.07.30-033.28", "85 07 30 033 28"),
        ("١٢", "12"),
        ("", ""),
    ],
)
def test_signs_of_many_languages_fold_to_plain_letters(text, folded):
    assert skeleton(text) == folded


def test_names_in_other_scripts_stay_distinct_words():
    assert skeleton("علي") != skeleton("عمر")
    assert len(skeleton("李小龙").split()) == 3


def test_a_match_can_be_cut_out_of_the_source():
    source = "x Cœ\u200bur e\u0301te\u0301 !"
    folded = fold(source)
    start = folded.text.index("coeur")
    assert source[slice(*folded.span(start, start + 5))] == "Cœ\u200bur"
    start = folded.text.index("ete")
    assert source[slice(*folded.span(start, start + 3))] == "e\u0301te\u0301"


@settings(deadline=None)
@given(st.text())
def test_every_folded_character_has_its_source(text):
    folded = fold(text)
    offsets = folded.offsets
    assert len(offsets) == len(folded.text)
    assert list(offsets) == sorted(offsets)
    assert folded.text == "".join(fold(character).text for character in text)


@settings(deadline=None)
@given(st.text())
def test_folding_what_is_folded_changes_nothing(text):
    assert skeleton(skeleton(text)) == skeleton(text)
