"""Institution: a commune or another public body, with what its meetings and its publishing need."""

from collective.deliberation import _
from collective.deliberation.content import vocabularies
from collective.deliberation.content.head import AnswersHead
from collective.deliberation.content.legal_calendar import defaults
from collective.deliberation.content.naming import WordlessIds
from collective.deliberation.content.validation import account
from collective.deliberation.content.validation import cbe_number
from collective.deliberation.content.validation import colour
from collective.deliberation.content.validation import coordinates
from collective.deliberation.content.validation import nis_code
from collective.deliberation.content.validation import short_name
from collective.deliberation.content.validation import slug_line
from collective.deliberation.content.validation import web_address
from plone.autoform import directives
from plone.dexterity.content import Container
from plone.namedfile.field import NamedBlobImage
from plone.supermodel import model
from zope import schema
from zope.interface import implementer
from zope.interface import provider
from zope.schema.interfaces import IContextAwareDefaultFactory


def _default(name):
    @provider(IContextAwareDefaultFactory)
    def days(context):
        return getattr(defaults(), name)

    return days


class IInstitution(model.Schema):
    """A public body whose deliberations are published."""

    title = schema.TextLine(
        title=_("institution_title", default="Name"),
        description=_("institution_title_help", default="As citizens know it, e.g. Valbourg."),
        max_length=200,
    )
    slug = schema.ASCIILine(
        title=_("institution_slug", default="Name in addresses"),
        description=_(
            "institution_slug_help",
            default="Lower-case letters, digits and hyphens. It can't change once something is published.",
        ),
        constraint=short_name,
    )
    kind = schema.Choice(
        title=_("institution_kind", default="Kind"),
        source=vocabularies.fixed(vocabularies.INSTITUTION_KINDS),
        default="commune",
    )
    nisCode = schema.ASCIILine(
        title=_("institution_nis", default="NIS code"),
        description=_("institution_nis_help", default="Five digits, e.g. 92094."),
        required=False,
        constraint=nis_code,
    )
    cbeNumber = schema.ASCIILine(
        title=_("institution_cbe", default="Enterprise number (CBE)"),
        description=_("institution_cbe_help", default="Ten digits, e.g. 0123.456.749."),
        required=False,
        constraint=cbe_number,
    )
    population = schema.Int(
        title=_("institution_population", default="Population"), required=False, min=0
    )

    model.fieldset(
        "contact",
        label=_("fieldset_contact", default="Contact and look"),
        fields=[
            "address",
            "email",
            "phone",
            "website",
            "coordinates",
            "logo",
            "color",
            "secondaryColor",
            "accentColor",
        ],
    )
    address = schema.Text(
        title=_("institution_address", default="Postal address"), required=False, max_length=500
    )
    email = schema.TextLine(
        title=_("institution_email", default="E-mail"), required=False, max_length=200
    )
    phone = schema.TextLine(
        title=_("institution_phone", default="Phone"), required=False, max_length=50
    )
    website = schema.TextLine(
        title=_("institution_website", default="Website"),
        description=_("institution_website_help", default="Begins with https:// or http://."),
        required=False,
        constraint=web_address,
    )
    coordinates = schema.ASCIILine(
        title=_("institution_coordinates", default="Place on the map"),
        description=_(
            "institution_coordinates_help",
            default="Latitude and longitude in degrees (WGS 84), as any map gives them, e.g. 50.4669, 4.8675.",
        ),
        required=False,
        constraint=coordinates,
    )
    logo = NamedBlobImage(title=_("institution_logo", default="Logo"), required=False)
    color = schema.ASCIILine(
        title=_("institution_color", default="Main colour"),
        description=_(
            "institution_color_help",
            default="As #rrggbb, e.g. #1d5b4f: the band at the top, and the name. A colour that could not be read on "
            "the page is darkened or lightened until it can.",
        ),
        required=False,
        constraint=colour,
    )
    secondaryColor = schema.ASCIILine(
        title=_("institution_secondary_color", default="Second colour"),
        description=_(
            "institution_secondary_color_help",
            default="Numbers of items, the edge of what is next. Empty: the main colour.",
        ),
        required=False,
        constraint=colour,
    )
    accentColor = schema.ASCIILine(
        title=_("institution_accent_color", default="Colour of links and buttons"),
        description=_("institution_accent_color_help", default="Empty: the portal's blue."),
        required=False,
        constraint=colour,
    )

    model.fieldset(
        "publishing",
        label=_("fieldset_publishing", default="Publishing"),
        fields=[
            "pseudonymPolicy",
            "samePseudonyms",
            "secondReader",
            "publicIdentifiers",
            "licence",
            "indexing",
            "portalUrl",
            "portalInstitution",
        ],
    )
    pseudonymPolicy = schema.Choice(
        title=_("institution_policy", default="How hidden names are shown"),
        description=_(
            "institution_policy_help",
            default="A change shows at once on every page; nothing is published again.",
        ),
        source=vocabularies.fixed(vocabularies.PSEUDONYM_POLICIES),
        default="letter",
    )
    samePseudonyms = schema.Bool(
        title=_("institution_same_pseudonyms", default="One pseudonym within a meeting"),
        description=_(
            "institution_same_pseudonyms_help",
            default="Who is named alike in several items of one meeting gets the same pseudonym there, of four "
            "letters. For persons marked from now on, and only where the administrator has set a key "
            "(DELIBERATION_PSEUDONYM_KEY); without one, each item has its own pseudonyms.",
        ),
        required=False,
        default=False,
    )
    secondReader = schema.Bool(
        title=_("institution_second_reader", default="A second reader confirms each review"),
        description=_(
            "institution_second_reader_help",
            default="Somebody who judged no suggestion of an item must confirm before it is validated.",
        ),
        required=False,
        default=False,
    )
    publicIdentifiers = schema.Tuple(
        title=_("institution_public_identifiers", default="The institution's own accounts"),
        description=_(
            "institution_public_identifiers_help",
            default="One a line: accounts that may be public, e.g. those taxes are paid to.",
        ),
        value_type=schema.TextLine(constraint=account),
        required=False,
        default=(),
        missing_value=(),
    )
    licence = schema.Choice(
        title=_("institution_licence", default="Licence for reuse"),
        description=_(
            "institution_licence_help",
            default="Official acts are free of copyright; this is for all else that the institution publishes. "
            "Set it on the portal.",
        ),
        source=vocabularies.fixed(vocabularies.LICENCES),
        default="cc-by-4.0",
    )
    indexing = schema.Choice(
        title=_("institution_indexing", default="What search engines may show"),
        description=_(
            "institution_indexing_help",
            default="Pages stay public in any case. Set it on the portal.",
        ),
        source=vocabularies.fixed(vocabularies.INDEXING),
        default="noindex-pseudonymised",
    )
    portalUrl = schema.TextLine(
        title=_("institution_portal_url", default="Address of the portal"),
        description=_(
            "institution_portal_url_help",
            default="Where this desk sends what is approved, e.g. https://www.example.be/deliberations.",
        ),
        required=False,
        constraint=web_address,
    )
    portalInstitution = schema.ASCIILine(
        title=_("institution_portal_slug", default="Name in the portal's addresses"),
        description=_(
            "institution_portal_slug_help", default="Leave empty when it is the same as here."
        ),
        required=False,
        constraint=short_name,
    )

    model.fieldset(
        "lists",
        label=_("fieldset_lists", default="Bodies, categories, representatives"),
        fields=["bodies", "categories", "representatives"],
    )
    bodies = schema.Tuple(
        title=_("institution_bodies", default="Bodies"),
        description=_(
            "institution_bodies_help",
            default="One a line: name in addresses, a bar, title. E.g. conseil|Conseil communal.",
        ),
        value_type=schema.TextLine(constraint=slug_line),
        default=("conseil|Conseil communal", "college|Collège communal"),
        min_length=1,
    )
    categories = schema.Tuple(
        title=_("institution_categories", default="Categories of items"),
        description=_("institution_categories_help", default="One a line."),
        value_type=schema.TextLine(),
        required=False,
        default=(),
        missing_value=(),
    )
    representatives = schema.Tuple(
        title=_("institution_representatives", default="Elected representatives"),
        description=_(
            "institution_representatives_help",
            default="One name a line. Acting in office, they stay named.",
        ),
        value_type=schema.TextLine(),
        required=False,
        default=(),
        missing_value=(),
    )

    # People of the institution with their functions; the screen ``@@roster`` writes it.
    directives.omitted("roster")
    roster = schema.Tuple(
        title="roster", required=False, readonly=True, default=(), missing_value=()
    )

    model.fieldset(
        "calendar",
        label=_("fieldset_calendar", default="Legal calendar"),
        fields=["draftClearDays", "convocationClearDays", "decisionDays"],
    )
    draftClearDays = schema.Int(
        title=_("institution_draft_days", default="Clear days between drafts on line and meeting"),
        description=_(
            "institution_draft_days_help",
            default="Neither the day of publication nor the day of the meeting counts.",
        ),
        min=0,
        max=60,
        defaultFactory=_default("draft_clear_days"),
    )
    convocationClearDays = schema.Int(
        title=_(
            "institution_convocation_days", default="Clear days between convocation and meeting"
        ),
        min=0,
        max=60,
        defaultFactory=_default("convocation_clear_days"),
    )
    decisionDays = schema.Int(
        title=_("institution_decision_days", default="Days to publish decisions after the meeting"),
        description=_(
            "institution_decision_days_help",
            default="No decree names a deadline: this one is the institution's own.",
        ),
        min=0,
        max=365,
        defaultFactory=_default("decision_days"),
    )


@implementer(IInstitution)
class Institution(AnswersHead, WordlessIds, Container):
    """A public body; on the desk it holds its meetings, on the portal what it has published."""
