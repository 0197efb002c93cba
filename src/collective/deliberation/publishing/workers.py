"""A number of threads that do the same thing again and again, until none of them finds anything to do."""

import os
from collections.abc import Callable
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Condition
from threading import Event


VARIABLE = "DELIBERATION_DELIVERER_WORKERS"
MOST = 32


class Workers:
    def __init__(self, number: int, poll: float):
        self.number = number
        self.poll = poll  # seconds after which one without work looks again while others are busy

    def work(self, step: Callable[[], bool], stop: Event) -> int:
        """Call ``step``, which says whether it did something; return how often it did.

        :raises Exception: the first one that a step raised, once all have ended
        """
        if self.number == 1:
            done = 0
            while not stop.is_set() and step():
                done += 1
            return done
        crew = _Crew(self.number, self.poll, step, stop)
        with ThreadPoolExecutor(self.number, "deliverer") as pool:
            return sum(future.result() for future in [*map(pool.submit, [crew.work] * self.number)])


class _Crew:
    """One that finds nothing waits: what another one ends can make work for it (a meeting, its items)."""

    def __init__(self, number: int, poll: float, step: Callable[[], bool], stop: Event):
        self.number, self.poll, self.step, self.stop = number, poll, step, stop
        self.idle = 0
        self.over = False
        self.changed = Condition()

    def work(self) -> int:
        done = 0
        try:
            while not self.over and not self.stop.is_set():
                if self.step():
                    done += 1
                    with self.changed:
                        self.changed.notify_all()
                elif self._wait():
                    break
            return done
        finally:  # also when a step failed: the round is over for all, and the next one begins anew
            with self.changed:
                self.over = True
                self.changed.notify_all()

    def _wait(self) -> bool:
        """Wait for work; ``True`` when there is none for anybody."""
        with self.changed:
            self.idle += 1
            if self.idle >= self.number:
                self.over = True
                self.changed.notify_all()
            else:
                self.changed.wait(self.poll)
                self.idle -= not self.over
            return self.over


def configured(default: int, environment: Mapping[str, str] = os.environ) -> int:
    """How many workers the environment asks for.

    :raises ValueError: when it asks for something else than a number from 1 to 32
    """
    asked = environment.get(VARIABLE, "").strip()
    if not asked:
        return default
    if not asked.isascii() or not asked.isdigit() or not 1 <= int(asked) <= MOST:
        raise ValueError(f"{VARIABLE}: must be a whole number from 1 to {MOST}")
    return int(asked)
