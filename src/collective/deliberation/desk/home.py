"""The desk's first page: what the user can finish, what waits for a clerk, which meetings come."""

from collective.deliberation.desk.deadlines import deadlines
from collective.deliberation.desk.screen import Screen
from plone import api


LIMIT = 20  # rows of each list


class Home(Screen):
    def institutions(self):
        return api.content.find(portal_type="Institution", sort_on="sortable_title")

    def mine(self):
        """The user's own items that are still theirs to write."""
        return self._items(review_state="draft", Creator=api.user.get_current().getId())

    def to_validate(self):
        """What waits for a clerk; nothing for those who may not validate."""
        if not api.user.has_permission("collective.deliberation: Validate publication"):
            return []
        return self._items(review_state=["proposed", "decided"])

    def meetings(self):
        """Meetings that aren't closed, the next one first, each with its deadlines."""
        found = api.content.find(
            portal_type="Meeting",
            review_state=["preparation", "convened", "held"],
            sort_on="start",
            sort_limit=LIMIT,
        )
        objects = [brain.getObject() for brain in found[:LIMIT]]
        return [(meeting, deadlines(meeting)) for meeting in objects]

    def has_view(self, name):
        return self.context.restrictedTraverse(name, None) is not None

    def _items(self, **query):
        found = api.content.find(
            portal_type="Item", sort_on="modified", sort_order="descending", **query
        )
        return [brain.getObject() for brain in found[:LIMIT]]
