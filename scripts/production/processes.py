"""Programs that run while the demonstration lasts: started with a log each, killed, ended."""

import os
import signal
import subprocess
from pathlib import Path


class Programs:
    """Each has a name and a log of that name in ``logs``."""

    def __init__(self, logs: Path):
        self.logs = logs
        self.running: dict[str, subprocess.Popen] = {}

    def start(self, name: str, *command: object, **environment: str) -> None:
        with open(self.logs / f"{name}.log", "ab") as log:
            self.running[name] = subprocess.Popen(
                [str(part) for part in command],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                env={**os.environ, **environment},
                start_new_session=True,
            )

    def kill(self, name: str) -> None:
        """As when its machine loses its power."""
        self._signal(name, signal.SIGKILL)
        self.running.pop(name).wait(30)

    def stop(self, name: str) -> None:
        self._signal(name, signal.SIGTERM)
        process = self.running.pop(name)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(30)

    def stop_all(self) -> None:
        for name in reversed(list(self.running)):
            self.stop(name)

    def ended(self) -> list[str]:
        """Those that are not running any more, though nobody stopped them."""
        return [name for name, process in self.running.items() if process.poll() is not None]

    def tail(self, name: str) -> str:
        return (self.logs / f"{name}.log").read_text(errors="replace")[-3000:]

    def _signal(self, name: str, number: signal.Signals) -> None:
        process = self.running[name]
        if process.poll() is None:
            os.killpg(process.pid, number)
