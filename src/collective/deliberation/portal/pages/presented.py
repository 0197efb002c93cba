"""Neutralised texts in the words and pseudonyms of an institution's policy, safe to put on a page."""

import html
import re
from collections.abc import Iterable
from collective.deliberation.portal.pages import richtext
from collective.deliberation.pseudonym import present
from collective.deliberation.publishing import wire
from functools import lru_cache
from typing import NamedTuple


KEPT_LENGTH = 200_000  # characters; a longer text is made at each view instead of kept

_TAG = re.compile(r"<[^<>]*>")
_TOKEN = re.compile(r"⟦[^⟧]*⟧")
_TOKEN_SPAN = re.compile(r"<span\b[^<>]*\bpm-[^<>]*>[^<>]*</span>")


def policy(institution) -> present.Policy:
    """How an institution shows pseudonyms."""
    return present.Policy(person=getattr(institution, "pseudonymPolicy", None) or "letter")


def plain(text: str, policy: present.Policy) -> str:
    return present.plain_text(text, policy) if "⟦" in text else text


def rich(source: str, policy: present.Policy) -> str:
    """Rich text as safe HTML. Kept in memory: it depends on nothing but its source and the policy."""
    if len(source) > KEPT_LENGTH:
        return _rich(source, policy)
    return _kept_rich(source, policy)


def _rich(source: str, policy: present.Policy) -> str:
    if not source:
        return ""
    return richtext.clean(present.rich_text(source, policy))


_kept_rich = lru_cache(maxsize=512)(_rich)


def forget() -> None:
    """Drop what is kept in memory: for measuring, it never is out of date."""
    _kept_rich.cache_clear()


def words(source: str, policy: present.Policy) -> str:
    """Rich text as one line of words, for an excerpt. Not cleaned, since no markup is left."""
    shown = present.rich_text(source, policy) if source else ""
    return html.unescape(_TAG.sub(" ", shown))


def holds_pseudonyms(record: wire.ItemRecord | wire.MeetingRecord) -> bool:
    if isinstance(record, wire.MeetingRecord):
        texts = (record.location, record.attendance)
    else:
        texts = (
            record.title,
            record.votes,
            record.motivation,
            record.draftDecision,
            record.resolutionText,
        )
    titles = tuple(annex.title for annex in record.annexes)
    return any("⟦" in text or "pm-token" in text for text in texts + titles)


def example(sources: Iterable[str], policy: present.Policy) -> str:
    """The first masked person of some rich texts as a reader sees it: ``Personne A``.

    Empty when there is none, or when a bar hides the words.
    """
    if policy.person == "bar":
        return ""
    for source in sources:
        for match in _TOKEN_SPAN.finditer(source):
            if 'data-pm-cat="person"' in match[0]:
                return words(match[0], policy).strip()
    return ""


class Words(NamedTuple):
    """The words of a publication that a search may find: all but its tokens.

    A pseudonym is no word of the text: nobody can search for "Personne A" and so link documents.
    """

    title: str  # with what else says most
    text: str
    annexes: str  # their titles


def searched(record: wire.ItemRecord | wire.MeetingRecord) -> Words:
    if isinstance(record, wire.MeetingRecord):
        titles = (record.bodyTitle, record.location)
        riches = (record.attendance,)
    else:
        titles = (record.title, record.category, *record.representatives)
        shown = record.resolutionText if record.stage == "decision" else record.draftDecision
        riches = (shown, record.motivation)
    texts = [_TAG.sub(" ", richtext.clean(_TOKEN_SPAN.sub(" ", text))) for text in riches]
    return Words(
        title="\n".join(_without_tokens(text) for text in titles),
        text="\n".join(html.unescape(text) for text in texts),
        annexes="\n".join(_without_tokens(annex.title) for annex in record.annexes),
    )


def _without_tokens(text: str) -> str:
    return _TOKEN.sub(" ", text)
