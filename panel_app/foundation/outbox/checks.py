"""What `panel doctor` says of outbox and jobs: what is overdue, what was given up."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import func, select

from panel_app import clock
from panel_app.foundation.checks import diagnosis
from panel_app.foundation.database import reading
from panel_app.foundation.jobs.models import Job
from panel_app.foundation.jobs.states import JobState
from panel_app.foundation.outbox.models import Notification
from panel_app.foundation.outbox.sending import claimable, held_after_restore
from panel_app.foundation.outbox.states import UNDELIVERED

OVERDUE = timedelta(hours=1)
"""Waiting longer than this is no hiccup of a mail server: somebody should look."""


@diagnosis("outbox.overdue")
def overdue() -> Iterator[str]:
    """No message waits for more than an hour after its time: the scheduler runs and the mail server answers."""
    waits = select(func.count()).select_from(Notification).where(claimable(clock.now(), clock.running()))
    if number := reading().scalar(waits.where(Notification.next_try_at < clock.now() - OVERDUE)):
        yield f"messages overdue by more than an hour: {number}; is `panel scheduler` running?"


@diagnosis("outbox.undelivered")
def undelivered() -> Iterator[str]:
    """Every message reached its reader, and none waits for a decision after a restore."""
    count = select(func.count()).select_from(Notification)
    if number := reading().scalar(count.where(Notification.state.in_(UNDELIVERED))):
        yield f"messages that reached nobody: {number}; see the round's messages, or `panel outbox list`"
    if number := reading().scalar(count.where(held_after_restore())):
        yield f"messages held after a restore: {number}; decide with `panel outbox send` or `panel outbox drop`"


@diagnosis("jobs.dead")
def dead_jobs() -> Iterator[str]:
    """No job was given up."""
    dead = select(Job.kind, func.count()).where(Job.state == JobState.DEAD).group_by(Job.kind).order_by(Job.kind)
    for kind, number in reading().execute(dead):
        yield f"jobs {kind} that were given up: {number}; the log says why (job_failed)"
