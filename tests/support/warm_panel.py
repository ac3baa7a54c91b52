"""Run as a program: `panel` with everything imported already. Each line of input is a command line for a new process.

A process is forked for it, with an app and connections of its own; "pid" is printed at its start, its end as a status.
So a test can kill a hundred of them in the time that three would need to start.
"""

import os
import sys

from panel_app import create_app
from panel_app.cli import main


def run_each() -> None:
    """Fork for each line; wait for its end."""
    create_app()
    _say("ready")
    for line in sys.stdin:
        child = os.fork()
        if not child:
            sys.argv = ["panel", *line.split()]
            sys.stdin = open(os.devnull)  # noqa: SIM115  the child's input for its whole life
            main()
        _say(child)
        _say(os.waitpid(child, 0)[1])


def _say(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    run_each()
