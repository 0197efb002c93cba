"""Annex (annexe): a file of an item or of a whole meeting."""

from collective.deliberation import _
from collective.deliberation.content import vocabularies
from collective.deliberation.content.annexes.upload import streamed_file
from collective.deliberation.content.validation import ANNEX_TYPES
from collective.deliberation.content.validation import check_annex
from collective.deliberation.pseudonym.files.passages import MAX_FILE
from collective.deliberation.pseudonym.files.passages import MAX_HELD
from plone.autoform import directives
from plone.dexterity.content import Item
from plone.namedfile.field import NamedBlobFile
from plone.supermodel import model
from zope import schema
from zope.interface import implementer


ACCEPT = tuple(f".{extension}" for extension in sorted(ANNEX_TYPES))


def allowed_file(value):
    """Constraint of both file fields; see ``check_annex``."""
    with value.open() as data:
        check_annex(value.filename, data.read(16), value.getSize())
    return True


class IAnnex(model.Schema):
    """A file, and the version of it that may be published when the original may not."""

    title = schema.TextLine(
        title=_("annex_title", default="Title"),
        description=_(
            "annex_title_help", default="What citizens read; the file's name isn't shown."
        ),
        max_length=500,
    )
    category = schema.Choice(
        title=_("annex_category", default="Category"),
        source=vocabularies.fixed(vocabularies.ANNEX_CATEGORIES),
        default="annex",
    )
    file = NamedBlobFile(
        title=_("annex_file", default="File"),
        description=_(
            "annex_file_help",
            default="PDF of up to ${pdf} MB; image, office document, text or CSV of up to ${other} MB.",
            mapping={"pdf": str(MAX_FILE >> 20), "other": str(MAX_HELD >> 20)},
        ),
        constraint=allowed_file,
    )
    directives.widget("file", streamed_file)
    directives.widget("publicFile", streamed_file)
    directives.omitted("sourceUid")
    publicFile = NamedBlobFile(
        title=_("annex_public_file", default="Redacted version"),
        description=_(
            "annex_public_file_help",
            default="Published instead of the file, when the file holds personal data.",
        ),
        required=False,
        constraint=allowed_file,
    )
    sourceUid = schema.ASCIILine(title="sourceUid", required=False, readonly=True)


@implementer(IAnnex)
class Annex(Item):
    """A file; its review (publish, hold back, redact) is its workflow state."""
