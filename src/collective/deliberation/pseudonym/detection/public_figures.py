"""Part the mentions of an item: private persons, and representatives or officials who act in office."""

from collections import Counter
from collections.abc import Collection
from collections.abc import Sequence
from collective.deliberation.pseudonym.detection import functions
from collective.deliberation.pseudonym.detection import officials
from collective.deliberation.pseudonym.detection.line import Line
from collective.deliberation.pseudonym.detection.line import Name
from collective.deliberation.pseudonym.detection.readable import key
from collective.deliberation.pseudonym.roster import Official
from collective.deliberation.pseudonym.roster import Roster
from dataclasses import dataclass
from dataclasses import replace
from datetime import date


HOMONYM = "homonym"
_OWN = frozenset({"kinship"})
_MOST_APPARENT = 200  # people in office in one text
_JOINED = frozenset(" ,;()/–-\xa0")
PUBLIC, PRIVATE, NEUTRAL = "public", "private", "neutral"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at ``[start:end]`` of the readable text of the field with this number."""

    field: int
    name: Name
    start: int
    end: int
    reason: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Known:
    """A mention that may name an official of the roster."""

    mention: Mention
    official: Official
    how: str
    context: str


def private_mentions(
    lines: Sequence[Line],
    mentions: Sequence[Mention],
    roster: Roster,
    on: date | None,
    others: Sequence[Mention] = (),
    homes: Collection[tuple[int, int]] = (),
) -> tuple[list[Mention], list[Mention]]:
    """The mentions of private persons, and those of people in office.

    ``homes`` are where addresses begin: (field, start). ``others`` are mentions of private persons found before. A mention that may be either is private, with
    the reason ``homonym``.
    """
    roster = roster if roster.people else _apparent_roster(lines, mentions)
    private: list[Mention] = []
    public: list[Mention] = []
    known: list[_Known] = []
    for mention in mentions:
        text = lines[mention.field].text
        found = officials.named(text[mention.start : mention.end], roster.people)
        if found:
            official, how = max(found, key=lambda pair: (_RANK[pair[1]], pair[0].in_office(on)))
            context = _context(text, mention, official, how, homes)
            if context == NEUTRAL and not official.in_office(on):
                context = PRIVATE  # whoever left office, or isn't in it yet, is a citizen
            known.append(_Known(mention, official, how, context))
        elif _acts_without_roster(text, mention, roster):
            public.append(mention)
        else:
            private.append(mention)
    surnames = _surnames(lines, [*private, *others])
    votes = Counter(
        (each.official.name, each.context, each.how != officials.SURNAME) for each in known
    )
    for group in _groups(lines, known):
        contexts = {each.context for each in group}
        for each in group:
            if each.context != NEUTRAL:
                is_private = each.context == PRIVATE
            elif PRIVATE in contexts or _after_private(lines, each.mention, private):
                is_private = True
            elif len(group) > 2 or PUBLIC in contexts:
                is_private = False  # a list of those who vote
            else:
                is_private = _is_private(each, votes, surnames)
            if not is_private:
                public.append(each.mention)
            elif each.context == PRIVATE:
                private.append(each.mention)
            else:
                private.append(replace(each.mention, reason=HOMONYM, confidence=0.5))
    return sorted(private, key=_place), sorted(public, key=_place)


_RANK = {officials.FULL: 3, officials.INITIALS: 2, officials.SURNAME: 1}


def _place(mention: Mention) -> tuple[int, int]:
    return mention.field, mention.start


def _context(
    text: str,
    mention: Mention,
    official: Official,
    how: str,
    homes: Collection[tuple[int, int]],
) -> str:
    span = text, mention.start, mention.end
    if functions.acts(*span, official):
        return PUBLIC
    if any((mention.field, mention.end + gap) in homes for gap in (1, 2, 3)):
        return PRIVATE
    if mention.reason == "column" and how == officials.SURNAME:
        return PRIVATE
    if mention.reason in _OWN or functions.is_private(*span):
        return PRIVATE
    if functions.is_another(text, mention.start, official):
        return PRIVATE
    if functions.is_attending(text, mention.start) or functions.is_signing(*span):
        return PUBLIC
    if official.kind == "official" and how == officials.FULL:
        return PRIVATE if functions.is_case(text, mention.start) else NEUTRAL
    return NEUTRAL


def _apparent_roster(lines: Sequence[Line], mentions: Sequence[Mention]) -> Roster:
    """Whoever a text names in full with a public function, where the institution gave no roster."""
    people: dict[str, Official] = {}
    followed: Mention | None = None  # somebody in office, with only punctuation before
    for mention in sorted(mentions, key=_place, reverse=True):
        text = lines[mention.field].text
        span = text, mention.start, mention.end
        listed = followed is not None and _beside(lines, mention, followed)
        public = (
            listed
            or functions.acts_high(*span)
            or functions.is_attending(text, mention.start)
            or functions.is_signing(*span)
        )
        followed = None
        if public and not functions.is_private(*span):
            followed = mention
            name = text[mention.start : mention.end]
            people[name] = Official(name, "", "representative")
    return Roster(tuple(people.values())[:_MOST_APPARENT])


def _acts_without_roster(text: str, mention: Mention, roster: Roster) -> bool:
    """Whether a function says it; with a roster only those above the commune count."""
    span = text, mention.start, mention.end
    if functions.is_private(*span):
        return False
    if not roster.people:
        return functions.acts_high(*span)
    return functions.acts_above(*span)


def _surnames(lines: Sequence[Line], private: Sequence[Mention]) -> set[str]:
    """Keys of the words of the names of private persons."""
    return {
        part
        for mention in private
        for word in lines[mention.field].words[mention.name.first : mention.name.last + 1]
        for part in key(word.text).split("-")
        if word.kind != "initial"
    }


def _is_private(each: _Known, votes: Counter, surnames: set[str]) -> bool:
    name = each.official.name
    private = votes[name, PRIVATE, True]
    if each.how != officials.SURNAME:
        return private > 0
    if officials.surname_key(name) in surnames:
        return True
    return private > 0 or votes[name, PRIVATE, False] > 0


def _groups(lines: Sequence[Line], known: Sequence[_Known]) -> list[list[_Known]]:
    """Mentions of officials with only punctuation between them together: a list of names."""
    groups: list[list[_Known]] = []
    for each in known:
        if groups and _beside(lines, groups[-1][-1].mention, each.mention):
            groups[-1].append(each)
        else:
            groups.append([each])
    return groups


def _after_private(lines: Sequence[Line], mention: Mention, private: Sequence[Mention]) -> bool:
    """Whether a mention goes on after a private person's name: "Succession X (Y, Z)"."""
    return any(_beside(lines, other, mention) and other.reason != "list" for other in private)


def _beside(lines: Sequence[Line], before: Mention, after: Mention) -> bool:
    """Whether only punctuation stands between two mentions of one line."""
    if before.field != after.field or before.end > after.start:
        return False
    between = lines[before.field].text[before.end : after.start]
    return len(between) < 8 and set(between.replace("et", "").replace("ou", "")) <= _JOINED
