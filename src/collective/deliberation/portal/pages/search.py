"""Search by words over all that is public; the whole question is in the address."""

from collective.deliberation import _
from collective.deliberation.portal.content import PublishedItem
from collective.deliberation.portal.pages import excerpt
from collective.deliberation.portal.pages import listing
from collective.deliberation.portal.pages import presented
from collective.deliberation.portal.pages import query
from collective.deliberation.portal.pages.meeting import meeting_title
from collective.deliberation.portal.pages.page import Page
from dataclasses import dataclass
from functools import cached_property
from plone import api


PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Result:
    entry: listing.Entry
    title: tuple[excerpt.Part, ...]
    excerpt: tuple[excerpt.Part, ...]


class SearchPage(Page):
    template = "search"
    robots = "noindex, follow"
    meeting_title = staticmethod(meeting_title)

    @cached_property
    def question(self) -> query.Question:
        return query.read(self.request.form)

    @property
    def title(self):
        if self.question.text:
            return _(
                "portal_search_title_for",
                default="Search: ${text}",
                mapping={"text": self.question.text},
            )
        return _("portal_search_title", default="Search the decisions")

    def names(self) -> dict:
        asked = self.question
        institutions = listing.institutions()
        brains = () if asked.common_only else self._found(asked)
        pages = -(-len(brains) // PER_PAGE)
        page = min(asked.page, max(pages, 1))
        found = listing.entries(brains[(page - 1) * PER_PAGE : page * PER_PAGE])
        return {
            "asked": asked,
            "institutions": institutions,
            "institution_titles": {entry.slug: entry.title for entry in institutions},
            "years": self._years(),
            "count": len(brains),
            "pages": pages,
            "page_number": page,
            "results": [self._result(entry, asked) for entry in found],
            "meetings": listing.meetings_of(found),
        }

    def _found(self, asked: query.Question):
        criteria = asked.criteria
        if asked.order == "date" or not asked.terms:  # else the text index ranks
            criteria["sort_on"] = "deliberation_start"
            criteria["sort_order"] = "descending"
        return listing.search(**criteria)

    def _years(self) -> list[str]:
        catalog = api.portal.get_tool("portal_catalog")
        return sorted(catalog.uniqueValuesFor("deliberation_year"), reverse=True)

    def _result(self, entry: listing.Entry, asked: query.Question) -> Result:
        item = self.site.unrestrictedTraverse(entry.path)
        policy = presented.policy(self.institution_at(entry))
        text = ""
        if isinstance(item, PublishedItem) and item.document is not None:
            record = item.publication.record
            shown = record.resolutionText if record.stage == "decision" else record.draftDecision
            text = f"{presented.words(shown, policy)} {presented.words(record.motivation, policy)}"
        return Result(
            entry=entry,
            title=excerpt.mark(presented.plain(entry.card.title, policy), asked.words),
            excerpt=excerpt.excerpt(text, asked.words),
        )
