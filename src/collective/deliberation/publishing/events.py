"""What happens while publishing that other parts want to know."""

from dataclasses import dataclass
from threading import Event
from typing import Any


@dataclass(frozen=True)
class DelivererStarts:
    """A deliverer begins to work on the desks of ``db``, until ``stop`` is set."""

    db: Any  # ZODB.DB.DB
    stop: Event
