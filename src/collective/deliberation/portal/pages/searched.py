"""An item as the search's index takes it: its words by weight, and what it can be narrowed by."""

from collections.abc import Iterable
from collective.deliberation.portal.pages import french
from collective.deliberation.portal.pages import presented
from collective.deliberation.portal.search.document import Indexed
from collective.deliberation.portal.search.document import WITH_ANNEXES
from collective.deliberation.publishing import wire


def search_document(
    publication: wire.Publication,
    meeting: wire.MeetingRecord,
    viewers: Iterable[str],
    files: Iterable[str] = (),
) -> Indexed:
    """
    :param viewers: the roles and users that may see it
    :param files: the texts of its annexes
    """
    record = publication.record
    words = presented.searched(record)
    start = french.moment(meeting.start)
    facets = [
        ("institution", publication.institution),
        ("body", meeting.body),
        ("year", str(start.year)),
        ("stage", record.stage),
        *(("representative", name) for name in record.representatives if _clear(name)),
    ]
    if _clear(record.category):
        facets.append(("category", record.category))
    if record.annexes:
        facets.append(("annexes", WITH_ANNEXES))
    return Indexed(
        title=words.title,
        text=words.text,
        annexes="\n".join((words.annexes, *files)),
        facets=tuple(facets),
        labels=(("body", meeting.body, meeting.bodyTitle),),
        start=int(start.timestamp()),
        month=f"{start:%Y-%m}",
        position=record.position,
        viewers=tuple(viewers),
    )


def _clear(text: str) -> bool:
    """Whether a text can be a value to choose: there is one, and nothing in it is masked."""
    return bool(text.strip()) and "⟦" not in text
