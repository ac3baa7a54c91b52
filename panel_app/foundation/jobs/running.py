"""Running jobs: claimed under a lease in one transaction, done outside, settled in another."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import ColumnElement, and_, or_, select

from panel_app import clock
from panel_app.foundation.database import db, reading, transaction
from panel_app.foundation.jobs.claims import lease_end, wait_after
from panel_app.foundation.jobs.models import Job
from panel_app.foundation.jobs.queue import work_of
from panel_app.foundation.jobs.renewal import renewed
from panel_app.foundation.jobs.states import JOB, JobAct, JobState
from panel_app.foundation.keys import new_key

log = structlog.get_logger()

MOST_ATTEMPTS = 6
"""Then the job is given up and `panel doctor` names it: what failed so often waits for a person."""


@dataclass(frozen=True)
class ClaimedJob:
    """A job that is ours until its lease runs out. `token` names this one claim."""

    id: int
    kind: str
    payload: dict[str, Any]
    attempts: int
    token: str


def run_due(stopped: Callable[[], bool] = lambda: False) -> int:
    """Run every job that is due, one after the other, each with the clock pinned; gives how many were tried."""
    tried = 0
    while not stopped():
        with clock.pinned():
            claimed = claim_job()
            if claimed is None:
                break
            _run(claimed)
            tried += 1
    return tried


def claim_job() -> ClaimedJob | None:
    """Take one job that is due, or whose process died, for LEASE_SECONDS; rows that others hold are passed over."""
    with transaction() as session:
        due = select(Job).where(_claimable(clock.now(), clock.running())).order_by(Job.run_at, Job.id).limit(1)
        row = session.scalars(due.with_for_update(skip_locked=True).execution_options(populate_existing=True)).first()
        if row is None:
            return None
        act = JobAct.CLAIM if row.state is JobState.PENDING else JobAct.TAKE_OVER
        row.state, row.lease_until, row.claimed_by = JOB.after(act, row.state), lease_end(), new_key()
        row.attempts += 1
        return ClaimedJob(row.id, row.kind, row.payload, row.attempts, row.claimed_by)


def _claimable(now: datetime, running: datetime) -> ColumnElement[bool]:
    waits = and_(Job.state == JobState.PENDING, Job.run_at <= now)
    orphaned = and_(Job.state == JobState.RUNNING, Job.lease_until <= running)
    return or_(waits, orphaned)


def _run(claimed: ClaimedJob) -> None:
    try:
        with renewed(Job, claimed.id, claimed.token):
            work_of(claimed.kind)(claimed.payload)
    except Exception as error:  # whatever a job's work raises, the job is kept and tried again
        log.warning("job_failed", job_id=claimed.id, kind=claimed.kind, attempts=claimed.attempts, exc_info=error)
        settle_job(claimed, type(error).__name__)
    else:
        log.info("job_done", job_id=claimed.id, kind=claimed.kind)
        settle_job(claimed, None)
    finally:
        db.session.rollback()


def settle_job(claimed: ClaimedJob, error: str | None) -> JobState | None:
    """Write down how a job went: done, to be tried again, or dead after MOST_ATTEMPTS. None when the claim is lost."""
    with transaction() as session:
        mine = select(Job).filter_by(id=claimed.id, claimed_by=claimed.token, state=JobState.RUNNING)
        row = session.scalars(mine.with_for_update().execution_options(populate_existing=True)).one_or_none()
        if row is None:
            log.warning("job_claim_lost", job_id=claimed.id, kind=claimed.kind)
            return None
        row.lease_until = row.claimed_by = None
        row.last_error = error
        if error is None:
            row.state, row.done_at = JOB.after(JobAct.FINISH, row.state), clock.now()
        elif row.attempts >= MOST_ATTEMPTS:
            row.state = JOB.after(JobAct.GIVE_UP, row.state)
            log.error("job_dead", job_id=row.id, kind=row.kind)
        else:
            row.state, row.run_at = JOB.after(JobAct.PUT_BACK, row.state), clock.now() + wait_after(row.attempts)
        return row.state


def held_until() -> datetime | None:
    """The earliest end of a running job's lease, if any job is held. One statement."""
    held = select(Job.lease_until).where(Job.state == JobState.RUNNING)
    return reading().scalar(held.order_by(Job.lease_until, Job.id).limit(1))
