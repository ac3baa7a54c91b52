"""Child processes of `panel run`: started together, stopped in order, one death ends all."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from types import FrameType

GRACE_SECONDS = 30.0
LOOK_SECONDS = 0.2


class Children:
    """Processes that belong together. `run` returns the exit code: 0 after a signal, 1 after a child's death."""

    def __init__(self, commands: Mapping[str, Sequence[str]], env: Mapping[str, str] | None = None) -> None:
        self.commands = commands
        self.env = {**os.environ, **(env or {})}
        self.alive: dict[str, subprocess.Popen[bytes]] = {}
        self.is_stopping = False

    def run(self) -> int:
        """Start all and wait until a signal comes or one of them dies."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        for name, command in self.commands.items():
            self.alive[name] = subprocess.Popen([sys.executable, *command], env=self.env)
        while not self.is_stopping and not self._dead():
            time.sleep(LOOK_SECONDS)
        dead = self._dead()
        self.terminate()
        if dead and not self.is_stopping:
            print(f"{dead} has ended; the others were stopped.", file=sys.stderr)  # noqa: T201  the operator reads it
            return 1
        return 0

    def terminate(self) -> None:
        """Ask every child to end (requests and mails at hand are finished), and end those that don't."""
        for child in self.alive.values():
            if child.poll() is None:
                child.terminate()
        end = time.monotonic() + GRACE_SECONDS
        for child in self.alive.values():
            try:
                child.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

    def _dead(self) -> str:
        return next((name for name, child in self.alive.items() if child.poll() is not None), "")

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.is_stopping = True


def web_command(bind: str, workers: int) -> list[str]:
    """Gunicorn with threads, so that one slow upload doesn't hold a worker; it finishes requests in 25 s."""
    return [
        *("-m", "gunicorn", "wsgi:app", "--bind", bind, "--workers", str(workers)),
        *("--worker-class", "gthread", "--threads", "4", "--graceful-timeout", "25", "--timeout", "60"),
        *("--limit-request-line", "8190", "--no-control-socket"),
    ]
