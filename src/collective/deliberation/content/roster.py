"""The roster of an institution: who represents or serves it, in what function, from when to when."""

from collective.deliberation.content.vocabularies import institution_of
from collective.deliberation.pseudonym.folding import skeleton
from collective.deliberation.pseudonym.roster import Official
from collective.deliberation.pseudonym.roster import Roster


def roster_of(content) -> Roster:
    """The roster of the content's institution, with the representatives that are only listed by name.

    A line of the list may be "Béatrice Hanquet, bourgmestre".
    """
    institution = institution_of(content)
    if institution is None:
        return Roster()
    kept = Roster.from_json(list(institution.roster or ()))
    known = {skeleton(person.name) for person in kept.people}
    lines = (line.partition(",") for line in institution.representatives or ())
    listed = (
        Official(" ".join(name.split()), " ".join(function.split()), "representative")
        for name, _comma, function in lines
    )
    return Roster(
        (*kept.people, *(each for each in listed if each.name and skeleton(each.name) not in known))
    )


def set_roster(institution, roster: Roster) -> None:
    """Keep a roster, in the order of its names."""
    people = sorted(
        roster.people, key=lambda person: (skeleton(person.name), person.start is not None)
    )
    institution.roster = tuple(Roster(tuple(people)).to_json())
