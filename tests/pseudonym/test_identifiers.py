"""Numbers that identify: found as people write them, and only when their checksum is right."""

import pytest
from collective.deliberation.pseudonym.identifiers import identifiers
from collective.deliberation.pseudonym.identifiers import numbers
from collective.deliberation.pseudonym.register import Category
from hypothesis import given
from hypothesis import strategies as st


def found(text):
    return [(each.text, each.category.value) for each in identifiers(text)]


@pytest.mark.parametrize(
    "number",
    [
        "85.07.30-033.28",
        "85073003328",
        "85 07 30 033 28",
        "85.07.30\u2011033.28",
        "85\u00a007\u00a030\u00a0033\u00a028",
        "85/07/30-033/28",
        "01.02.03-005.66",  # born in 2001
        "85.47.30-033.17",  # BIS: month plus 40
    ],
)
def test_national_numbers_in_any_spelling(number):
    assert found(f"N° {number}, domiciliée ici") == [(number, "national-number")]
    assert found(f"n° 2 {number}")[-1] == (number, "national-number")


@pytest.mark.parametrize(
    "number",
    [
        "BE71 0961 2345 6769",
        "BE71096123456769",
        "be71-0961-2345-6769",
        "BE71\u00a00961\u202f2345\u00a06769",
        "FR76 3000 6000 0112 3456 7890 189",
        "GB82 WEST 1234 5698 7654 32",
    ],
)
def test_accounts_in_any_spelling(number):
    assert found(f"Compte {number} au nom de") == [(number, "account")]
    assert found(f"({number})") == [(number, "account")]


@pytest.mark.parametrize(
    "text",
    [
        "85.07.30-033.29",  # checksum
        "dossier 2024/850730033281",  # longer
        "BE72 0961 2345 6769",
        "De 12 3456 7890 1234 5678 à 20",
        "article L1122-30 du Code, arrêté du 12.03.2024",
        "0207.537.434",  # enterprise number: in a public register
        "",
    ],
)
def test_what_only_looks_like_one_is_none(text):
    assert numbers(text) == []


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("0477 12 34 56", "phone"),
        ("081/22.33.44", "phone"),
        ("+32 (0)477/12.34.56", "phone"),
        ("0033 1 42 68 53 00", "phone"),
        ("aline.roy@mail.example", "e-mail"),
        ("a_b+c@sub.mail.example", "e-mail"),
    ],
)
def test_telephones_and_addresses(text, category):
    assert found(f"joignable au {text}.") == [(text, category)]


@given(st.text(alphabet="0123456789 .-/BEbeFRÀé@x\u00a0\u2011", max_size=200))
def test_what_is_found_stands_there_in_order_and_apart(text):
    end = 0
    for each in identifiers(text):
        assert text[each.start : each.end] == each.text
        assert each.start >= end
        assert isinstance(each.category, Category)
        end = each.end


@given(st.integers(0, 10**9 - 1))
def test_every_number_with_a_right_checksum_of_a_real_day_is_found(number):
    day, month, year = number % 28 + 1, number // 28 % 12 + 1, number // 336 % 40 + 50
    start = f"{year:02}{month:02}{day:02}{number % 997 + 1:03}"
    text = f"{start}{97 - int(start) % 97:02}"
    assert [each.text for each in numbers(f"numéro {text}.")] == [text]


def test_an_account_of_a_bank_that_no_table_knows_is_one_by_its_checksum():
    found = [each.text for each in identifiers("sur le compte BE68 5390 0754 7034 ouvert")]
    assert found == ["BE68 5390 0754 7034"]
