"""Meeting (séance): one sitting of one body."""

from collective.deliberation import _
from collective.deliberation.content import vocabularies
from collective.deliberation.content.french_dates import meeting_title
from collective.deliberation.content.interfaces import IMarked
from collective.deliberation.content.item import PERSONAL
from collective.deliberation.content.naming import WordlessIds
from datetime import datetime
from plone.app.textfield import RichText
from plone.app.z3cform.widgets.datetime import DatetimeFieldWidget
from plone.autoform import directives
from plone.dexterity.content import Container
from plone.supermodel import model
from zope import schema
from zope.interface import implementer
from zope.interface import Invalid
from zope.interface import invariant


class IMeeting(model.Schema):
    """One sitting of one body of an institution."""

    body = schema.Choice(title=_("meeting_body", default="Body"), source=vocabularies.bodies_source)
    directives.widget("start", DatetimeFieldWidget, default_timezone="Europe/Brussels")
    start = schema.Datetime(title=_("meeting_start", default="Begins"))
    directives.widget("end", DatetimeFieldWidget, default_timezone="Europe/Brussels")
    end = schema.Datetime(title=_("meeting_end", default="Ends"), required=False)
    location = schema.TextLine(
        title=_("meeting_location", default="Place"), required=False, max_length=300
    )
    convocation = schema.Date(
        title=_("meeting_convocation", default="Date of the convocation"), required=False
    )
    public = schema.Bool(
        title=_("meeting_public", default="In public"),
        description=_(
            "meeting_public_help",
            default="Nothing of a meeting that isn't in public leaves the desk.",
        ),
        default=True,
        required=False,
    )

    model.fieldset(
        "attendance", label=_("fieldset_attendance", default="Attendance"), fields=["attendance"]
    )
    attendance = RichText(
        title=_("meeting_attendance", default="Present, excused, absent"),
        required=False,
        default_mime_type="text/html",
        allowed_mime_types=("text/html",),
        max_length=100_000,
    )

    directives.read_permission(attendance=PERSONAL, register=PERSONAL)
    directives.omitted("title", "register", "sourceUid")
    title = schema.TextLine(
        title=_("meeting_title", default="Title"), required=False, readonly=True, default=""
    )
    register = schema.Tuple(
        title="register", required=False, readonly=True, default=(), missing_value=()
    )
    sourceUid = schema.ASCIILine(title="sourceUid", required=False, readonly=True)

    @invariant
    def ends_after_it_begins(data):
        start, end = getattr(data, "start", None), getattr(data, "end", None)
        if start and end and _comparable(end) < _comparable(start):
            raise Invalid(
                _(
                    "error_meeting_end",
                    default="The meeting ends before it begins: correct the field “Ends”.",
                )
            )


def _comparable(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None) if moment.tzinfo is None else moment.astimezone()


@implementer(IMeeting, IMarked)
class Meeting(WordlessIds, Container):
    """A sitting; it holds its items and the annexes that belong to all of it."""

    title = ""


def body_title(meeting) -> str:
    """The title of a meeting's body as its institution writes it."""
    institution = vocabularies.institution_of(meeting)
    titles = vocabularies.titled_slugs(institution.bodies) if institution is not None else {}
    return titles.get(meeting.body, meeting.body or "")


def entitle(meeting, event):
    """On each save: "Conseil communal du 14 décembre 2026, 19 h 00"."""
    title = meeting_title(body_title(meeting), meeting.start)
    if meeting.title != title:
        meeting.title = title
