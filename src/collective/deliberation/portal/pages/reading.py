"""An item's texts as a reader gets them, for what isn't a page: files to keep, and paper."""

from collective.deliberation.content.addresses import short_uid
from collective.deliberation.portal.content import PublishedItem
from collective.deliberation.portal.content import PublishedMeeting
from collective.deliberation.portal.pages import french
from collective.deliberation.portal.pages import listing
from collective.deliberation.portal.pages import presented
from collective.deliberation.portal.pages.history import documents_of
from collective.deliberation.portal.pages.history import publication_days
from collective.deliberation.pseudonym.present import Policy
from collective.deliberation.publishing import wire
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class File:
    """An annex: what it is, and its name below the folder of its item, which says nothing of it."""

    name: str
    title: str
    category: str
    kind: str
    size: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Reading:
    """An item, presented: texts are safe HTML or plain text, dates are French."""

    url: str
    number: str
    late: bool
    title: str
    decided: bool
    published: str  # "Décision publiée le …" or the mention of a draft
    text: str
    votes: str
    motivation: str
    category: str
    representatives: str
    files: tuple[File, ...]


def files_of(annexes: tuple[wire.AnnexRecord, ...], policy: Policy) -> tuple[File, ...]:
    return tuple(
        File(
            name=f"{short_uid(annex.uid)}.{annex.extension}",
            title=presented.plain(annex.title, policy),
            category=presented.plain(annex.category, policy),
            kind=annex.extension.upper(),
            size=french.size(annex.size),
            sha256=annex.sha256,
        )
        for annex in annexes
    )


def reading_of(item: PublishedItem, policy: Policy) -> Reading:
    record = item.publication.record
    decided = record.stage == "decision"
    _first, last = publication_days(documents_of(item))
    if decided:
        published = f"Décision publiée le {french.day(last)}."
    else:
        published = (
            f"Projet de décision publié le {french.day(last)} : ce texte peut encore être modifié et n'est "
            "pas adopté."
        )
    shown = (record.resolutionText if decided else "") or record.draftDecision
    return Reading(
        url=item.absolute_url(),
        number=record.number,
        late=record.listType == "late",
        title=presented.plain(record.title, policy),
        decided=decided,
        published=published,
        text=presented.rich(shown, policy),
        votes=presented.plain(record.votes, policy) if decided else "",
        motivation=presented.rich(record.motivation, policy),
        category=presented.plain(record.category, policy),
        representatives=", ".join(presented.plain(name, policy) for name in record.representatives),
        files=files_of(record.annexes, policy),
    )


def agenda_items(meeting: PublishedMeeting) -> list[PublishedItem]:
    """The public items of a meeting, in the order of its agenda."""
    return [meeting[entry.path.rpartition("/")[2]] for entry in listing.agenda(meeting)]
