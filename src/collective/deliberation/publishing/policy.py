"""What is public when: a pure function of the states that people set."""

from typing import Literal


Stage = Literal["draft", "decision"]
Step = Literal["publish", "withdraw", "nothing"]

MEETING_PUBLIC = ("convened", "held", "closed")
ITEM_PUBLIC = ("approved", "decided", "validated")


def stage(
    item_state: str, meeting_state: str, item_public: bool, meeting_public: bool
) -> Stage | None:
    """The stage at which an item is public, ``None`` when it isn't.

    A closed session never leaves the desk. A meeting that was convened shows what a clerk approved as
    drafts; once it is closed, what a clerk validated as decisions.
    """
    if not (item_public and meeting_public):
        return None
    if item_state not in ITEM_PUBLIC or meeting_state not in MEETING_PUBLIC:
        return None
    return "decision" if (item_state, meeting_state) == ("validated", "closed") else "draft"


def meeting_is_public(state: str, public: bool) -> bool:
    return public and state in MEETING_PUBLIC


def step(wanted: str | None, current: str | None) -> Step:
    """What to do when ``wanted`` should be public and ``current`` is.

    A decision stays as it is while it is being corrected: it doesn't fall back to a draft.
    """
    if wanted is None:
        return "withdraw" if current else "nothing"
    return "nothing" if (wanted, current) == ("draft", "decision") else "publish"
