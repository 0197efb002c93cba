"""An institution: its next and last meetings, and the ways into what it decided, by year, body and category."""

from collective.deliberation.content.vocabularies import INSTITUTION_KINDS
from collective.deliberation.content.vocabularies import titled_slugs
from collective.deliberation.portal.pages import french
from collective.deliberation.portal.pages import indexing
from collective.deliberation.portal.pages import listing
from collective.deliberation.portal.pages import narrowing
from collective.deliberation.portal.pages import query
from collective.deliberation.portal.pages.meeting import meeting_title
from collective.deliberation.portal.pages.page import Page
from collective.deliberation.portal.search.index import INDEX
from functools import cached_property
from plone import api
from urllib.parse import urlencode


WAYS = ("stage", "year", "body", "category")  # dimensions of the search that lead into the items


class InstitutionPage(Page):
    """``?annee=2025&organe=conseil`` chooses among the past meetings."""

    template = "institution"
    scopes = ("institution",)
    meeting_title = staticmethod(meeting_title)

    @cached_property
    def title(self) -> str:
        return self.context.Title()

    @cached_property
    def robots(self) -> str:
        return indexing.robots(self.context, pseudonymised=False)

    def names(self) -> dict:
        meetings = listing.meetings(self.context)
        coming = [entry for entry in meetings if french.moment(entry.card.start) >= self.now][::-1]
        past = [entry for entry in meetings if french.moment(entry.card.start) < self.now]
        bodies = {entry.card.body: entry.card.bodyTitle for entry in past}
        bodies |= {
            slug: title
            for slug, title in titled_slugs(self.context.bodies).items()
            if slug in bodies
        }
        body = self._asked("organe", bodies) or ""
        of_body = [entry for entry in past if not body or entry.card.body == body]
        years = sorted({_year(entry) for entry in of_body}, reverse=True)
        year = self._asked("annee", years) or (years[0] if years else "")
        return {
            "kind": INSTITUTION_KINDS.get(self.context.kind),
            "coming": coming,
            "last": past[0] if past else None,
            "bodies": bodies if len(bodies) > 1 else {},
            "body": body,
            "years": years,
            "year": year,
            "past": [entry for entry in of_body if _year(entry) == year],
            "ways": self._ways(),
            "item_years": sorted({_year(entry) for entry in meetings}, reverse=True),
        }

    def _asked(self, name: str, known) -> str | None:
        asked = self.request.form.get(name)
        return asked if isinstance(asked, str) and asked in known else None

    def address(self, **chosen: str) -> str:
        """This page with another choice among the past meetings."""
        wanted = {name: value for name, value in chosen.items() if value}
        return f"{self.url}?{urlencode(wanted)}#h-past" if wanted else f"{self.url}#h-past"

    def _ways(self) -> list[narrowing.Facet]:
        """Links into the items, with how many there are behind each."""
        catalog = api.portal.get_tool("portal_catalog")
        index = catalog._catalog.getIndex(INDEX)
        asked = query.Question(institution=self.context.getId())
        viewers = tuple(catalog._listAllowedRolesAndUsers(api.user.get_current()))

        def find(without: str = ""):
            return index.find(asked.sought(viewers, without))

        found = find()
        if not found.all:
            return []
        facets = {each.name: each for each in narrowing.facets(asked, index, found, find)}
        return [facets[name] for name in WAYS if name in facets]


def _year(entry: listing.Entry) -> str:
    return str(french.moment(entry.card.start).year)
