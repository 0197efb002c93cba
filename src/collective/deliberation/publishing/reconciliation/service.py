"""``GET @reconciliation``: the last comparison as JSON, ``null`` when there was none."""

from collective.deliberation.publishing.reconciliation.kept import peek
from collective.deliberation.publishing.reconciliation.report import to_json
from plone.restapi.services import Service


class ReportGet(Service):
    def reply(self):
        report = peek(self.context).report
        return {"report": to_json(report) if report is not None else None}
