"""Processes that belong together: stopped in order, with a word; a second signal ends the wait."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

PARENT = """
import sys
from panel_app.foundation.running import Children
sys.exit(Children({"one": ["-c", sys.argv[1]], "two": ["-c", sys.argv[2]]}).run())
"""
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
WILLING = "import time; print('up', flush=True); time.sleep(60)"


@contextmanager
def parent_of(child: str) -> Iterator[subprocess.Popen[str]]:
    """A process that runs `child` and another one, once both are up."""
    command = [sys.executable, "-c", PARENT, child, WILLING]
    with subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        parent.stdout.readline(), parent.stdout.readline()
        yield parent
        parent.kill()


def test_a_signal_stops_all_and_the_terminal_says_so() -> None:
    with parent_of(WILLING) as parent:
        parent.send_signal(signal.SIGTERM)
        _, said = parent.communicate(timeout=20)

    assert parent.returncode == 0
    assert said.splitlines() == [
        "Stopping: what is at hand is finished first, for up to 30 s. Ctrl-C again stops at once.",
        "Stopped.",
    ]


def test_a_second_signal_ends_those_that_do_not_stop() -> None:
    with parent_of(STUBBORN) as parent:
        parent.send_signal(signal.SIGINT)
        assert parent.stderr is not None
        parent.stderr.readline()
        began = time.monotonic()
        parent.send_signal(signal.SIGINT)
        parent.communicate(timeout=20)

    assert (parent.returncode, time.monotonic() - began < 15) == (0, True)


def test_the_death_of_one_ends_the_others() -> None:
    with parent_of("print('up', flush=True)") as parent:
        _, said = parent.communicate(timeout=20)

    assert (parent.returncode, said.splitlines()[0]) == (1, "one has ended; the others are stopped.")
