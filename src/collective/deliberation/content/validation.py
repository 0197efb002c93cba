"""Rules for single fields: each raises an Invalid with what is wrong and how to mend it."""

import re
from collective.deliberation import _
from collective.deliberation.pseudonym.files.passages import MAX_FILE
from stdnum import iban
from zope.interface import Invalid
from zope.schema.interfaces import ValidationError


class _Refused(ValidationError):
    """A refusal whose message is its docstring, which is how zope.schema shows it."""

    message = ""

    def doc(self):
        return self.message


class NotASlug(_Refused):
    message = _(
        "error_slug",
        default="Use lower-case letters, digits and single hyphens only, e.g. valbourg.",
    )


class NotASlugLine(_Refused):
    message = _(
        "error_slug_line",
        default="Write each line as: name-in-addresses|Title, e.g. conseil|Conseil communal.",
    )


class NotANisCode(_Refused):
    message = _("error_nis", default="An NIS code has exactly five digits, e.g. 92094.")


class NotACbeNumber(_Refused):
    message = _(
        "error_cbe",
        default="This is no valid enterprise number: ten digits whose last two are a check.",
    )


class NotAWebAddress(_Refused):
    message = _(
        "error_url", default="Begin the address with https:// or http:// and leave no space."
    )


class NotAColour(_Refused):
    message = _("error_colour", default="Write the colour as # and six digits, e.g. #1d5b4f.")


class NotCoordinates(_Refused):
    message = _(
        "error_coordinates",
        default="Write latitude, a comma, longitude, in degrees with a point: 50.4669, 4.8675. They must lie in Belgium: "
        "latitude 49 to 52, longitude 2 to 7.",
    )


class NotAnAccount(_Refused):
    message = _(
        "error_account",
        default="This is no valid account: write its IBAN, e.g. BE71 0961 2345 6769.",
    )


def account(value):
    if not iban.is_valid(value):
        raise NotAnAccount(value)
    return True


def short_name(value):
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise NotASlug(value)
    return True


def slug_line(value):
    name, bar, title = value.partition("|")
    if not (bar and title.strip() and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name.strip())):
        raise NotASlugLine(value)
    return True


def nis_code(value):
    if not re.fullmatch(r"[0-9]{5}", value):
        raise NotANisCode(value)
    return True


def cbe_number(value):
    """Belgian enterprise number: 97 minus the first eight digits modulo 97 makes the last two."""
    digits = re.sub(r"[ .]", "", value.removeprefix("BE"))
    if not re.fullmatch(r"[01][0-9]{9}", digits) or 97 - int(digits[:8]) % 97 != int(digits[8:]):
        raise NotACbeNumber(value)
    return True


def web_address(value):
    if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", value):
        raise NotAWebAddress(value)
    return True


def colour(value):
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise NotAColour(value)
    return True


# With decimals: "50,5" is one number that a French keyboard wrote.
_COORDINATES = re.compile(r"\s*([0-9]{2}\.[0-9]+)\s*,\s*([0-9]\.[0-9]+)\s*")


def latitude_longitude(value: str) -> tuple[float, float] | None:
    """``50.4669, 4.8675`` as degrees of WGS 84; ``None`` for anything else, or a place outside Belgium."""
    match = _COORDINATES.fullmatch(value)
    if match is None:
        return None
    latitude, longitude = float(match[1]), float(match[2])
    return (latitude, longitude) if 49 <= latitude <= 52 and 2 <= longitude <= 7 else None


def coordinates(value):
    if latitude_longitude(value) is None:
        raise NotCoordinates(value)
    return True


# What an annex may be: extension, media type, and a pattern for its first bytes.
_TEXT = rb"[^\0]*\Z"
ANNEX_TYPES = {
    "pdf": ("application/pdf", rb"%PDF-"),
    "png": ("image/png", rb"\x89PNG\r\n\x1a\n"),
    "jpg": ("image/jpeg", rb"\xff\xd8\xff"),
    "jpeg": ("image/jpeg", rb"\xff\xd8\xff"),
    "gif": ("image/gif", rb"GIF8[79]a"),
    "tif": ("image/tiff", rb"II\*\0|MM\0\*"),
    "tiff": ("image/tiff", rb"II\*\0|MM\0\*"),
    "webp": ("image/webp", rb"RIFF....WEBP"),
    "odt": ("application/vnd.oasis.opendocument.text", rb"PK\x03\x04"),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", rb"PK\x03\x04"),
    "odp": ("application/vnd.oasis.opendocument.presentation", rb"PK\x03\x04"),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        rb"PK\x03\x04",
    ),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", rb"PK\x03\x04"),
    "pptx": (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        rb"PK\x03\x04",
    ),
    "txt": ("text/plain", _TEXT),
    "csv": ("text/csv", _TEXT),
}


def extension(filename):
    """The extension of a file name, lower case, without the dot; empty when there is none."""
    return filename.rpartition(".")[2].lower() if "." in (filename or "") else ""


def check_annex(filename, head, size):
    """Refuse a file that is empty, too large for any portal, of no allowed type, or not what its name says.

    :param head: the first bytes of the file (16 are enough)
    :raises Invalid: with a message for a person
    """
    if size == 0:
        raise Invalid(
            _("error_annex_empty", default="This file is empty. Choose one with content.")
        )
    if size > MAX_FILE:
        raise Invalid(
            _(
                "error_annex_large",
                default="This file has more than ${limit} MB, and no portal takes that. Split it, or export it "
                "in a smaller form.",
                mapping={"limit": str(MAX_FILE >> 20)},
            )
        )
    kind = ANNEX_TYPES.get(extension(filename))
    if kind is None:
        raise Invalid(
            _(
                "error_annex_type",
                default="This type of file can't be published. Allowed: ${types}.",
                mapping={"types": ", ".join(sorted(ANNEX_TYPES))},
            )
        )
    if not re.match(kind[1], head, re.DOTALL):
        raise Invalid(
            _(
                "error_annex_content",
                default="The content of this file isn't what its extension says. Export it again.",
            )
        )
