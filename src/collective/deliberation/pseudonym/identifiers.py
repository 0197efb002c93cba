"""Numbers that identify somebody by themselves, found in a text by their shape and checksum.

National and BIS numbers: Royal Decree of 3 April 1984, modulo 97, with a 2 before numbers of births from
2000 on. Accounts: ISO 13616, modulo 97. Telephone numbers: the numbering plans in ``phonenumbers``.
A number whose checksum is wrong is none: file numbers often have the same shape.
"""

import re
from bisect import bisect_left
from collective.deliberation.pseudonym.register import Category
from phonenumbers import Leniency
from phonenumbers import PhoneNumberMatcher
from stdnum import iban
from stdnum.be import bis
from stdnum.be import nn
from typing import NamedTuple


_MOST = 200_000  # characters of a text in which telephone numbers are looked for
_BLANK = r"[\s\x1c-\x1f\u00a0\u2007\u202f\u200b\u2060]"
_MARK = _BLANK[:-1] + r"\-\u2010\u2011\u2012\u2013./]"
_NATIONAL = re.compile(
    rf"(?<![0-9])(?<![0-9][.-])\d{{2}}{_MARK}{{0,2}}\d{{2}}{_MARK}{{0,2}}\d{{2}}{_MARK}{{0,3}}\d{{3}}"
    rf"{_MARK}{{0,2}}\d{{2}}(?![0-9])",
    re.A,
)
_ACCOUNT = re.compile(
    rf"[A-Z]{{2}}{_BLANK}?\d{{2}}(?:{_MARK}{{0,2}}[A-Z0-9]){{11,30}}", re.A | re.I
)
# Two capitals: "de 12" is no German account. People write "be" for their own.
_COUNTRY = re.compile(rf"[A-Zb][A-Ze]{_BLANK}?\d\d", re.A)
_ELEVEN = re.compile(rb"0[0 ]{9,}0")
# One byte for each character, to find fast where a number may be: 0 a digit, A the letter of a country, a
# blank what may separate figures, and whatever is not in Latin 1.
_SHAPES = bytes(
    ord("0" if c.isascii() and c.isdigit() else "A" if "A" <= c <= "Z" or c in "be" else "x")
    if c.isalnum()
    else ord(" ")
    for c in map(chr, range(256))
)
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w][\w.+-]{0,63}@(?:[\w](?:[\w-]{0,61}[\w])?\.){1,5}[A-Za-z]{2,24}(?![\w-])"
)
_SEPARATORS = re.compile(rf"{_MARK}+")


class Identifier(NamedTuple):
    """``text[start:end]`` of the text it was found in."""

    start: int
    end: int
    text: str
    category: Category


def numbers(text: str) -> list[Identifier]:
    """National numbers, BIS numbers and accounts whose checksum is right, in order, none overlapping.

    Only what stands around enough digits is looked at: the cost is that of finding them.
    """
    found: list[Identifier] = []
    shapes = text.encode("latin-1", "replace").translate(_SHAPES)
    for start in sorted({*_places(shapes, b"AA00"), *_places(shapes, b"AA 00")}):
        if not found or start >= found[-1].end:
            end = _account_end(text, start) if _COUNTRY.match(text, start) else None
            if end:
                span = (start, end)
                found.append(Identifier(*span, text[slice(*span)], Category.ACCOUNT))
    accounts = [each.start for each in found], [each.end for each in found]
    for run in _ELEVEN.finditer(shapes):
        for match in _NATIONAL.finditer(text, *run.span()):
            digits = _SEPARATORS.sub("", match[0])
            inside = bisect_left(accounts[1], match.start() + 1) < bisect_left(
                accounts[0], match.end()
            )
            if not inside and (nn.is_valid(digits) or bis.is_valid(digits)):
                found.append(Identifier(*match.span(), match[0], Category.NATIONAL_NUMBER))
    return sorted(found)


def plain(number: str) -> str:
    """A number without its separators, in small letters: the same for all its spellings."""
    return _SEPARATORS.sub("", number).casefold()


def identifiers(text: str, region: str = "BE") -> tuple[Identifier, ...]:
    """``numbers``, telephone numbers and e-mail addresses, in order, none overlapping.

    ``region`` is where a telephone number without a country is dialled (ISO 3166).
    """
    found = [*numbers(text)]
    found += (
        Identifier(match.start(), match.end(), match[0], Category.EMAIL)
        for match in _EMAIL.finditer(text)
    )
    for match in PhoneNumberMatcher(text[:_MOST], region, leniency=Leniency.VALID):
        found.append(Identifier(match.start, match.end, match.raw_string, Category.PHONE))
    found.sort(key=lambda each: (each.start, -each.end))
    apart: list[Identifier] = []
    for each in found:
        if not apart or each.start >= apart[-1].end:
            apart.append(each)
    return tuple(apart)


def _places(shapes: bytes, shape: bytes) -> list[int]:
    found = []
    place = shapes.find(shape)
    while place >= 0:
        found.append(place)
        place = shapes.find(shape, place + 1)
    return found


def _account_end(text: str, start: int) -> int | None:
    """Where the account ends that starts with these two letters of a country; None when none does."""
    match = _ACCOUNT.match(text, start)
    if match is None or text[max(start - 1, 0) : start].isalnum():
        return None
    for end in range(match.end(), start + 14, -1):  # words may follow that look like its letters
        if text[end - 1].isalnum() and not text[end : end + 1].isalnum():
            # a bank that isn't in the library's table may be a new one
            if iban.is_valid(_SEPARATORS.sub("", text[start:end]), check_country=False):
                return end
    return None
