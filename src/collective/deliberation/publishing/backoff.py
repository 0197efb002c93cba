"""How long to wait before the next attempt: twice as long each time, with jitter, up to a ceiling."""

from collections.abc import Callable
from random import random


FIRST = 1.0  # seconds
CEILING = 600.0  # seconds


def delay(attempts: int, chance: Callable[[], float] = random) -> float:
    """Seconds to wait after so many attempts (from 1); ``chance`` gives numbers from 0 to 1."""
    full = min(CEILING, FIRST * 2 ** min(attempts - 1, 20))
    return full * (0.5 + chance() / 2)
