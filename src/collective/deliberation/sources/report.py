"""What an import did, for people and for programs. Pure."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Report:
    """Counts of meeting and items together; ``notes`` are message ids about what wasn't done."""

    address: str  # of the meeting
    created: int
    updated: int
    unchanged: int
    notes: tuple[Any, ...] = ()
