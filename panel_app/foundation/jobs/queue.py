"""Leaving work for later: written with the act, run by the scheduler's runner under a lease."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import select

from panel_app import clock
from panel_app.foundation.database import transaction
from panel_app.foundation.jobs.models import Job
from panel_app.foundation.jobs.states import JOB

Work = Callable[[dict[str, Any]], None]
_KINDS: dict[str, Work] = {}


def job(kind: str) -> Callable[[Work], Work]:
    """Register what a kind of job does. Raises ValueError for a double kind. It must bear being run twice."""

    def register(work: Work) -> Work:
        if _KINDS.setdefault(kind, work) is not work:
            raise ValueError(f"two jobs are called {kind}")
        return work

    return register


def work_of(kind: str) -> Work:
    """What a kind of job does. Raises KeyError for an unknown one."""
    return _KINDS[kind]


def enqueue(kind: str, occasion: str, payload: dict[str, Any], run_at: datetime | None = None) -> None:
    """Leave one piece of work, in the act's transaction; a second call for the same `occasion` changes nothing."""
    work_of(kind)
    with transaction() as db:
        if db.scalar(select(Job.id).filter_by(occasion=occasion)) is None:
            due = run_at or clock.now()
            db.add(Job(occasion=occasion, kind=kind, payload=payload, state=JOB.start, run_at=due))
