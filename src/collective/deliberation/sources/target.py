"""Which institution of a desk an import goes to."""

from collective.deliberation import _
from collective.deliberation.sources.importer import find_meeting
from collective.deliberation.sources.values import Source
from collective.deliberation.sources.values import SourceError


def institutions(site) -> list:
    """The institutions of a desk that this user sees, by title."""
    brains = site.portal_catalog(portal_type="Institution", sort_on="sortable_title")
    return [brain.getObject() for brain in brains]


def institution_for(site, source: Source, slug: str = ""):
    """The institution named, or else the one that has this meeting already, or else the only one.

    :raises SourceError: when there is none, or which one is not clear
    """
    known = institutions(site)
    slugs = ", ".join(institution.getId() for institution in known) or "–"
    if slug:
        for institution in known:
            if slug in (institution.getId(), institution.slug):
                return institution
        message = _(
            "source_no_institution",
            default="names no institution of this desk: ${slugs}.",
            mapping={"slugs": slugs},
        )
        raise SourceError("institution", message)
    having = [place for place in known if find_meeting(place, source.meeting.uid) is not None]
    for candidates in (having, known):
        if len(candidates) == 1:
            return candidates[0]
    message = _(
        "source_which_institution",
        default="is missing: say which one (${slugs}).",
        mapping={"slugs": slugs},
    )
    raise SourceError("institution", message)
