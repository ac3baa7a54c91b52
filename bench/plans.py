"""Time and memory of a plan for a whole round: the problem read from the database, then the solver.

`measure` starts this module as a process of its own, so that the memory is the plan's alone.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.databases import settings
from bench.played import NOW
from panel_app import clock, create_app
from panel_app.assignment.queries.problems import problem
from panel_app.assignment.solver import solve
from panel_app.programmes.queries import round_by_key


@dataclass(frozen=True)
class PlanRow:
    """One plan: how much was asked and given, seconds to read and to solve, memory in MB before and at the peak."""

    portfolios: int
    members: int
    pairs: int
    missing: int
    read_seconds: float
    solve_seconds: float
    before_mb: int
    peak_mb: int


def measure(url: str, round_key: str) -> PlanRow:
    """Make the plan of a round in a process of its own."""
    command = [sys.executable, "-m", "bench.plans", url, round_key]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return PlanRow(**json.loads(done.stdout.splitlines()[-1]))


def make(url: str, round_key: str) -> PlanRow:
    """Make the plan here; nothing is written."""
    app = create_app(settings(url, Path(tempfile.gettempdir())))
    with app.app_context(), clock.pinned(NOW):
        round_ = round_by_key(round_key)
        assert round_ is not None
        before, began = _peak_mb(), time.perf_counter()
        question = problem(round_, clock.now())
        read, began = time.perf_counter() - began, time.perf_counter()
        answer = solve(question)
        return PlanRow(
            portfolios=len(question.portfolios),
            members=len(question.members),
            pairs=len(answer.pairs),
            missing=sum(each.missing for each in answer.shortfalls),
            read_seconds=read,
            solve_seconds=time.perf_counter() - began,
            before_mb=before,
            peak_mb=_peak_mb(),
        )


def _peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    print(json.dumps(asdict(make(*sys.argv[1:3]))))
