"""Who represents or serves the institution of a content, as detection needs it."""

from collective.deliberation.content.vocabularies import institution_of
from collective.deliberation.pseudonym.roster import Official
from collective.deliberation.pseudonym.roster import Roster


def roster_of(content) -> Roster:
    """The roster of the institution, with its representatives that have no dates of office."""
    institution = institution_of(content)
    if institution is None:
        return Roster()
    kept = Roster.from_json(list(getattr(institution, "roster", None) or ()))
    known = {person.name for person in kept.people}
    names = (" ".join(name.split()) for name in institution.representatives or ())
    lines = (Official(name, "", "representative") for name in names if name and name not in known)
    return Roster((*kept.people, *lines))
