"""Why something is proposed, in words for people; the codes are those of ``pseudonym.detection``."""

from collective.deliberation import _


SUGGESTIONS = {
    "civility": _("reason_civility", default="after a civility"),
    "kinship": _("reason_kinship", default="said to be somebody's relative"),
    "role": _("reason_role", default="acts as applicant, owner, member…"),
    "followed": _("reason_followed", default="followed by a birth, a home or an age"),
    "given-name": _("reason_given_name", default="begins with a given name"),
    "list": _("reason_list", default="in a list of persons"),
    "unknown-word": _("reason_unknown_word", default="a capital on a word that no list knows"),
    "small-letters": _(
        "reason_small_letters", default="a name in small letters after a word that announces one"
    ),
    "capitals": _("reason_capitals", default="looks like a name"),
    "estate": _("reason_estate", default="a name after a succession or a property"),
    "column": _("reason_column", default="in a column of personal data"),
    "homonym": _(
        "reason_homonym", default="has the name of somebody in office: is it that person, acting?"
    ),
    "propagated": _("reason_propagated", default="the name of somebody proposed elsewhere"),
    "birth": _("reason_birth", default="said to be a birth"),
    "national-number": _("reason_national_number", default="a valid national number"),
    "account": _("reason_account", default="a valid account"),
    "phone": _("reason_phone", default="a valid telephone number"),
    "e-mail": _("reason_email", default="an e-mail address"),
    "plate": _("reason_plate", default="a number plate"),
    "parcel": _("reason_parcel", default="a parcel of somebody"),
    "address": _("reason_address", default="a postal address"),
    "dwelling": _("reason_dwelling", default="somebody's home"),
    "language-model": _("reason_model", default="found by the language model"),
}
PROMPTS = {
    "only-one": _("prompt_only", default="the only one of its kind"),
    "age": _("prompt_age", default="an age"),
    "health": _("prompt_health", default="about somebody's health"),
    "nationality": _("prompt_nationality", default="an origin or a nationality"),
    "kinship": _("prompt_kinship", default="a family situation"),
    "work": _("prompt_work", default="a function that few people have"),
    "table-row": _("prompt_row", default="a row of a table about one person"),
}
