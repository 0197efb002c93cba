"""An item on the desk: its texts, what it lacks, its annexes, its history, where its publication is."""

from collective.deliberation.content.annexes.decisions import obstacle
from collective.deliberation.desk.labels import TRANSITIONS
from collective.deliberation.desk.screen import Screen
from collective.deliberation.publishing.status import publication_of
from collective.deliberation.workflow.checklist import checklist
from plone import api


class ItemView(Screen):
    def text(self, name):
        """A rich text as it is stored, marks included: who sees this view may see personal data."""
        value = getattr(self.context, name)
        return value.output_relative_to(self.context) if value is not None else ""

    def checklist(self):
        return checklist(self.context)

    def needs_checklist(self):
        return api.content.get_state(self.context) not in ("validated", "withdrawn")

    def annexes(self):
        return [each for each in self.context.objectValues() if each.portal_type == "Annex"]

    def obstacle(self, annex):
        """Why an annex that was reviewed isn't published all the same; or None."""
        return obstacle(annex)

    def publication(self):
        return publication_of(self.context)

    def shows_an_older_version(self):
        """Whether what waits for a human left an earlier revision on the portal."""
        publication = self.publication()
        return (
            publication is not None
            and publication.state == "parked"
            and bool(publication.stage and publication.revision)
        )

    def may_add_annex(self):
        return self.may("collective.deliberation: Add Annex")

    def may_edit(self):
        return self.may("Modify portal content")

    def history(self):
        """Who did what, when and why, the latest first."""
        entries = self.context.workflow_history.get("deliberation_item_workflow", ())
        return [
            {
                "title": TRANSITIONS[entry["action"]],
                "actor": self.user_name(entry["actor"]),
                "time": entry["time"].asdatetime(),
                "comment": entry["comments"],
            }
            for entry in reversed(entries)
            if entry["action"]
        ]


class AnnexView(Screen):
    def size(self, blob):
        return f"{max(1, round(blob.getSize() / 1024))} Ko"

    def item_url(self):
        return f"{self.context.__parent__.absolute_url()}/view"

    def may_edit(self):
        return self.may("Modify portal content")
