"""Single fields: what is refused, and that the message says how to mend it."""

import pytest
from collective.deliberation.content import validation
from collective.deliberation.portal.admission.limits import limits
from hypothesis import given
from hypothesis import strategies as st
from zope.interface import Invalid


@given(st.integers(2_000_000, 19_999_999))
def test_an_enterprise_number_with_its_check_digits_is_accepted_however_it_is_written(first):
    digits = f"{first:08}{97 - first % 97:02}"
    assert validation.cbe_number(digits)
    assert validation.cbe_number(f"BE {digits[:4]}.{digits[4:7]}.{digits[7:]}")


@given(st.integers(2_000_000, 19_999_999), st.integers(1, 96))
def test_an_enterprise_number_with_another_check_is_refused(first, error):
    wrong = (97 - first % 97 + error - 1) % 97 + 1
    with pytest.raises(validation.NotACbeNumber):
        validation.cbe_number(f"{first:08}{wrong:02}")


@pytest.mark.parametrize("code", ["", "9209", "920940", "9209a", "92 94", "٩٢٠٩٤"])
def test_an_nis_code_has_five_digits(code):
    with pytest.raises(validation.NotANisCode):
        validation.nis_code(code)


@pytest.mark.parametrize("line", ["conseil", "|Conseil", "conseil|", "Conseil|Conseil", "a b|C"])
def test_a_body_needs_a_name_for_addresses_and_a_title(line):
    with pytest.raises(validation.NotASlugLine):
        validation.slug_line(line)


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("a.pdf", b"%PDF-1.4"),
        ("A.PDF", b"%PDF-1.4"),
        ("a.png", b"\x89PNG\r\n\x1a\n"),
        ("a.jpeg", b"\xff\xd8\xff\xe0"),
        ("a.tif", b"II*\0"),
        ("a.webp", b"RIFF\0\0\0\0WEBP"),
        ("a.odt", b"PK\x03\x04"),
        ("a.docx", b"PK\x03\x04"),
        ("a.csv", "é;1".encode()),
    ],
)
def test_allowed_files_pass(name, head):
    validation.check_annex(name, head, len(head))


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("a", b"%PDF-1.4"),
        (None, b"%PDF-1.4"),
        ("a.pdf.exe", b"MZ"),
        ("a.html", b"<html>"),
        ("a.svg", b"<svg"),
        ("a.pdf", b"MZ"),
        ("a.tif", b"MZ"),
        ("a.webp", b"RIFF\0\0\0\0WAVE"),
        ("a.docx", b"\xd0\xcf\x11\xe0"),
        ("a.txt", b"MZ\0\0"),
        ("a.pdf", b""),
    ],
)
def test_other_files_are_refused(name, head):
    with pytest.raises(Invalid):
        validation.check_annex(name, head, len(head))


def test_a_file_that_no_portal_takes_is_refused_with_the_limit():
    validation.check_annex("a.pdf", b"%PDF-1.4", limits({}).file)
    with pytest.raises(Invalid) as refused:
        validation.check_annex("a.pdf", b"%PDF-1.4", limits({}).file + 1)
    assert refused.value.args[0].mapping == {"limit": "500"}
