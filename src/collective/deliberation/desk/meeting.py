"""A meeting on the desk: its agenda, to be put in order, its legal dates, its next step."""

from collective.deliberation.content.numbering import items_of
from collective.deliberation.content.review.decisions import open_groups
from collective.deliberation.desk.deadlines import deadlines
from collective.deliberation.desk.screen import Screen
from collective.deliberation.publishing.status import publication_of


class MeetingView(Screen):
    def items(self):
        return items_of(self.context)

    def annexes(self, content=None):
        content = self.context if content is None else content
        return [each for each in content.objectValues() if each.portal_type == "Annex"]

    def deadlines(self):
        return deadlines(self.context)

    def publication(self):
        return publication_of(self.context)

    def may_order(self):
        return self.may("Modify portal content")

    def may_add_item(self):
        return self.may("collective.deliberation: Add Item")

    def may_add_annex(self):
        return self.may("collective.deliberation: Add Annex")

    def suggestions_left(self):
        """How many suggestions wait for a word in what the meeting itself publishes."""
        return len(open_groups(self.context))

    def attendance(self):
        value = self.context.attendance
        return value.output_relative_to(self.context) if value is not None else ""
