"""Rows of the outbox."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, Text, UniqueConstraint

from panel_app.foundation.database import Base, Id, Key, Mapped, mapped_column


class MessageState(StrEnum):
    """Where a notification stands."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"
    SUPERSEDED = "superseded"
    SUPPRESSED = "suppressed"
    DEAD = "dead"


class Notification(Base):
    """One message to one person, rendered when it was written; `occasion` is unique, so nothing is queued twice."""

    __tablename__ = "notification"
    __table_args__ = (UniqueConstraint("occasion"), Index("ix_notification_state_next_try_at", "state", "next_try_at"))

    id: Mapped[Id]
    key: Mapped[Key]
    occasion: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(60))
    person_id: Mapped[int | None] = mapped_column(index=True)
    round_id: Mapped[int | None]
    subject_key: Mapped[str | None] = mapped_column(String(60))
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    sender_name: Mapped[str] = mapped_column(String(200), default="")
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    state: Mapped[MessageState]
    due_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    claimed_by: Mapped[str | None] = mapped_column(String(60))
    sent_at: Mapped[datetime | None]
    resent: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[datetime]
