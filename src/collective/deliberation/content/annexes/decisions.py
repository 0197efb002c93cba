"""What a human said about an annex, and what keeps it from being published until one does."""

from collections.abc import Iterable
from collective.deliberation import _
from collective.deliberation.content.annexes import analyses
from collective.deliberation.content.annexes import words
from collective.deliberation.content.annexes.kept import kept
from collective.deliberation.content.annexes.kept import peek
from collective.deliberation.content.annexes.public import copy_of
from collective.deliberation.content.annexes.public import FIELDS
from collective.deliberation.content.annexes.public import known_copy
from collective.deliberation.content.annexes.public import public_field
from collective.deliberation.content.annexes.public import source_digest
from collective.deliberation.content.review.decisions import note
from collective.deliberation.pseudonym.files.findings import Analysis
from collective.deliberation.pseudonym.files.findings import FileHit
from collective.deliberation.pseudonym.files.passages import Unreadable
from persistent.mapping import PersistentMapping


STATE_OF = {"publish": "publishable", "redact": "redacted"}
Find = tuple[str, str]  # entry id, form as it is read


def needs_reason(annex, transition: str) -> bool:
    """Whether publishing the file as it is takes a reason: it holds finds, or can't be searched."""
    return transition == "publish" and analyses.analysis_of(annex, analyses.AT_ONCE).needs_a_word


def refusals(annex, transition: str) -> list:
    """Why the annex can't take a transition now, as message ids, as far as is known."""
    if transition not in STATE_OF:
        return []
    field = FIELDS[STATE_OF[transition]]
    if getattr(annex, field, None) is None:
        return [
            _(
                "refused_no_public_file",
                default="There is no redacted version yet: add it in the field “Redacted version”.",
            )
        ]
    try:
        copy = known_copy(annex, field)
    except Unreadable as error:
        return [words.not_cleaned(error.reason)]
    if transition == "redact" and copy is not None and copy.found.hits:
        return [words.still_there(copy.found.hits)]
    return []


def take(annex, transition: str) -> None:
    """Make the public copy and note which finds the person who publishes has seen.

    What is found later is not covered. A refusal (see ``refusals``) rolls all of it back.
    """
    if transition not in STATE_OF:
        return
    field = FIELDS[STATE_OF[transition]]
    if getattr(annex, field, None) is None:
        return
    seen: set[Find] = set()
    if transition == "publish":
        found = analyses.search(annex) or Analysis()
        seen = {(hit.entry_id, hit.form) for hit in found.hits}
    try:
        copy = copy_of(annex, field)
    except Unreadable:
        return
    if transition == "publish":
        seen |= {(hit.entry_id, hit.form) for hit in copy.found.hits}
    kept(annex)["decision"] = PersistentMapping(
        field=field, source=source_digest(annex, field), seen=tuple(sorted(seen))
    )
    if seen:
        entries = sorted({entry or "-" for entry, _form in seen})
        note(annex, "annex-released", ", ".join(entries))


def released(annex, field: str) -> frozenset[Find]:
    """The finds that somebody knowingly published, with this very file."""
    decision = peek(annex).get("decision")
    if decision is None or decision["field"] != field:
        return frozenset()
    if decision["source"] != source_digest(annex, field):
        return frozenset()
    return frozenset(decision["seen"])


def unreleased(annex, hits: Iterable[FileHit]) -> tuple[FileHit, ...]:
    """Of the hits in what is published, those that nobody knowingly published."""
    known = released(annex, public_field(annex))
    return tuple(hit for hit in hits if (hit.entry_id, hit.form) not in known)


def obstacle(annex):
    """Why an annex whose review is done must be reviewed again, as a message id; or None.

    For requests that read: it makes no copy.
    """
    field = public_field(annex)
    if not field or getattr(annex, field, None) is None:
        return None
    try:
        copy = known_copy(annex, field)
    except Unreadable as error:
        return words.not_cleaned(error.reason)
    if copy is None:
        return _(
            "annex_search_again",
            default="the list of personal data has changed since: let its file be searched again",
        )
    hits = unreleased(annex, copy.found.hits)
    return words.still_there(hits) if hits else None
