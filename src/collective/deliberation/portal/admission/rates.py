"""How often an account may call: a bucket of calls that fills up steadily, in the memory of this process."""

from collections.abc import Hashable
from threading import Lock


MINUTE = 60.0  # seconds
MOST_KNOWN = 10_000  # accounts; beyond, those with a full bucket are forgotten


class Rates:
    def __init__(self):
        self._lock = Lock()
        self._buckets: dict[Hashable, tuple[float, float]] = {}  # calls left, when

    def wait(self, account: Hashable, per_minute: int, now: float) -> float:
        """Take one call: 0.0, or how many seconds too early it comes."""
        with self._lock:
            left, since = self._buckets.get(account, (float(per_minute), now))
            left = min(float(per_minute), left + max(0.0, now - since) * per_minute / MINUTE)
            if left < 1.0:
                self._buckets[account] = (left, now)
                return (1.0 - left) * MINUTE / per_minute
            self._buckets[account] = (left - 1.0, now)
            if len(self._buckets) > MOST_KNOWN:
                self._forget(now)
            return 0.0

    def _forget(self, now: float) -> None:
        self._buckets = {
            account: bucket
            for account, bucket in self._buckets.items()
            if now - bucket[1] < MINUTE  # after a minute without calls a bucket is full
        }
