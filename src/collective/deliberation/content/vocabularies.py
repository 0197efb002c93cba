"""Choices offered in forms: fixed kinds, and what each institution lists for itself."""

from Acquisition import aq_base
from Acquisition import aq_chain
from collective.deliberation import _
from zope.interface import implementer
from zope.interface import provider
from zope.schema.interfaces import IContextSourceBinder
from zope.schema.interfaces import ITitledTokenizedTerm
from zope.schema.interfaces import IVocabularyFactory
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


INSTITUTION_KINDS = {
    "commune": _("kind_commune", default="Municipality"),
    "cpas": _("kind_cpas", default="Public social welfare centre"),
    "province": _("kind_province", default="Province"),
    "police-zone": _("kind_police_zone", default="Police zone"),
    "rescue-zone": _("kind_rescue_zone", default="Rescue zone"),
    "intercommunale": _("kind_intercommunale", default="Intermunicipal company"),
}
ANNEX_CATEGORIES = {
    "explanatory-note": _("annex_explanatory_note", default="Explanatory note"),
    "annex": _("annex_annex", default="Annex"),
    "plan": _("annex_plan", default="Plan"),
    "regulation": _("annex_regulation", default="Regulation"),
    "report": _("annex_report", default="Report"),
    "other": _("annex_other", default="Other document"),
}
LIST_TYPES = {
    "normal": _("list_type_normal", default="On the agenda"),
    "late": _("list_type_late", default="Added late (urgent)"),
}
PERSONAL_DATA = {
    "person": _("data_person", default="Person"),
    "address": _("data_address", default="Address"),
    "birth-date": _("data_birth_date", default="Date of birth"),
    "birth-place": _("data_birth_place", default="Place of birth"),
    "national-number": _("data_national_number", default="National number"),
    "account": _("data_account", default="Bank account"),
    "phone": _("data_phone", default="Phone number"),
    "e-mail": _("data_email", default="E-mail address"),
    "plate": _("data_plate", default="Number plate"),
    "parcel": _("data_parcel", default="Land parcel"),
    "other": _("data_other", default="Other data"),
}
PSEUDONYM_POLICIES = {
    "letter": _("policy_letter", default="Personne A"),
    "civility": _("policy_civility", default="Monsieur A., Madame B."),
    "role": _("policy_role", default="The role that the author chose, else Monsieur A., Madame B."),
    "bracket": _("policy_bracket", default="[personne]"),
    "bar": _("policy_bar", default="Black bar"),
}
LICENCES = {
    "cc-by-4.0": _("licence_cc_by", default="Creative Commons Attribution 4.0 (CC BY 4.0)"),
    "cc0-1.0": _("licence_cc0", default="Creative Commons Zero 1.0 (CC0), no conditions"),
    "etalab-2.0": _("licence_etalab", default="Open Licence 2.0 (Etalab)"),
}
INDEXING = {
    "noindex-pseudonymised": _(
        "indexing_some", default="All pages but those on which names are masked"
    ),
    "index": _("indexing_all", default="All pages"),
    "noindex": _("indexing_none", default="No page"),
}


def fixed(choices):
    """A vocabulary of a dict of token to title."""
    return SimpleVocabulary([SimpleTerm(token, token, title) for token, title in choices.items()])


def institution_of(context):
    """The Institution that holds ``context``, or None."""
    for parent in aq_chain(context):
        if getattr(parent, "portal_type", None) == "Institution":
            return parent
    return None


def titled_slugs(lines):
    """Lines ``slug|Title`` as a dict; the order is kept."""
    pairs = (line.partition("|") for line in lines or ())
    return {slug.strip(): title.strip() or slug.strip() for slug, _bar, title in pairs}


@provider(IVocabularyFactory)
def bodies(context):
    """The bodies of the institution, by slug."""
    institution = institution_of(context)
    return fixed(titled_slugs(institution.bodies) if institution is not None else {})


@provider(IVocabularyFactory)
def categories(context):
    """The categories that the institution lists, and the one that the item has already."""
    institution = institution_of(context)
    listed = tuple(institution.categories or ()) if institution is not None else ()
    own = getattr(aq_base(context), "category", None) if is_item(context) else None
    return words((*listed, own) if own else listed)


@provider(IVocabularyFactory)
def representatives(context):
    """The representatives that the institution lists, and those whom the item has already."""
    institution = institution_of(context)
    listed = tuple(institution.representatives or ()) if institution is not None else ()
    own = tuple(getattr(aq_base(context), "representatives", None) or ())
    return words((*listed, *own) if is_item(context) else listed)


def is_item(context) -> bool:
    return getattr(context, "portal_type", None) == "Item"


@implementer(ITitledTokenizedTerm)
class Word:
    """A term that is its own token: what a form sends back is the word, in the list or not."""

    def __init__(self, word):
        self.value = self.token = self.title = word


def words(lines):
    """A vocabulary of free words, each once."""
    unique = dict.fromkeys(line.strip() for line in lines if line and line.strip())
    return SimpleVocabulary([Word(word) for word in unique])


@provider(IContextSourceBinder)
def bodies_source(context):
    return bodies(context)
