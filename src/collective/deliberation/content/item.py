"""Item (point): one agenda item, with its draft decision first and its decision later."""

from collective.deliberation import _
from collective.deliberation.content import vocabularies
from collective.deliberation.content.interfaces import IMarked
from collective.deliberation.content.naming import WordlessIds
from plone.app.textfield import RichText
from plone.app.z3cform.widgets.select import AjaxSelectFieldWidget
from plone.autoform import directives
from plone.dexterity.content import Container
from plone.supermodel import model
from z3c.form.interfaces import IAddForm
from zope import schema
from zope.interface import implementer


DRAFT = "collective.deliberation.EditDraft"
DECISION = "collective.deliberation.EditDecision"
PERSONAL = "collective.deliberation.ViewPersonalData"
RICH_TEXTS = ("motivation", "draftDecision", "resolutionText")
MAX_TEXT = 2_000_000


class IItem(model.Schema):
    """One point of the agenda of a meeting."""

    directives.write_permission(
        title=DRAFT,
        category=DRAFT,
        listType=DRAFT,
        public=DRAFT,
        representatives=DRAFT,
        motivation=DRAFT,
        draftDecision=DRAFT,
        resolutionText=DECISION,
        votes=DECISION,
    )
    directives.read_permission(
        title=PERSONAL,
        motivation=PERSONAL,
        draftDecision=PERSONAL,
        resolutionText=PERSONAL,
        votes=PERSONAL,
        register=PERSONAL,
    )
    # Read-only: for forms and for the REST API. Code sets them, see numbering and register.
    directives.omitted("number", "register", "sourceUid")
    directives.omitted(IAddForm, "resolutionText", "votes")  # nothing is decided yet

    number = schema.TextLine(
        title=_("item_number", default="Number"), required=False, readonly=True, default=""
    )
    title = schema.TextLine(
        title=_("item_title", default="Title"),
        description=_(
            "item_title_help",
            default="Names in a title are hidden too, once they are in the list of personal data.",
        ),
        max_length=1000,
    )
    category = schema.Choice(
        title=_("item_category", default="Category"),
        description=_(
            "item_category_help",
            default="The list is in the institution's form, to be completed there.",
        ),
        vocabulary="collective.deliberation.categories",
        required=False,
    )
    listType = schema.Choice(
        title=_("item_list_type", default="On the agenda as"),
        source=vocabularies.fixed(vocabularies.LIST_TYPES),
        default="normal",
    )
    public = schema.Bool(
        title=_("item_public", default="Public session"),
        description=_(
            "item_public_help", default="An item of a closed session never leaves the desk."
        ),
        default=True,
        required=False,
    )
    directives.widget(
        "representatives",
        AjaxSelectFieldWidget,
        vocabulary="collective.deliberation.representatives",
    )
    representatives = schema.Tuple(
        title=_("item_representatives", default="Elected representatives in charge"),
        description=_(
            "item_representatives_help",
            default="Choose from the institution's list or write another name. They stay named.",
        ),
        value_type=schema.TextLine(max_length=200),
        required=False,
        default=(),
        missing_value=(),
    )
    motivation = RichText(
        title=_("item_motivation", default="Motivation"),
        description=_("item_motivation_help", default="Vu…, considérant…"),
        required=False,
        default_mime_type="text/html",
        allowed_mime_types=("text/html",),
        max_length=MAX_TEXT,
    )
    draftDecision = RichText(
        title=_("item_draft_decision", default="Draft decision"),
        required=False,
        default_mime_type="text/html",
        allowed_mime_types=("text/html",),
        max_length=MAX_TEXT,
    )

    model.fieldset(
        "decision",
        label=_("fieldset_decision", default="Decision"),
        fields=["resolutionText", "votes"],
    )
    resolutionText = RichText(
        title=_("item_resolution", default="Decision"),
        description=_("item_resolution_help", default="What was decided at the meeting."),
        required=False,
        default_mime_type="text/html",
        allowed_mime_types=("text/html",),
        max_length=MAX_TEXT,
    )
    votes = schema.Text(
        title=_("item_votes", default="Votes"),
        description=_("item_votes_help", default="E.g. à l'unanimité, or 12 oui, 3 non."),
        required=False,
        max_length=5000,
    )

    register = schema.Tuple(
        title="register", required=False, readonly=True, default=(), missing_value=()
    )
    sourceUid = schema.ASCIILine(title="sourceUid", required=False, readonly=True)


@implementer(IItem, IMarked)
class Item(WordlessIds, Container):
    """An agenda item; it holds its annexes."""
