"""How long to wait before the next attempt: up to twice as long each time, to a ceiling, at random.

"Full jitter": any moment up to the bound is as likely as any other, so that what failed together, as when a
portal went down, does not come back together.
"""

from collections.abc import Callable
from random import random


FLOOR = 0.1  # seconds: never at once
FIRST = 1.0  # seconds
CEILING = 600.0  # seconds


def delay(attempts: int, chance: Callable[[], float] = random) -> float:
    """Seconds to wait after so many attempts (from 1); ``chance`` gives numbers from 0 to 1."""
    full = min(CEILING, FIRST * 2 ** min(attempts - 1, 20))
    return max(FLOOR, full * chance())
