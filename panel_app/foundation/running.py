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
WEB_SECONDS = 25
"""Time in which the web finishes its requests: an upload of the largest file over a slow line."""
DEMO_WEB_SECONDS = 5
"""The same in the demo, where the web waits on spare connections that a browser holds open and never uses."""
STOPPING = "Stopping: what is at hand is finished first, for up to {seconds:.0f} s. Ctrl-C again stops at once."


class Children:
    """Processes that belong together. `run` returns the exit code: 0 after a signal, 1 after a child's death.

    `grace`: seconds in which a child may finish what it has at hand; a second signal ends the wait.
    """

    def __init__(
        self, commands: Mapping[str, Sequence[str]], env: Mapping[str, str] | None = None, grace: float = GRACE_SECONDS
    ) -> None:
        self.commands = commands
        self.grace = grace
        self.env = {**os.environ, **(env or {})}
        self.alive: dict[str, subprocess.Popen[bytes]] = {}
        self.is_stopping = self.is_hurried = False

    def run(self) -> int:
        """Start all and wait until a signal comes or one of them dies."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        for name, command in self.commands.items():
            self.alive[name] = subprocess.Popen([sys.executable, *command], env=self.env)
        while not self.is_stopping and not self._dead():
            time.sleep(LOOK_SECONDS)
        dead = "" if self.is_stopping else self._dead()
        self._tell(f"{dead} has ended; the others are stopped." if dead else STOPPING.format(seconds=self.grace))
        self.terminate()
        self._tell("Stopped.")
        return 1 if dead else 0

    def terminate(self) -> None:
        """Ask every child to end (requests and mails at hand are finished), and end those that don't."""
        for child in self._living():
            child.terminate()
        end = time.monotonic() + self.grace
        while self._living() and time.monotonic() < end and not self.is_hurried:
            time.sleep(LOOK_SECONDS)
        for child in self._living():
            child.kill()
            child.wait()

    def _living(self) -> list[subprocess.Popen[bytes]]:
        return [child for child in self.alive.values() if child.poll() is None]

    def _tell(self, sentence: str) -> None:
        print(sentence, file=sys.stderr, flush=True)  # noqa: T201  the operator reads it

    def _dead(self) -> str:
        return next((name for name, child in self.alive.items() if child.poll() is not None), "")

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.is_hurried, self.is_stopping = self.is_stopping, True


def web_command(bind: str, workers: int, seconds: int = WEB_SECONDS) -> list[str]:
    """Gunicorn with threads, so that one slow upload doesn't hold a worker; it finishes requests in so many seconds."""
    return [
        *("-m", "gunicorn", "wsgi:app", "--bind", bind, "--workers", str(workers)),
        *("--worker-class", "gthread", "--threads", "4", "--graceful-timeout", str(seconds), "--timeout", "60"),
        *("--limit-request-line", "8190", "--no-control-socket"),
    ]
