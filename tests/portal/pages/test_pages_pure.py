"""Dates, sizes, colours, words and questions of the pages, without a site."""

import pytest
from collective.deliberation.portal.pages import answer
from collective.deliberation.portal.pages import colours
from collective.deliberation.portal.pages import excerpt
from collective.deliberation.portal.pages import french
from collective.deliberation.portal.pages import query
from collective.deliberation.portal.search import words
from dataclasses import replace
from datetime import date
from hypothesis import given
from hypothesis import strategies as st
from urllib.parse import parse_qs


# French


def test_a_moment_is_shown_in_brussels_time_whatever_its_offset():
    summer = french.moment("2026-07-01T17:05:00+00:00")
    assert french.weekday(summer).replace("\xa0", " ") == "mercredi 1er juillet 2026"
    assert french.hour(summer).replace("\xa0", " ") == "19 h 05"
    winter = french.moment("2026-12-31T23:30:00+00:00")
    assert french.day(winter).replace("\xa0", " ") == "1er janvier 2027"


def test_days_of_all_months_have_names():
    assert french.day(date(2026, 8, 15)).replace("\xa0", " ") == "15 août 2026"
    assert len({french.day(date(2026, month, 2)) for month in range(1, 13)}) == 12


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (1, "1 octet"),
        (812, "812 octets"),
        (1000, "1 Ko"),
        (34_100, "34 Ko"),
        (1_240_000, "1,2 Mo"),
        (999_900, "1 Mo"),
        (25_000_000, "25 Mo"),
        (3_400_000_000, "3,4 Go"),
    ],
)
def test_a_size_has_a_unit_and_a_comma(count, shown):
    assert french.size(count).replace("\xa0", " ") == shown


def test_a_heading_never_begins_a_line_with_a_colon():
    shown = french.spaced("École : marché « Châssis » ; quand ?")
    assert shown.split(" ") == ["École\xa0:", "marché", "«\xa0Châssis\xa0»\xa0;", "quand\xa0?"]


# Colours


@given(st.integers(0, 0xFFFFFF), st.sampled_from((colours.LIGHT_GROUND, colours.DARK_GROUND)))
def test_any_colour_becomes_readable_on_either_ground(number, ground):
    assert colours.contrast(colours.readable(f"#{number:06x}", ground), ground) >= 4.5


def test_a_colour_that_is_readable_stays_as_it_is():
    assert colours.readable("#7a1f3d", colours.LIGHT_GROUND) == "#7a1f3d"


def test_what_is_no_colour_gives_the_default_and_cannot_leave_the_style():
    scheme = colours.scheme("red}</style><script>")
    assert colours.readable(colours.DEFAULT, colours.LIGHT_GROUND) in scheme
    assert "script" not in scheme


# Words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("L'école d'Hautebise", ["ecole", "hautebise"]),
        ("l’Été qu'il œuvre", ["ete", "oeuvre"]),
        ("Rendez-vous", ["rendez"]),
        ("ŒUVRE ÇA ET LÀ", ["oeuvre", "ca"]),
        ("n° 42 du 3/9/2025", ["42", "3", "9", "2025"]),
    ],
)
def test_accents_elisions_and_frequent_words_do_not_count(text, found):
    assert [word for word, _start, _end in words.cut(text)] == found


def test_a_place_is_that_of_the_word_as_written():
    text = "Le cœur de l'été"
    assert [text[start:end] for _word, start, end in words.cut(text)] == ["cœur", "été"]


# Questions


def test_words_must_all_occur_and_a_phrase_stays_together():
    asked = query.read({"q": 'voirie "plan de mobilité" Été'})
    assert asked.terms == (("plan", "mobil"), ("voir",), ("ete",))


def test_operators_wildcards_and_brackets_are_only_separators():
    asked = query.read({"q": 'vo*rie AND (NOT "école OR ???'})
    assert asked.terms == (("vo",), ("ri",), ("and",), ("not",), ("ecol",), ("or",))


@given(
    st.dictionaries(
        st.sampled_from(("q", "tri", "tous", "page", "autre", *query.PARAMETERS.values())),
        st.one_of(
            st.text(max_size=30),
            st.lists(st.text(max_size=9), max_size=2),
            st.integers(),
            st.none(),
        ),
    )
)
def test_any_parameters_give_a_question_and_its_address_gives_the_same_question(form):
    asked = query.read(form)
    assert len(asked.text) <= query.MAX_INPUT
    assert len(asked.terms) <= query.MAX_TERMS
    again = query.read(parse_qs(asked.address(page=asked.page)[1:]))
    assert again == replace(asked, unfolded="")


# Excerpts


def test_an_excerpt_shows_the_words_asked_for_and_marks_them_as_written():
    text = "Lorem ipsum. " * 60 + "Vu la demande de l'École du Tilleul. " + "Dolor sit. " * 60
    parts = excerpt.excerpt(text, {"ecol", "tilleul"})
    assert [part.text for part in parts if part.hit] == ["École", "Tilleul"]
    assert sum(len(part.text) for part in parts) < 300


@given(st.text(max_size=600), st.text(min_size=1, max_size=20))
def test_marking_changes_no_character(text, asked):
    parts = excerpt.mark(text, frozenset(words.stems(asked)))
    assert "".join(part.text for part in parts) == text


# HTTP


def validators(body=b"a", modified=1_800_000_000.9):
    return answer.validators(body, modified)


@pytest.mark.parametrize(
    ("headers", "unchanged"),
    [
        ({}, False),
        ({"If-None-Match": validators().etag}, True),
        ({"If-None-Match": f'"other", W/{validators().etag}'}, True),
        ({"If-None-Match": validators(b"b").etag}, False),
        ({"If-Modified-Since": validators().last_modified}, True),
        ({"If-Modified-Since": validators(modified=1_700_000_000).last_modified}, False),
        ({"If-Modified-Since": "yesterday"}, False),
        # The tag decides when both are given.
        (
            {
                "If-None-Match": '"other"',
                "If-Modified-Since": validators().last_modified,
            },
            False,
        ),
    ],
)
def test_a_condition_is_met_by_the_current_state_only(headers, unchanged):
    assert answer.unchanged(validators(), headers.get) is unchanged


def test_only_the_given_inline_style_is_allowed():
    policy = answer.content_security_policy(":root{}")
    assert "unsafe" not in policy
    assert "'sha256-" in policy
    assert "script-src" not in policy and "default-src 'none'" in policy
