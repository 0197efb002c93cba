"""documentgenerator's own address of a generated document, made as safe as ours for items."""

from collective.deliberation.content.addresses import short_uid
from collective.deliberation.documents.extract_view import ExtractView
from collective.deliberation.documents.setup import TEMPLATES
from collective.documentgenerator.browser.generation_view import DocumentGenerationView
from zExceptions import NotFound


class ItemGenerationView(DocumentGenerationView):
    """``@@document-generation`` of an item: our extracts through our view, others unchanged."""

    def __call__(self, template_uid="", output_format="", **kwargs):
        uid = template_uid or self.get_pod_template_uid()
        try:
            template = self.get_pod_template(uid)
        except Exception:
            raise NotFound("template_uid") from None
        version = TEMPLATES.get(template.getId())
        if version:
            format = output_format or self.get_generation_format() or "pdf"
            return ExtractView(self.context, self.request).document(format, version)
        return super().__call__(template_uid=uid, output_format=output_format, **kwargs)

    def _get_filename(self):
        """Without the title, which can hold a name."""
        return f"{self.pod_template.getId()}-{short_uid(self.context.UID())}.{self.output_format}"
