"""What lists show of a publication, kept in the catalog so that no list loads an object."""

from collective.deliberation.portal.content import Published
from collective.deliberation.publishing import wire
from dataclasses import asdict
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MeetingCard:
    """A meeting in a list."""

    institution: str
    body: str
    bodyTitle: str  # noqa: N815 (wire)
    start: str  # ISO 8601 with offset
    state: str
    published: str  # ISO 8601 with offset


@dataclass(frozen=True, slots=True)
class ItemCard:
    """An item in a list; its title is neutralised, like the wire's."""

    institution: str
    number: str
    position: int
    listType: str  # noqa: N815 (wire)
    title: str
    category: str
    stage: str
    annexes: int
    published: str  # ISO 8601 with offset


@dataclass(frozen=True, slots=True)
class InstitutionCard:
    """An institution in a list and on the map."""

    kind: str
    latitude: float | None  # degrees, WGS 84
    longitude: float | None


def card_of(published: Published) -> MeetingCard | ItemCard:
    publication = published.publication
    record = publication.record
    if isinstance(record, wire.MeetingRecord):
        return MeetingCard(
            institution=publication.institution,
            body=record.body,
            bodyTitle=record.bodyTitle,
            start=record.start,
            state=record.state,
            published=publication.published,
        )
    return ItemCard(
        institution=publication.institution,
        number=record.number,
        position=record.position,
        listType=record.listType,
        title=record.title,
        category=record.category,
        stage=record.stage,
        annexes=len(record.annexes),
        published=publication.published,
    )


def to_metadata(card: MeetingCard | ItemCard) -> dict[str, str | int]:
    return asdict(card)


def from_metadata(value: dict[str, str | int]) -> MeetingCard | ItemCard:
    return MeetingCard(**value) if "body" in value else ItemCard(**value)
