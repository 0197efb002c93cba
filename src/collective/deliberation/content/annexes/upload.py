"""A file that comes through a form goes into its blob in chunks; Plone's own field would hold it whole."""

from plone.formwidget.namedfile.converter import NamedDataConverter
from plone.formwidget.namedfile.interfaces import INamedFileWidget
from plone.formwidget.namedfile.utils import is_file_upload
from plone.formwidget.namedfile.widget import NamedFileWidget
from plone.namedfile.interfaces import INamedBlobFileField
from plone.namedfile.utils import safe_basename
from z3c.form.interfaces import IFieldWidget
from z3c.form.interfaces import IFormLayer
from z3c.form.widget import FieldWidget
from zope.component import adapter
from zope.interface import implementer
from zope.interface import implementer_only


class IStreamedFileWidget(INamedFileWidget):
    """Of a field whose files may be large."""


@implementer_only(IStreamedFileWidget)
class StreamedFileWidget(NamedFileWidget):
    @property
    def file_upload_id(self):
        """None: with an error elsewhere in the form the file is to be chosen again.

        Plone would keep it until then, in memory and as bytes in the database.
        """
        return ""


@implementer(IFieldWidget)
@adapter(INamedBlobFileField, IFormLayer)
def streamed_file(field, request):
    return FieldWidget(field, StreamedFileWidget(request))


@adapter(INamedBlobFileField, IStreamedFileWidget)
class Streamed(NamedDataConverter):
    def toFieldValue(self, value):  # noqa: N802 (z3c.form)
        kept = self.widget.request.get(f"{self.widget.name}.action") == "nochange"
        if kept or not is_file_upload(value):
            return super().toFieldValue(value)
        return self.field._type(value, filename=safe_basename(value.filename))
