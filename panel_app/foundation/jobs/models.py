"""Rows of the job table, and who leads."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint

from panel_app.foundation.database import Base, Id, Mapped, holds, mapped_column
from panel_app.foundation.jobs.states import JobState


class Job(Base):
    """One piece of work; `occasion` is unique, so that the same act leaves it once."""

    __tablename__ = "job"
    __table_args__ = (
        UniqueConstraint("occasion"),
        Index("ix_job_state_run_at", "state", "run_at"),
        holds("running_has_claim", "(state = 'running') = (lease_until IS NOT NULL AND claimed_by IS NOT NULL)"),
        holds("done_has_instant", "(state = 'done') = (done_at IS NOT NULL)"),
    )

    id: Mapped[Id]
    occasion: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(60))
    payload: Mapped[dict[str, Any]]
    state: Mapped[JobState]
    run_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    claimed_by: Mapped[str | None] = mapped_column(String(60))
    last_error: Mapped[str | None] = mapped_column(String(300))
    done_at: Mapped[datetime | None]


class Lease(Base):
    """A name that one process holds at a time (which scheduler leads)."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    holder: Mapped[str] = mapped_column(String(60))
    until: Mapped[datetime]


class Throttle(Base):
    """How often something happened in a window, counted for all workers alike."""

    __tablename__ = "throttle"

    bucket: Mapped[str] = mapped_column(String(160), primary_key=True)
    window_start: Mapped[datetime]
    count: Mapped[int]


class KeptPost(Base):
    """A form that met an ended session: kept for the same person, and nobody else, until they sign in again."""

    __tablename__ = "kept_post"

    id: Mapped[Id]
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(index=True)
    path: Mapped[str] = mapped_column(String(500))
    fields: Mapped[dict[str, Any]]
    kept_at: Mapped[datetime]
