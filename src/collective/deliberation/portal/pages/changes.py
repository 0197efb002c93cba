"""What changed in an item from one publication to the next: the draft, the decision, each correction."""

from collective.deliberation import _
from collective.deliberation.portal.pages import differences
from collective.deliberation.portal.pages.history import documents_of
from collective.deliberation.portal.pages.history import steps_of
from collective.deliberation.portal.pages.page import Crumb
from collective.deliberation.portal.pages.page import Page
from collective.deliberation.publishing import wire
from dataclasses import dataclass
from functools import cached_property
from functools import lru_cache
from zope.i18nmessageid import Message


KEPT_LENGTH = 200_000  # characters; longer comparisons are made at each view


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an item that changed."""

    heading: Message
    paragraphs: list[differences.Paragraph | differences.Skipped]


class ChangesPage(Page):
    """``…/modifications?revision=3``: from the publication before revision 3 to revision 3."""

    template = "changes"
    scopes = ("meeting",)
    robots = "noindex, nofollow"
    title = _("portal_changes_title", default="What changed")

    @cached_property
    def item_title(self) -> str:
        return self.plain(self.context.publication.record.title)

    @cached_property
    def crumbs(self) -> list[Crumb]:
        return [
            *super().crumbs,
            Crumb(self.institution_title, self.institution_url),
            Crumb(self.item_title, self.url),
        ]

    @cached_property
    def canonical(self) -> str:
        return ""

    def names(self) -> dict:
        documents = documents_of(self.context)
        steps = steps_of(documents, self.url)
        asked = self.request.form.get("revision")
        found = (
            index
            for index, each in enumerate(documents)
            if index and str(each["revision"]) == asked
        )
        index = next(found, len(documents) - 1)
        names = {"steps": steps, "parts": []}
        if not index:  # published once
            return {**names, "before": None, "after": None}
        before, after = (wire.from_dict(documents[at]).record for at in (index - 1, index))
        return {
            **names,
            "before": steps[index - 1],
            "after": steps[index],
            "parts": list(self._parts(before, after)),
        }

    def _parts(self, before: wire.ItemRecord, after: wire.ItemRecord):
        for heading, text_of in (
            (_("portal_changes_subject", default="Title"), self._title),
            (_("portal_changes_decision", default="Decision or draft"), self._decision),
            (_("portal_votes", default="Votes"), self._votes),
            (_("portal_motivation", default="Reasons"), self._motivation),
            (_("portal_annexes", default="Annexes"), self._annexes),
            (
                _("portal_changes_rest", default="Place on the agenda, category, in charge"),
                self._rest,
            ),
        ):
            paragraphs = compared(text_of(before), text_of(after))
            if paragraphs:
                yield Part(heading, paragraphs)

    def _title(self, record: wire.ItemRecord) -> tuple[str, ...]:
        return (self.plain(record.title),)

    def _decision(self, record: wire.ItemRecord) -> tuple[str, ...]:
        """What was to be read first: the draft before the meeting, the decision after it."""
        shown = record.resolutionText if record.stage == "decision" else ""
        return tuple(differences.paragraphs(self.rich(shown or record.draftDecision)))

    def _motivation(self, record: wire.ItemRecord) -> tuple[str, ...]:
        return tuple(differences.paragraphs(self.rich(record.motivation)))

    def _votes(self, record: wire.ItemRecord) -> tuple[str, ...]:
        return tuple(self.plain(record.votes).splitlines())

    def _annexes(self, record: wire.ItemRecord) -> tuple[str, ...]:
        """A file replaced under the same title changes, too: its size is shown."""
        return tuple(
            f"{self.plain(annex.title)} ({annex.extension.upper()}, {self.french.size(annex.size)})"
            for annex in record.annexes
        )

    def _rest(self, record: wire.ItemRecord) -> tuple[str, ...]:
        names = (self.plain(name) for name in record.representatives)
        return tuple(text for text in (record.number, self.plain(record.category), *names) if text)


def compared(before: tuple[str, ...], after: tuple[str, ...]) -> list:
    if sum(map(len, before)) + sum(map(len, after)) > KEPT_LENGTH:
        return differences.compare(before, after)
    return _kept(before, after)


_kept = lru_cache(maxsize=128)(differences.compare)
