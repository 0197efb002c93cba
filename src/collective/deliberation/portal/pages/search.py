"""Search by words over all that is public; the whole question is in the address."""

from collective.deliberation import _
from collective.deliberation.portal.content import PublishedItem
from collective.deliberation.portal.pages import excerpt
from collective.deliberation.portal.pages import listing
from collective.deliberation.portal.pages import narrowing
from collective.deliberation.portal.pages import presented
from collective.deliberation.portal.pages import query
from collective.deliberation.portal.pages.found_annex import found_annex
from collective.deliberation.portal.pages.found_annex import FoundAnnex
from collective.deliberation.portal.pages.meeting import meeting_title
from collective.deliberation.portal.pages.page import Page
from collective.deliberation.portal.search import words
from collective.deliberation.portal.search.document import Found
from collective.deliberation.portal.search.index import INDEX
from collective.deliberation.portal.search.index import SearchIndex
from collective.deliberation.portal.search.stems import stem
from dataclasses import dataclass
from functools import cached_property
from plone import api


PER_PAGE = 20
MOST_FOUND = 200  # items that are downloaded together
MAX_CORRECTED = 2  # words of one question that a suggestion changes


@dataclass(frozen=True, slots=True)
class Result:
    entry: listing.Entry
    title: tuple[excerpt.Part, ...]
    excerpt: tuple[excerpt.Part, ...]
    annex: FoundAnnex | None  # that holds words which the item itself doesn't


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

    @cached_property
    def index(self) -> SearchIndex:
        return self._catalog._catalog.getIndex(INDEX)

    @cached_property
    def _catalog(self):
        return api.portal.get_tool("portal_catalog")

    def names(self) -> dict:
        asked = self.question
        found = Found(()) if asked.common_only else self._find()
        count = found.all.bit_count()
        pages = -(-count // PER_PAGE)
        page = min(asked.page, max(pages, 1))
        ids = self._ids(found, (page - 1) * PER_PAGE, PER_PAGE)
        entries = self._entries(ids)
        in_annex = [self.index.in_annex_only(found, each) for each in ids]
        return {
            "asked": asked,
            "hidden": asked.parameters(text="").items(),
            "count": count,
            "pages": pages,
            "page_number": page,
            "results": [
                self._result(entry, asked, annex)
                for entry, annex in zip(entries, in_annex, strict=True)
            ],
            "meetings": listing.meetings_of(entries),
            "facets": narrowing.facets(asked, self.index, found, self._find) if count else [],
            "suggestion": "" if count or asked.common_only else self._suggestion(asked),
            "elsewhere": 0 if count or not asked.filters else self._elsewhere(asked),
            "unchecked": found.unchecked,
            "most": MOST_FOUND,
            "zip_address": f"{self.site_url}/@@deliberations-found.zip{asked.address()}",
        }

    def entries(self, start: int, size: int) -> list[listing.Entry]:
        """Some of what is found, in the order asked for."""
        if self.question.common_only:
            return []
        return self._entries(self._ids(self._find(), start, size))

    def _ids(self, found: Found, start: int, size: int) -> list[int]:
        by_date = self.question.order == "date" or not self.question.terms
        return self.index.page(found, by_date, start, size)

    def _entries(self, ids: list[int]) -> list[listing.Entry]:
        return listing.entries(self._catalog._catalog[each] for each in ids)

    @cached_property
    def _viewers(self) -> tuple[str, ...]:
        user = api.user.get_current()
        return tuple(self._catalog._listAllowedRolesAndUsers(user))

    def _find(self, without: str = "") -> Found:
        return self.index.find(self.question.sought(self._viewers, without))

    def _elsewhere(self, asked: query.Question) -> int:
        """How many items the same words find without what narrows."""
        return self.index.find(asked.everywhere().sought(self._viewers)).all.bit_count()

    def _suggestion(self, asked: query.Question) -> str:
        """The same text with words that are in no document changed to some that are."""
        text, changed = asked.text, 0
        for word, start, end in reversed(list(words.cut(asked.text))[: query.MAX_TERMS]):
            if changed < MAX_CORRECTED and not self.index.frequency(stem(word), self._viewers):
                better = self.index.suggest(word, self._viewers)
                if not better:
                    return ""
                text = f"{text[:start]}{better}{text[end:]}"
                changed += 1
        return text if changed else ""

    def _result(self, entry: listing.Entry, asked: query.Question, in_annex: bool) -> Result:
        item = self.site.unrestrictedTraverse(entry.path)
        institution = self.institution_at(entry)
        policy = presented.policy(institution)
        shown: tuple[excerpt.Part, ...] = ()
        annex = None
        if isinstance(item, PublishedItem) and item.document is not None:
            record = item.document["record"]  # as it came: reading it as a typed value takes longer
            decided = record["resolutionText" if record["stage"] == "decision" else "draftDecision"]
            parts = (presented.words(part, policy) for part in (decided, record["motivation"]))
            shown = excerpt.excerpt(" ".join(parts), asked.words)
            if in_annex:
                annex = found_annex(institution, item, policy, asked.words)
        return Result(
            entry=entry,
            title=excerpt.mark(presented.plain(entry.card.title, policy), asked.words),
            excerpt=shown,
            annex=annex,
        )
