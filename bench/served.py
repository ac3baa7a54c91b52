"""A site behind gunicorn as in production: two workers, killed and started again at will."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from panel_app.foundation.running import web_command

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0


class Served:
    """A WSGI application of this folder on a port of its own. `start` returns once it answers."""

    def __init__(self, application: str, env: dict[str, str], *, workers: int = 2) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        command = web_command(f"127.0.0.1:{self.port}", workers)
        self.command = [sys.executable, *(application if part == "wsgi:app" else part for part in command)]
        self.env = {**os.environ, "PYTHONPATH": str(ROOT), **env, "BASE_URL": self.address}
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Without a slash at its end."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it in a process group of its own, and wait for its first answer. Raises TimeoutError."""
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(self.command, env=self.env, cwd=ROOT, start_new_session=True, **quiet)  # type: ignore[call-overload]
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=2) as line:
                line.sendall(b"GET /healthz HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
                if line.recv(16).startswith(b"HTTP/"):
                    return
            time.sleep(0.05)
        raise TimeoutError(f"{self.command[3]} did not answer on {self.address}")

    def kill(self) -> None:
        """End it and its workers at once, as a power cut does; nothing is finished."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None
