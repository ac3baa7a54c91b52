"""Rows of the outbox."""

from datetime import datetime

from sqlalchemy import Index, String, Text, UniqueConstraint

from panel_app.foundation.database import Base, Id, Key, Mapped, holds, mapped_column
from panel_app.foundation.outbox.states import MessageState

__all__ = ["Delivered", "MessageState", "Notification"]


class Notification(Base):
    """One message to one person, rendered when it was written; `occasion` is unique, so nothing is queued twice.

    `message_id` stays the same over all attempts. `failures` counts those after which it is tried again,
    later each time. `resent` counts how often a claim was taken over from a sender that died, or the line broke between
    the letter and its answer: the only times when the mail server may have had the message already. `cleared_at`:
    someone decided that the message shall go although the data were restored since (see `restore.py`).
    """

    __tablename__ = "notification"
    __table_args__ = (
        UniqueConstraint("occasion"),
        Index("ix_notification_state_next_try_at", "state", "next_try_at"),
        Index("ix_notification_round_id_due_at", "round_id", "due_at"),
        Index("ix_notification_round_id_state", "round_id", "state"),
        Index("ix_notification_subject_key", "subject_key"),
        holds("sent_has_instant", "(state = 'sent') = (sent_at IS NOT NULL)"),
        holds("sending_has_claim", "(state = 'sending') = (lease_until IS NOT NULL AND claimed_by IS NOT NULL)"),
    )

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
    failures: Mapped[int] = mapped_column(default=0, server_default="0")
    lease_until: Mapped[datetime | None]
    claimed_by: Mapped[str | None] = mapped_column(String(60))
    sent_at: Mapped[datetime | None]
    resent: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(String(300))
    created_at: Mapped[datetime]
    cleared_at: Mapped[datetime | None]


class Delivered(Base):
    """One row: how many messages this database knows to have gone out. A copy of it that knows of fewer is older.

    `restored_until` is set when such a copy is found at work: what was due until then may have gone already.
    """

    __tablename__ = "delivered"
    __table_args__ = (holds("only_one", "id = 1"),)

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(26))
    messages: Mapped[int]
    restored_until: Mapped[datetime | None]
