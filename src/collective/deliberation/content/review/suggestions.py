"""What detection finds in a content now: by its rules at once, by a language model once a worker has looked.

The rules take tens of milliseconds and depend on nothing but texts, roster and day, so their answer is kept
in memory and never out of date. What a model found is stored with the digest of what it looked at.
"""

import hashlib
import json
from collections.abc import Iterable
from collections.abc import Mapping
from collective.deliberation.content.review.texts import tables_of
from collective.deliberation.content.roster import roster_of
from collective.deliberation.content.vocabularies import institution_of
from collective.deliberation.pseudonym.detection import Prompt
from collective.deliberation.pseudonym.detection import prompts
from collective.deliberation.pseudonym.detection import suggest
from collective.deliberation.pseudonym.detection import Suggestion
from collective.deliberation.pseudonym.detection.layout import Table
from collective.deliberation.pseudonym.register import Category
from collective.deliberation.pseudonym.roster import Roster
from datetime import date
from functools import lru_cache
from persistent.mapping import PersistentMapping
from plone import api
from typing import Any
from zope.annotation.interfaces import IAnnotations


KEY = "collective.deliberation.suggestions"
WORKER = "collective.deliberation.detector"  # of a site: when its worker last said that it lives
HEARTBEAT = 60.0  # seconds between two such words


def found(content, texts: Mapping[str, str]) -> tuple[Suggestion, ...]:
    """The suggestions for these texts of a content."""
    tables = tuple(tables_of(content, texts).items())
    by_rules = _by_rules(tuple(texts.items()), tables, *roster_and_day(content))
    if not is_read(content, texts):
        return by_rules
    by_model = (
        Suggestion(**{**each, "category": Category(each["category"])})
        for each in IAnnotations(content)[KEY]["found"]
    )
    return (*by_rules, *(each for each in by_model if not _laps_over(each, by_rules)))


def is_read(content, texts: Mapping[str, str]) -> bool:
    """Whether a model has read these texts."""
    return IAnnotations(content).get(KEY, {}).get("digest") == digest(texts)


def note_worker(site, now: float) -> None:
    """Say that a worker lives."""
    annotations = IAnnotations(site)
    if now - annotations.get(WORKER, 0.0) > HEARTBEAT:
        annotations[WORKER] = now


def is_awaited(content, texts: Mapping[str, str], now: float) -> bool:
    """Whether a living worker has yet to read these texts."""
    alive = now - IAnnotations(api.portal.get()).get(WORKER, 0.0) < 3 * HEARTBEAT
    return alive and bool(texts) and not is_read(content, texts)


def roster_and_day(content) -> tuple[Roster, date | None]:
    """Who may act in office in a content, and the day of its meeting."""
    return roster_of(content), _day(content)


def found_prompts(texts: Mapping[str, str]) -> tuple[Prompt, ...]:
    """Places to look twice at: they name nobody, and may let a reader guess."""
    return prompts(texts)


def store(content, looked_at: str, suggestions: list[dict[str, Any]]) -> None:
    """Keep what a model found in the texts of this digest."""
    annotations = IAnnotations(content)
    annotations[KEY] = PersistentMapping(digest=looked_at, found=tuple(suggestions))


def digest(value: Any) -> str:
    """A short hash of plain values."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def own_identifiers(content) -> tuple[str, ...]:
    """Accounts, telephones and addresses of the institution itself: they are no personal data."""
    institution = institution_of(content)
    return tuple(getattr(institution, "publicIdentifiers", None) or ())


@lru_cache(maxsize=128)
def _by_rules(
    texts: tuple[tuple[str, str], ...],
    tables: tuple[tuple[str, tuple[Table, ...]], ...],
    roster: Roster,
    on: date | None,
) -> tuple[Suggestion, ...]:
    return suggest(dict(texts), roster, on, tables=dict(tables))


def _day(content) -> date | None:
    start = getattr(content, "start", None) or getattr(content.__parent__, "start", None)
    return start.date() if start is not None else None


def _laps_over(one: Suggestion, others: Iterable[Suggestion]) -> bool:
    return any(
        one.field == other.field and one.start < other.end and other.start < one.end
        for other in others
    )
