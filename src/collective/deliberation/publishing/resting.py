"""Which portals a deliverer leaves in peace for a while: those that are down, or have said "not now".

One job after the other would otherwise find out the same, and the workers would have no time for the portals
that are up. Each deliverer learns this for itself; nothing of it is kept.
"""

from collections import Counter
from collections.abc import Hashable
from collective.deliberation.publishing import backoff
from dataclasses import dataclass
from threading import Lock


@dataclass(slots=True)
class _Rest:
    failures: int = 0
    until: float = 0.0


class Portals:
    """What is known of the portals, one for each key, and how many workers are busy with each."""

    def __init__(self, workers: int):
        # With three workers or more, one is never taken by a portal that is slow while others wait.
        self.most = workers - 1 if workers > 2 else workers
        self._lock = Lock()
        self._busy: Counter[Hashable] = Counter()
        self._rests: dict[Hashable, _Rest] = {}

    def free(self, key: Hashable, now: float) -> bool:
        """Whether one more job may be sent there now; after a failure one at a time, as a probe."""
        with self._lock:
            rest = self._rests.get(key)
            if rest is not None and now < rest.until:
                return False
            return self._busy[key] < (self.most if rest is None else 1)

    def load(self, key: Hashable) -> int:
        with self._lock:
            return self._busy[key]

    def begin(self, key: Hashable) -> None:
        with self._lock:
            self._busy[key] += 1

    def end(self, key: Hashable) -> None:
        with self._lock:
            self._busy[key] -= 1
            if self._busy[key] <= 0:
                del self._busy[key]

    def failed(self, key: Hashable, now: float, wait: float | None = None) -> None:
        """The portal as a whole gave no answer, or asked for ``wait`` seconds of rest."""
        with self._lock:
            rest = self._rests.setdefault(key, _Rest())
            rest.failures += 1
            rest.until = now + (wait if wait is not None else backoff.delay(rest.failures))

    def worked(self, key: Hashable) -> None:
        with self._lock:
            self._rests.pop(key, None)
