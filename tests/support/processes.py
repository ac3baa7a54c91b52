"""Real `panel` processes on a database of a test's own."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]


def environment(database_url: str, folder: Path, **changes: str) -> dict[str, str]:
    """What a `panel` process needs to be told; nothing of the test's own environment but its path."""
    return {
        "PATH": os.environ["PATH"],
        "PANEL_ENV": "test",
        "DATABASE_URL": database_url,
        "SECRET_KEY": "k9Qm3xW7vB2nZ5tR8yL1pD4sF6gH0jKe",
        "EVIDENCE_DIR": str(folder / "evidence"),
        "BASE_URL": "http://localhost",
        "MAIL_FROM": "panel <panel@example.org>",
        "SMTP_TLS": "none",
        "SMTP_HOST": "127.0.0.1",
        **changes,
    }


def panel(env: Mapping[str, str], *arguments: str) -> subprocess.Popen[str]:
    """Start `panel` with these arguments."""
    command = [sys.executable, "-c", "from panel_app.cli import main; main()", *arguments]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, env=dict(env), cwd=TOP, text=True, **pipes)  # type: ignore[call-overload,no-any-return]


def said(env: Mapping[str, str], *arguments: str, timeout: float = 60) -> str:
    """What `panel` printed; fails when it ended with an error."""
    process = panel(env, *arguments)
    out, errors = process.communicate(timeout=timeout)
    assert process.returncode == 0, errors
    return out


class WarmPanel:
    """`panel` processes one after the other, without the time of importing. See warm_panel.py."""

    def __init__(self, env: Mapping[str, str]) -> None:
        command = [sys.executable, "-m", "tests.support.warm_panel"]
        self.process = subprocess.Popen(
            command, env=dict(env), cwd=TOP, text=True, stdin=-1, stdout=-1, stderr=subprocess.DEVNULL
        )
        self.pid = 0
        self._line()

    def start(self, *arguments: str) -> int:
        """Start one; gives its process id."""
        assert self.process.stdin is not None
        self.process.stdin.write(" ".join(arguments) + "\n")
        self.process.stdin.flush()
        self.pid = int(self._line())
        return self.pid

    def kill(self) -> None:
        """SIGKILL the one that runs; one that has ended already is left alone."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        """Wait for its end: its exit code, or minus the signal that ended it."""
        return os.waitstatus_to_exitcode(int(self._line()))

    def close(self) -> None:
        """End the warm process itself."""
        self.kill()
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()

    def _line(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the process that starts `panel` has ended"
        return line.strip()
