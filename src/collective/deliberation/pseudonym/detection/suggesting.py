"""Suggest what may be personal data in the texts of one item, by rules alone or with a language model."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from collective.deliberation.pseudonym.detection import addresses
from collective.deliberation.pseudonym.detection import births
from collective.deliberation.pseudonym.detection import columns
from collective.deliberation.pseudonym.detection import dating
from collective.deliberation.pseudonym.detection import grids
from collective.deliberation.pseudonym.detection import names
from collective.deliberation.pseudonym.detection import propagation
from collective.deliberation.pseudonym.detection import tabular
from collective.deliberation.pseudonym.detection import things
from collective.deliberation.pseudonym.detection.layout import Table
from collective.deliberation.pseudonym.detection.line import Line
from collective.deliberation.pseudonym.detection.owners import Owners
from collective.deliberation.pseudonym.detection.public_figures import Mention
from collective.deliberation.pseudonym.detection.public_figures import private_mentions
from collective.deliberation.pseudonym.detection.readable import Readable
from collective.deliberation.pseudonym.detection.readable import readable
from collective.deliberation.pseudonym.detection.reasons import CONFIDENCE
from collective.deliberation.pseudonym.detection.reasons import MODEL
from collective.deliberation.pseudonym.detection.suggestions import Find
from collective.deliberation.pseudonym.detection.suggestions import Suggestion
from collective.deliberation.pseudonym.detection.words import words
from collective.deliberation.pseudonym.identifiers import Identifier
from collective.deliberation.pseudonym.identifiers import identifiers
from collective.deliberation.pseudonym.register import Category
from collective.deliberation.pseudonym.roster import Roster
from dataclasses import dataclass
from dataclasses import replace
from datetime import date


# Spans of names of persons in a text, by a language model: (start, end, confidence).
Recogniser = Callable[[str], Iterable[tuple[int, int]]]
_ORDER = {
    Category.NATIONAL_NUMBER: 0,
    Category.ACCOUNT: 1,
    Category.EMAIL: 2,
    Category.PLATE: 3,
    Category.PARCEL: 4,
    Category.BIRTH_DATE: 5,
    Category.PHONE: 6,
    Category.BIRTH_PLACE: 7,
    Category.ADDRESS: 8,
    Category.PERSON: 9,
}


@dataclass(frozen=True, slots=True)
class _Field:
    """One field as it is being read."""

    name: str
    reading: Readable
    line: Line
    identifiers: tuple[Identifier, ...]
    addresses: list[addresses.Address]
    cells: list[columns.Cell]

    @property
    def text(self) -> str:
        return self.reading.text


def suggest(
    texts: Mapping[str, str],
    roster: Roster,
    on: date | None = None,
    recognise: Recogniser | None = None,
    tables: Mapping[str, Sequence[Table]] | None = None,
) -> tuple[Suggestion, ...]:
    """Suggestions for the plain texts of one item, by field name, in order, none overlapping in a field.

    ``on`` is the day of the decision, for the roster; by default the one that the texts tell. ``recognise`` adds what a language model finds.
    ``tables`` are those of the fields that have any; without them rows are guessed from lines.
    No text is an error.
    """
    if on is None:
        on, roster = _dated(texts.values(), roster)
    fields = [_field(name, text, (tables or {}).get(name, ())) for name, text in texts.items()]
    mentions = [
        mention
        for number, field in enumerate(fields)
        for mention in _mentions(number, field, recognise)
    ]
    homes = {(n, a.start) for n, f in enumerate(fields) for a in f.addresses if a.complete}
    private, public = private_mentions([f.line for f in fields], mentions, roster, on, homes=homes)
    private += _propagated(fields, private, public, roster, on)
    return tuple(
        Suggestion(
            field.name,
            start,
            end,
            field.reading.original[start:end],
            f.category,
            f.confidence,
            f.reason,
        )
        for number, field in enumerate(fields)
        for f in _settled(field.text, _finds(number, field, private, public))
        for start, end in [field.reading.source(f.start, f.end)]
    )


def _dated(texts: Iterable[str], roster: Roster) -> tuple[date | None, Roster]:
    """The day that the texts tell, and the roster as it serves then: who left is known, who came is not."""
    if not any(person.end for person in roster.people):
        return None, roster
    return dating.day_of_decision(texts), Roster(
        tuple(replace(person, start=None) for person in roster.people)
    )


def _field(name: str, text: str, tables: Sequence[Table]) -> _Field:
    reading = readable(text)
    line = Line(reading.text, words(reading.text))
    read = [reading.table(table) for table in tables]
    known = [
        (cells[0][0], cells[-1][1])
        for table in read
        if (cells := [cell for row in table for cell in row if cell])
    ]
    return _Field(
        name,
        reading,
        line,
        identifiers(reading.text),
        addresses.addresses(reading.text),
        [*columns.cells(reading.text, known), *grids.cells(reading.text, read)],
    )


def _mentions(number: int, field: _Field, recognise: Recogniser | None) -> list[Mention]:
    """The names in one field; those within an address are a street's."""
    found = []
    for person in names.people(field.line, tabular.names(field.line, field.cells)):
        start, end = field.line.span(person.name)
        if not any(a.complete and a.start <= start and end <= a.end for a in field.addresses):
            confidence = CONFIDENCE[person.reason]
            found.append(Mention(number, person.name, start, end, person.reason, confidence))
    if recognise is not None:
        found += _recognised(number, field, found, recognise)
    return found


def _recognised(
    number: int, field: _Field, known: list[Mention], recognise: Recogniser
) -> Iterator[Mention]:
    """What a language model takes for a person and no rule did, unless the rules know better."""
    taken = [(m.start, m.end) for m in known] + [(a.start, a.end) for a in field.addresses]
    for first, end in recognise(field.text):
        name = names.judged(field.line, first, end)
        if name is not None:
            start, end = field.line.span(name)
            if not any(start < other_end and other < end for other, other_end in taken):
                yield Mention(number, name, start, end, MODEL, CONFIDENCE[MODEL])


def _propagated(
    fields, private: list[Mention], public: list[Mention], roster: Roster, on
) -> list[Mention]:
    """Other mentions of the private persons, that no rule found by itself."""
    wanted = set()
    for mention in private:
        line = fields[mention.field].line
        name = mention.name
        wanted |= propagation.forms(line.words[name.first : name.last + 1])
    known = [*private, *public]
    found = []
    for number, field in enumerate(fields):
        taken = [(m.start, m.end) for m in known if m.field == number]
        taken += [(a.start, a.end) for a in field.addresses if a.complete]
        taken += [(i.start, i.end) for i in field.identifiers]
        for name in propagation.mentions(field.line, wanted):
            start, end = field.line.span(name)
            if not any(start < other_end and other < end for other, other_end in taken):
                found.append(Mention(number, name, start, end, "propagated", 0.75))
    return private_mentions([f.line for f in fields], found, roster, on, others=private)[0]


def _finds(number: int, field: _Field, private: list[Mention], public: list[Mention]) -> list[Find]:
    text = field.text
    persons = [(m.start, m.end) for m in private if m.field == number]
    officials = [(m.start, m.end) for m in public if m.field == number]
    found = [
        Find(m.start, m.end, Category.PERSON, m.confidence, m.reason)
        for m in private
        if m.field == number
    ]
    found += births.births(text, field.identifiers)
    found += births.beside(text, persons)
    found += tabular.finds(field.line, field.cells)
    found += (
        home
        for home in tabular.homes(field.line, field.cells, persons)
        if not any(a.start < home.end and home.start < a.end for a in field.addresses)
    )
    owners = Owners(text, persons, officials)
    for each in field.identifiers:
        found.append(Find(each.start, each.end, each.category, *_identifier(owners, each)))
    for address in field.addresses:
        if addresses.follows_dwelling(text, address.start):
            found.append(Find(address.start, address.end, Category.ADDRESS, 0.95, "dwelling"))
        elif not address.complete:
            if owners.private(address.start, address.end):
                found.append(Find(address.start, address.end, Category.ADDRESS, 0.6, "address"))
        else:
            confidence = owners.of_address(address.start, address.end)
            found.append(Find(address.start, address.end, Category.ADDRESS, confidence, "address"))
    for start, end in persons:
        span = addresses.beside(text, end)
        if span:
            found.append(Find(*span, Category.ADDRESS, 0.6, "address"))
        span = addresses.place_beside(text, start, end)
        if span:
            found.append(Find(*span, Category.ADDRESS, 0.45, "address"))
    for find in things.plates(text):
        confidence = find.confidence if owners.of_plate(find.start, find.end) else 0.0
        found.append(Find(find.start, find.end, find.category, confidence, find.reason))
    for find in things.parcels(text):
        confidence = min(find.confidence, owners.of_parcel(find.start, find.end))
        found.append(Find(find.start, find.end, find.category, confidence, find.reason))
    return found


def _identifier(owners: Owners, each: Identifier) -> tuple[float, str]:
    span = each.start, each.end, each.text
    if each.category is Category.ACCOUNT:
        return owners.of_account(*span), "account"
    if each.category is Category.PHONE:
        return owners.of_phone(*span), "phone"
    if each.category is Category.EMAIL:
        return owners.of_mail(*span), "e-mail"
    return 1.0, "national-number"


def _settled(text: str, found: list[Find]) -> list[Find]:
    """In order, none overlapping: what has a shape of its own before what was guessed.

    What is left of a find beside another one stays.
    """
    kept: list[Find] = []
    ranked = sorted(
        (find for find in found if find.confidence > 0),
        key=lambda f: (_ORDER[f.category], f.start - f.end, -f.confidence),
    )
    for find in ranked:
        over = sorted((f.start, f.end) for f in kept if f.start < find.end and find.start < f.end)
        start = find.start
        for other_start, other_end in [*over, (find.end, find.end)]:
            piece = text[start:other_start]
            words = piece.strip(" \n,;:.()–-«»'")
            whole = len(words) > 2 and (words[0].isupper() or find.category is Category.ADDRESS)
            if not over or whole:
                at = start + piece.index(words) if over else start
                kept.append(replace(find, start=at, end=at + len(words) if over else find.end))
            start = max(start, other_end)
    return sorted(kept, key=lambda find: find.start)
